import CSystemd
import Glibc

/// The system's journal, written through its native protocol (systemd.journal-fields(7)).
package enum Journal {
  /// The longest value in bytes; longer ones are cut at a character, because a cut entry is better
  /// than a lost one.
  package static let maximumValueBytes = 64 << 10

  /// The most fields of an entry; journald rejects more than 1024.
  package static let maximumFields = 64

  /// The longest field name in bytes, as journald limits it.
  package static let maximumNameBytes = 64

  /// The path of journald's socket.
  private static let socketPath = "/run/systemd/journal/socket"

  /// Writes one entry.
  ///
  /// Sends one datagram, or a sealed memory file if the entry is too long. Blocks while journald is
  /// stalled, so it must be called on a lane that may block. Throws `ENOENT` if journald's socket is
  /// missing, `ECONNREFUSED` if journald has gone, `EINVAL` for an invalid field name, `E2BIG` for too
  /// many fields.
  package static func send(_ fields: [JournalField]) throws(SystemError) {
    guard fields.allSatisfy({ isValidName($0.name) }) else { throw SystemError(code: EINVAL) }
    guard (1...maximumFields).contains(fields.count) else { throw SystemError(code: E2BIG) }
    // libsystemd reports success if the socket is missing.
    guard access(socketPath, F_OK) == 0 else { throw .last }
    var bytes: [UInt8] = []
    var lengths: [Int] = []
    for field in fields {
      let start = bytes.count
      bytes.append(contentsOf: field.name.utf8)
      bytes.append(UInt8(ascii: "="))
      bytes.append(contentsOf: cut(field.value).utf8)
      lengths.append(bytes.count - start)
    }
    let result = bytes.withUnsafeMutableBytes { buffer in
      var offset = 0
      let vectors = lengths.map { length in
        defer { offset += length }
        return iovec(iov_base: buffer.baseAddress.map { $0 + offset }, iov_len: length)
      }
      return sd_journal_sendv(vectors, Int32(vectors.count))
    }
    guard result >= 0 else { throw SystemError(code: -result) }
  }

  /// Waits until journald has read the entries this process has sent, at most for `limit`.
  ///
  /// journald finds the unit of an entry through the sender's pid, so the last entries of a process
  /// that has ended would not belong to its unit. Blocks the thread; call it before exit.
  package static func flush(within limit: Duration) {
    let type = Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
    let descriptor = socket(AF_UNIX, type, 0)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: socketPath.utf8) }
    // journald reads its socket in order and ignores an empty datagram.
    let sent = withUnsafePointer(to: &address) { address in
      address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        sendto(descriptor, nil, 0, 0, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    let deadline = SystemClock().monotonic() + limit
    var unread: Int32 = 0
    while sent == 0, ioctl(descriptor, UInt(TIOCOUTQ), &unread) == 0, unread > 0,
      SystemClock().monotonic() < deadline
    {
      poll(nil, 0, 1)
    }
  }

  /// Returns true for a valid field name: upper-case ASCII letters, digits and underscores, starting
  /// with a letter.
  ///
  /// journald drops other fields and reserves a leading underscore.
  package static func isValidName(_ name: String) -> Bool {
    guard let first = name.utf8.first, name.utf8.count <= maximumNameBytes else { return false }
    let letters = UInt8(ascii: "A")...UInt8(ascii: "Z")
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    return letters.contains(first)
      && name.utf8.allSatisfy {
        letters.contains($0) || digits.contains($0) || $0 == UInt8(ascii: "_")
      }
  }

  /// Returns true if standard error, or another descriptor, is connected to the journal:
  /// `$JOURNAL_STREAM` contains its device and inode (systemd.exec(5)).
  package static func isConnected(
    _ descriptor: Int32 = STDERR_FILENO, environment: [String: String]
  ) -> Bool {
    var status = stat()
    guard let stream = environment["JOURNAL_STREAM"], fstat(descriptor, &status) == 0 else {
      return false
    }
    return stream == "\(status.st_dev):\(status.st_ino)"
  }

  /// Returns the value cut to `maximumValueBytes` at a character.
  private static func cut(_ value: String) -> Substring {
    guard value.utf8.count > maximumValueBytes else { return value[...] }
    var end = value.utf8.index(value.startIndex, offsetBy: maximumValueBytes)
    while end.samePosition(in: value) == nil { end = value.utf8.index(before: end) }
    return value[..<end]
  }
}
