import Foundation

/// A temporary directory of a test, removed after it.
package final class Scratch: Sendable {
  /// Its absolute path.
  package let path: String

  /// A new, empty directory.
  package init() throws {
    path =
      FileManager.default.temporaryDirectory.appending(path: "fxwatch-\(UUID().uuidString)")
      .path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The path of a file in it.
  package func file(_ name: String) -> String { "\(path)/\(name)" }

  /// Writes or replaces a file, and returns its path.
  @discardableResult
  package func write(_ text: String, to name: String, mode: Int = 0o600) throws -> String {
    try write(Array(text.utf8), to: name, mode: mode)
  }

  /// Writes a file of these bytes.
  @discardableResult
  package func write(_ bytes: [UInt8], to name: String, mode: Int = 0o600) throws -> String {
    try Data(bytes).write(to: URL(filePath: file(name)), options: .atomic)
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file(name))
    return file(name)
  }
}
