/// What a described source says must, and must not be in its bodies.
package struct BodyMarks<Selector: Hashable & Sendable>: Hashable, Sendable {
  /// Finds what must be there; an empty text, or `false`, is as good as nothing.
  package var required: [Selector] = []

  /// Finds what says that the body is an error.
  package var error: ErrorMark?

  /// What says that a body is an error.
  package struct ErrorMark: Hashable, Sendable {
    package var place: Selector

    /// The text that says so; nil where any does.
    package var text: String?

    /// Whether anything but that text says so.
    package var isInverted = false
  }

  /// No marks at all.
  package init() {}

  /// Whether there is nothing to check.
  var isEmpty: Bool { required.isEmpty && error == nil }

  /// Throws where the body is an error or lacks what it must have; `find` finds a text.
  func check(
    insteadOf title: String, _ find: (Selector) throws(ParseError) -> String?
  ) throws(ParseError) {
    if let error {
      let text = try find(error.place).map { String(QuotedText.trimmed($0)) }
      let isError =
        if let expected = error.text {
          (text == expected) != error.isInverted
        } else {
          Self.says(text)
        }
      if isError {
        let found = text.map { "it has \(QuotedText.quoted($0))" } ?? "it has nothing"
        throw ParseError("the source refused: \(found) where its settings look for errors")
      }
    }
    for place in required where try !Self.says(find(place)) {
      throw ParseError("the body lacks what its settings require, and is not \(title)")
    }
  }

  /// Whether there is a text, and it does not deny itself.
  private static func says(_ text: String?) -> Bool {
    guard let text = text.map({ QuotedText.trimmed($0) }) else { return false }
    return !text.isEmpty && !["false", "0", "null"].contains(text.lowercased())
  }
}
