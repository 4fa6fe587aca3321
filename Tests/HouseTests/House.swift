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

  /// The texts beside Swift code: the READMEs, the manual, and the files that are installed.
  static let texts: [SourceFile] = {
    let manual =
      (try? FileManager.default.contentsOfDirectory(atPath: path(of: "systemd/man"))) ?? []
    let pages = manual.filter { $0.hasSuffix(".md") }.sorted().map { "systemd/man/\($0)" }
    let others = [
      "README.md", "Sources/README.md", "Tests/README.md", "etc/fxwatch.yaml",
      "systemd/fxwatch.catalog", "systemd/fxwatch.service",
    ]
    return (others + pages).map { SourceFile(path: $0, text: text(of: $0)) }
  }()

  /// The manifest as written.
  static let manifest = text(of: "Package.swift")

  /// The text of a file; empty for one that cannot be read, which fails every rule about it.
  static func text(of path: String) -> String {
    (try? String(contentsOf: root.appending(path: path), encoding: .utf8)) ?? ""
  }

  private static func path(of folder: String) -> String { root.appending(path: folder).path }

  private static func files(below folder: String) -> [SourceFile] {
    let paths = FileManager.default.enumerator(atPath: path(of: folder))
    return (paths?.compactMap { $0 as? String } ?? [])
      .filter { $0.hasSuffix(".swift") }
      .sorted()
      .map { SourceFile(path: "\(folder)/\($0)", text: text(of: "\(folder)/\($0)")) }
  }
}
