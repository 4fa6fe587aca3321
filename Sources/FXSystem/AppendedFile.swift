import CSystemd
import Glibc

/// Appends lines to a file that other programs may rotate.
///
/// The file is opened for each call, so it is created again after it was moved or deleted.
package enum AppendedFile {
  /// Appends whole lines and waits until they are on disk; on failure truncates the file to its
  /// previous size if possible.
  ///
  /// Creates a missing file with mode 0640, less what the umask takes. Does not follow a symbolic link
  /// (ELOOP), which could lead to any other file. Blocks the thread.
  package static func append(_ lines: [UInt8], to path: String) throws(SystemError) {
    // Without O_NONBLOCK opening a named pipe without a reader would block.
    let descriptor = open(
      path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW, 0o640)
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
