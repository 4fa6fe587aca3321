import Foundation

/// One Swift file of the project, split into lines.
struct SourceFile {
  /// The path, relative to the package's root.
  let path: String

  let lines: [SourceLine]

  /// The folder below `Sources` or `Tests`, which is the module's name.
  var module: String { folder(at: 1) }

  /// The folder of FXCore the file is in; empty for files of other modules.
  var coreFolder: String { path.hasPrefix("Sources/FXCore/") ? folder(at: 2) : "" }

  /// The file's name without its extension.
  var name: String { String((path.split(separator: "/").last ?? "").prefix { $0 != "." }) }

  /// Creates a file from its text.
  init(path: String, text: String) {
    self.path = path
    var isInText = false
    self.lines = text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
      .map { index, line in
        let isLiteral = isInText
        let parts = isLiteral ? (code: "", prose: String(line)) : SourceFile.parts(of: line)
        if line.components(separatedBy: "\"\"\"").count % 2 == 0 { isInText.toggle() }
        return SourceLine(
          file: path, number: index + 1, text: String(line), code: parts.code, prose: parts.prose,
          isLiteral: isLiteral)
      }
  }

  private func folder(at index: Int) -> String {
    let parts = path.split(separator: "/")
    return parts.count > index + 1 ? String(parts[index]) : ""
  }

  /// Splits a line into its code, and the text of its string literals and its comment.
  ///
  /// Good enough for formatted code: a quote inside an interpolation ends the literal.
  private static func parts(of line: Substring) -> (code: String, prose: String) {
    let bytes = Array(line.utf8)
    var code: [UInt8] = []
    var prose: [UInt8] = []
    var isInString = false
    var isEscaped = false
    for (index, byte) in bytes.enumerated() {
      if isInString {
        if byte == UInt8(ascii: "\""), !isEscaped {
          isInString = false
          code.append(byte)
          prose.append(UInt8(ascii: " "))
        } else {
          prose.append(byte)
        }
        isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
      } else if byte == UInt8(ascii: "/"), code.last == UInt8(ascii: "/") {
        code.removeLast()
        prose += bytes[index...]
        break
      } else {
        isInString = byte == UInt8(ascii: "\"")
        code.append(byte)
      }
    }
    return (
      String(decoding: code, as: UTF8.self).trimmingCharacters(in: .whitespaces),
      String(decoding: prose, as: UTF8.self)
    )
  }
}
