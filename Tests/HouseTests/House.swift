import Foundation

/// The project's own files.
enum House {
  /// The package's root, found from the path this file was compiled at.
  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Every Swift file below `Sources`.
  static let sources = files(below: "Sources")

  /// Every Swift file below `Tests`.
  static let tests = files(below: "Tests")

  /// The manifest as written.
  static let manifest = text(of: "Package.swift")

  /// The text of a file; empty for one that cannot be read, which fails every rule about it.
  static func text(of path: String) -> String {
    (try? String(contentsOf: root.appending(path: path), encoding: .utf8)) ?? ""
  }

  private static func files(below folder: String) -> [SourceFile] {
    let paths = FileManager.default.enumerator(atPath: root.appending(path: folder).path)
    return (paths?.compactMap { $0 as? String } ?? [])
      .filter { $0.hasSuffix(".swift") }
      .sorted()
      .map { SourceFile(path: "\(folder)/\($0)", text: text(of: "\(folder)/\($0)")) }
  }
}
