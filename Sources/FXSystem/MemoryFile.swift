import CSystemd
import Glibc

/// A file in memory for a library that reads a secret from a file only.
///
/// Has no name in any directory; only this process and those of its user can open its path. Gone with the
/// last reference.
package final class MemoryFile: Sendable {
  private let descriptor: Int32

  /// The path by which this process opens it.
  package var path: String { "/proc/self/fd/\(descriptor)" }

  /// Creates a file with a text.
  package init(_ text: String) throws(SystemError) {
    let descriptor = memfd_create("fxwatch-secret", CommandRunner.closeOnExecute)
    guard descriptor >= 0 else { throw .last }
    self.descriptor = descriptor
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { throw .last }
      rest = rest.dropFirst(written)
    }
  }

  deinit { close(descriptor) }
}
