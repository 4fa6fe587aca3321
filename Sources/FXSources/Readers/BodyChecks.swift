/// The fields that a body must contain and the field that identifies an error: the keys `requires`
/// and `error`.
package struct BodyChecks<Selector: Hashable & Sendable>: Hashable, Sendable {
  /// The locations of required texts; an empty text, `false`, `0` or `null` counts as missing.
  package var required: [Selector] = []

  /// The field that identifies an error.
  package var error: ErrorField?

  /// A field that identifies an error.
  package struct ErrorField: Hashable, Sendable {
    package var place: Selector

    /// The text that identifies an error; nil if any text does.
    package var text: String?

    /// True if any text except `text` identifies an error.
    package var isInverted = false
  }

  /// No checks.
  package init() {}

  /// The text at a location.
  struct Found {
    let text: String

    /// True if the location is as good as its text, as of a pattern without groups.
    var isEnough = false
  }

  /// True if there is nothing to check.
  var isEmpty: Bool { required.isEmpty && error == nil }

  /// Throws if the body is an error or a required field is missing; `find` returns the text at a
  /// location.
  func verify(
    insteadOf title: String, _ find: (Selector) throws(ParseError) -> String?
  ) throws(ParseError) {
    try verify(
      insteadOf: title,
      found: { place throws(ParseError) in
        try find(place).map { Found(text: $0) }
      })
  }

  /// The same, where finding a location may be enough.
  func verify(
    insteadOf title: String, found find: (Selector) throws(ParseError) -> Found?
  ) throws(ParseError) {
    if let error {
      let text = try find(error.place).map { String(QuotedText.trimmed($0.text)) }
      let isError =
        if let expected = error.text {
          (text == expected) != error.isInverted
        } else {
          Self.isSet(text)
        }
      if isError {
        let found = text.map { "contains \(QuotedText.quoted($0))" } ?? "is missing"
        throw ParseError("the response is an error: its error field \(found)")
      }
    }
    for place in required {
      let found = try find(place)
      if found?.isEnough == true || Self.isSet(found?.text) { continue }
      throw ParseError("required field missing in the response; it is not \(title)")
    }
  }

  /// Returns true if there is a text and it is not a negation.
  private static func isSet(_ text: String?) -> Bool {
    guard let text = text.map({ QuotedText.trimmed($0) }) else { return false }
    return !text.isEmpty && !["false", "0", "null"].contains(text.lowercased())
  }
}

extension BodyChecks<TextPattern> {
  /// Throws if a text is an error or a required pattern does not match.
  ///
  /// A pattern with a group requires a text in it; any other only has to match, blank lines for example.
  func verify(
    in text: [UInt8], insteadOf title: String, _ budget: PatternBudget
  ) throws(ParseError) {
    try verify(
      insteadOf: title,
      found: { pattern throws(ParseError) in
        let compiled = try pattern.compiled()
        return try compiled.match(in: text, from: 0, budget).map {
          Found(text: $0.text, isEnough: !compiled.hasGroups)
        }
      })
  }
}
