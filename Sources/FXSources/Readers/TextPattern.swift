/// A regular expression in Perl's syntax (PCRE2), with named groups.
///
/// The text is UTF-8; `^` and `$` also match at line ends. Two groups may share a name: the one that
/// matched is used.
package struct TextPattern: Hashable, Sendable {
  /// The expression as written.
  package let text: String

  /// The names of the groups.
  package let groupNames: [String]

  /// Compiles an expression once to check it; throws if it is invalid.
  package init(_ text: String) throws(PatternProblem) {
    self.text = text
    groupNames = try Compiled(text).groups.map(\.name)
  }

  /// A pattern of a preset.
  ///
  /// Precondition: it is a valid regular expression.
  static func stated(_ text: StaticString) -> TextPattern {
    guard let pattern = try? TextPattern(text.description) else {
      preconditionFailure("\(text) is not a regular expression")
    }
    return pattern
  }

  /// Compiles the pattern for one reading.
  func compiled() throws(ParseError) -> Compiled {
    do throws(PatternProblem) {
      return try Compiled(text)
    } catch {
      throw ParseError("\(QuotedText.quoted(text)) is not a regular expression: \(error.message)")
    }
  }
}
