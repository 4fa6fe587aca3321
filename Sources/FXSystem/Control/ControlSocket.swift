import CSystemd
import FXCore
import Glibc

/// The Unix socket through which commands ask the running daemon, and the protocol spoken on it.
///
/// It is the file `control` (mode 0600) in the state directory (0700): users who may read the history
/// may ask, no others. A command connects and sends one line, `fxwatch/1 REQUEST`. The daemon answers
/// with one line, `fxwatch/1 ok LENGTH` or `fxwatch/1 unknown 0`, and that many bytes, and closes the
/// connection. The number is the protocol's version; both sides refuse another one.
///
/// Reloads do not come this way: systemd and administrators send SIGHUP (see `ReloadChannel`).
enum ControlSocket {
  /// The name of the socket in the state directory.
  static let fileName = "control"

  /// The beginning of requests and answers.
  static let greeting = "fxwatch/1"

  /// The longest first line, in bytes, its newline included.
  static let maximumLineBytes = 128

  /// The largest answer in bytes: the status of a thousand sources, notifiers and alerts takes a
  /// quarter of it.
  static let maximumAnswerBytes = 4 << 20

  /// Opens a stream socket that children do not inherit, and calls `body` with it and an address of
  /// the socket in a directory; closes it again where `body` throws.
  ///
  /// `sockaddr_un` takes 107 bytes of a path (unix(7)); a longer one is reached through
  /// /proc/self/fd.
  static func open(
    in directory: String,
    _ body: (Int32, UnsafePointer<sockaddr>, socklen_t) throws(SystemError) -> Void
  ) throws(SystemError) -> Int32 {
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw .last }
    do throws(SystemError) {
      let folder = Glibc.open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
      guard folder >= 0 else { throw .last }
      defer { close(folder) }
      let direct = "\(directory)/\(fileName)"
      let path =
        direct.utf8.count < MemoryLayout.size(ofValue: sockaddr_un().sun_path)
        ? direct : "/proc/self/fd/\(folder)/\(fileName)"
      try withAddress(of: path) { (address, length) throws(SystemError) in
        try body(descriptor, address, length)
      }
    } catch {
      close(descriptor)
      throw error
    }
    return descriptor
  }

  private static func withAddress(
    of path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) throws(SystemError) -> Void
  ) throws(SystemError) {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    var failure: SystemError?
    withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { general in
        do throws(SystemError) {
          try body(general, socklen_t(MemoryLayout<sockaddr_un>.size))
        } catch {
          failure = error
        }
      }
    }
    if let failure { throw failure }
  }

  /// Sets how long one read or write on a blocking socket may take; a connect counts as a write.
  static func setPatience(_ patience: Duration, of descriptor: Int32) {
    let milliseconds = max(1, patience.milliseconds)
    var time = timeval(
      tv_sec: Int(milliseconds / 1000), tv_usec: Int(milliseconds % 1000) * 1000)
    let size = socklen_t(MemoryLayout<timeval>.size)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &time, size)
    setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &time, size)
  }

  /// Sends all of some bytes; throws ETIMEDOUT at the deadline, an instant of the monotonic clock.
  static func send(
    _ bytes: [UInt8], to descriptor: Int32, until deadline: Duration
  ) throws(SystemError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      try setPatience(of: descriptor, until: deadline)
      let count = rest.withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if errno != EINTR, errno != EAGAIN {
        throw .last
      }
    }
  }

  /// Receives what has arrived, at most `limit` bytes; empty at the end of the stream.
  ///
  /// Throws ETIMEDOUT at the deadline, an instant of the monotonic clock.
  static func receive(
    from descriptor: Int32, atMost limit: Int, until deadline: Duration
  ) throws(SystemError) -> [UInt8] {
    var buffer = [UInt8](repeating: 0, count: limit)
    while true {
      try setPatience(of: descriptor, until: deadline)
      let count = recv(descriptor, &buffer, limit, 0)
      if count >= 0 { return Array(buffer[..<count]) }
      guard errno == EINTR || errno == EAGAIN else { throw .last }
    }
  }

  private static func setPatience(
    of descriptor: Int32, until deadline: Duration
  ) throws(SystemError) {
    let rest = deadline - SystemClock().monotonic()
    guard rest > .zero else { throw SystemError(code: ETIMEDOUT) }
    setPatience(rest, of: descriptor)
  }
}
