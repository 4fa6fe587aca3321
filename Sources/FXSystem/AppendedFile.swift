import Glibc

/// Appends to a file of lines that others may rotate away.
///
/// The file is opened anew each time, so a file that was moved or deleted is simply begun again.
package enum AppendedFile {
  /// Appends whole lines and waits until the disk has them; on failure leaves the file as it was as
  /// far as the disk allows.
  ///
  /// Makes the file (mode 0640) where there is none. Blocks.
  package static func append(_ lines: [UInt8], to path: String) throws(SystemError) {
    // Without O_NONBLOCK a named pipe that nobody reads would hang.
    let descriptor = open(
      path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, 0o640)
    guard descriptor >= 0 else { throw .last }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .last }
    guard status.st_mode & S_IFMT == S_IFREG else { throw SystemError(code: EINVAL) }
    var rest = lines[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if errno != EINTR {
        let error = SystemError.last
        ftruncate(descriptor, status.st_size)
        throw error
      }
    }
    guard fdatasync(descriptor) == 0 else { throw .last }
  }
}
