import Foundation

/// One line of a Swift file of the project.
struct SourceLine {
  /// The file's path from the package's root.
  let file: String

  /// From 1.
  let number: Int

  /// The line as written.
  let text: String

  /// The line without strings, comments and the white space around: what the compiler acts on.
  let code: String

  /// As compilers print it: `Sources/FXCore/Model/Rate.swift:12`.
  var place: String { "\(file):\(number)" }
}

/// One Swift file of the project, cut into lines.
struct SourceFile {
  /// The path from the package's root.
  let path: String

  let lines: [SourceLine]

  /// The folder below `Sources` or `Tests`, which is the module's name.
  var module: String {
    let parts = path.split(separator: "/")
    return parts.count > 2 ? String(parts[1]) : ""
  }

  /// A file with a content, for the checkers' own tests.
  init(path: String, text: String) {
    self.path = path
    var isInText = false
    self.lines = text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
      .map { index, line in
        let code = isInText ? "" : SourceFile.code(of: line)
        if line.components(separatedBy: "\"\"\"").count % 2 == 0 { isInText.toggle() }
        return SourceLine(file: path, number: index + 1, text: String(line), code: code)
      }
  }

  /// What a line holds without string literals and its comment; good enough for formatted code.
  private static func code(of line: Substring) -> String {
    var code: [UInt8] = []
    var isInString = false
    var isEscaped = false
    for byte in line.utf8 {
      if isInString {
        if byte == UInt8(ascii: "\""), !isEscaped {
          isInString = false
          code.append(byte)
        }
        isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
      } else if byte == UInt8(ascii: "/"), code.last == UInt8(ascii: "/") {
        code.removeLast()
        break
      } else {
        isInString = byte == UInt8(ascii: "\"")
        code.append(byte)
      }
    }
    return String(decoding: code, as: UTF8.self).trimmingCharacters(in: .whitespaces)
  }
}

/// The project's own files.
enum House {
  /// The package's root, found from where this file was compiled.
  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Every Swift file below `Sources`.
  static let sources = files(below: "Sources")

  /// Every Swift file below `Tests`.
  static let tests = files(below: "Tests")

  /// The manifest as written.
  static let manifest = text(of: "Package.swift")

  /// The text of a file; empty where it cannot be read, which fails every rule about it.
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
