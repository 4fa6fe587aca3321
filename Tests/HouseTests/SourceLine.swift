/// One line of a Swift file of the project.
struct SourceLine {
  /// The file's path, relative to the package's root.
  let file: String

  /// The line's number, from 1.
  let number: Int

  /// The line as written.
  let text: String

  /// The line without string contents, comments and surrounding white space.
  let code: String

  /// The text of the line's comment and string literals.
  let prose: String

  /// True for a line inside a multi-line string literal.
  let isLiteral: Bool

  /// The place as compilers print it: `Sources/FXCore/Model/Rate.swift:12`.
  var place: String { "\(file):\(number)" }

  /// The number of spaces before the text.
  var indentation: Int { text.prefix { $0 == " " }.count }

  /// The text of a doc comment; nil on other lines.
  var documentation: Substring? {
    let line = text.dropFirst(indentation)
    return !isLiteral && line.hasPrefix("///") ? line.dropFirst(3).drop { $0 == " " } : nil
  }
}
