import Glibc

/// The descriptors of this process.
package enum Descriptors {
  /// The number that a start takes: those of the lanes, the database and the first transfers.
  package static let needed = 32

  /// Throws if the process cannot open as many more as it needs.
  ///
  /// Dispatch ends the process where it gets none, and SQLite reports a missing file.
  package static func check() throws(SystemError) {
    var opened: [Int32] = []
    defer { for descriptor in opened { close(descriptor) } }
    for _ in 0..<needed {
      let descriptor = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
      guard descriptor >= 0 else { throw .last }
      opened.append(descriptor)
    }
  }
}
