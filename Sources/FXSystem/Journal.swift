import CSystemd
import Glibc

/// One field of a journal entry.
package struct JournalField: Hashable, Sendable {
  /// Upper-case letters, digits and underscores; see `Journal.isValidName`.
  package let name: String

  /// Its text; may have several lines.
  package let value: String

  /// One field.
  package init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

/// The system's journal, written through its native protocol (systemd.journal-fields(7)).
package enum Journal {
  /// Longer values are cut at a character: an alert's line is hundreds of bytes, and a cut one is
  /// better than a lost one.
  package static let maximumValueBytes = 64 << 10

  /// Fields of one entry; journald itself refuses more than 1024.
  package static let maximumFields = 64

  /// Bytes of a field's name, journald's own bound.
  package static let maximumNameBytes = 64

  /// Where journald listens.
  private static let socketPath = "/run/systemd/journal/socket"

  /// Writes one entry.
  ///
  /// One datagram, or a sealed memory file where the entry is too long for that. The call waits while
  /// journald is stalled, so it belongs on a lane that may wait. Throws `ENOENT` where no journald
  /// has its socket, `ECONNREFUSED` where it is gone, `EINVAL` for a bad field name, `E2BIG` for too
  /// many fields.
  package static func send(_ fields: [JournalField]) throws(SystemError) {
    guard fields.allSatisfy({ isValidName($0.name) }) else { throw SystemError(code: EINVAL) }
    guard (1...maximumFields).contains(fields.count) else { throw SystemError(code: E2BIG) }
    // libsystemd reports success when the socket is missing: "fail silently".
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

  /// Waits until journald has read what this process has sent so far, at most for `patience`.
  ///
  /// journald learns from the sender's pid which unit an entry is of: the last words of a process
  /// that has ended meanwhile would be nobody's. Blocks the thread; meant for the end.
  package static func settle(within patience: Duration) {
    let type = Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
    let descriptor = socket(AF_UNIX, type, 0)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: socketPath.utf8) }
    // journald reads its socket in order, and an empty datagram means nothing to it.
    let sent = withUnsafePointer(to: &address) { address in
      address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        sendto(descriptor, nil, 0, 0, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    let deadline = SystemClock().monotonic() + patience
    var unread: Int32 = 0
    while sent == 0, ioctl(descriptor, UInt(TIOCOUTQ), &unread) == 0, unread > 0,
      SystemClock().monotonic() < deadline
    {
      poll(nil, 0, 1)
    }
  }

  /// Whether a field may have that name: upper-case ASCII letters, digits and underscores, beginning
  /// with a letter (journald drops the rest, and keeps a leading underscore for itself).
  package static func isValidName(_ name: String) -> Bool {
    guard let first = name.utf8.first, name.utf8.count <= maximumNameBytes else { return false }
    let letters = UInt8(ascii: "A")...UInt8(ascii: "Z")
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    return letters.contains(first)
      && name.utf8.allSatisfy {
        letters.contains($0) || digits.contains($0) || $0 == UInt8(ascii: "_")
      }
  }

  /// Whether what is written to standard error goes straight to the journal: `$JOURNAL_STREAM` names
  /// the device and inode of the descriptor (systemd.exec(5)).
  package static func isStandardErrorConnected(environment: [String: String]) -> Bool {
    var status = stat()
    guard let stream = environment["JOURNAL_STREAM"], fstat(STDERR_FILENO, &status) == 0 else {
      return false
    }
    return stream == "\(status.st_dev):\(status.st_ino)"
  }

  /// The value up to `maximumValueBytes`, ending at a character.
  private static func cut(_ value: String) -> Substring {
    guard value.utf8.count > maximumValueBytes else { return value[...] }
    var end = value.utf8.index(value.startIndex, offsetBy: maximumValueBytes)
    while end.samePosition(in: value) == nil { end = value.utf8.index(before: end) }
    return value[..<end]
  }
}
