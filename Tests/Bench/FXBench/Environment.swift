import Foundation

/// The program and the files of one run.
final class Environment {
  /// The path of the fxwatch to run.
  let program: String

  /// The directory of this run.
  let directory: String

  init(program: String) throws {
    self.program = program
    directory = NSTemporaryDirectory() + "fxwatch-bench-\(getpid())"
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
  }

  /// Returns the path of a file of this run.
  func file(_ name: String) -> String { "\(directory)/\(name)" }

  /// Creates an empty directory of this run.
  func folder(_ name: String) throws -> String {
    try? FileManager.default.removeItem(atPath: file(name))
    try FileManager.default.createDirectory(
      atPath: file(name), withIntermediateDirectories: true)
    return file(name)
  }

  /// Removes the files of this run.
  func clean() { try? FileManager.default.removeItem(atPath: directory) }
}
