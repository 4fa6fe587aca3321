import FXCore

/// The location of the document to read inside a body, for services that nest one in another.
package enum Enclosure: Hashable, Sendable {
  /// A string in JSON.
  case json(JSONPath)
  /// The text of an element of XML or HTML, or an attribute.
  case markup(XPath)
  /// The first group of a pattern, or its whole match if it has no group.
  case pattern(TextPattern)

  /// Reads a location; nil if it is wrong, which is then reported at the key.
  ///
  /// Text that begins with `$` is a JSON path, with `/` an XPath; any other is a pattern.
  static func read(
    _ text: String, _ key: String, at mark: SettingsMark? = nil, in section: SettingsSection
  ) -> Enclosure? {
    do throws(PatternProblem) {
      return try Enclosure(text)
    } catch {
      section.problem(
        key, at: mark ?? section.node(key)?.mark ?? section.mark,
        "'\(text)' is not a regular expression: \(error.message)")
      return nil
    }
  }

  /// A location as written.
  init(_ text: String) throws(PatternProblem) {
    if text.hasPrefix("$") {
      self = .json(JSONPath(text))
    } else if CustomSource.isDocumentPath(text), let path = XPath(text) {
      self = .markup(path)
    } else {
      self = .pattern(try TextPattern(text))
    }
  }

  /// The location as written.
  var place: String {
    switch self {
    case .json(let path): path.text
    case .markup(let path): path.text
    case .pattern(let pattern): pattern.text
    }
  }

  /// Returns the document inside a text; throws if there is none.
  func document(in text: [UInt8], insteadOf title: String) throws(ParseError) -> [UInt8] {
    let found: String?
    switch self {
    case .json(let path):
      let document = try JSONRates.parsed(text, insteadOf: title)
      found = path.textOrBoolean(in: JSONPath.Node(document: document))
    case .markup(let path):
      let markup = WrongPage.isHTML(text) ? XMLRates.Markup.html : .xml
      guard text.first(where: { $0 > 0x20 }) == UInt8(ascii: "<") else {
        throw WrongPage.error(text, insteadOf: title)
      }
      found = try XMLTree(text, markup).text(path.compiled())
    case .pattern(let pattern):
      found = try pattern.compiled().match(in: text, from: 0, PatternBudget())?.text
    }
    guard let found = found.map({ QuotedText.trimmed($0) }), !found.isEmpty else {
      if case .pattern = self { throw WrongPage.error(text, insteadOf: title) }
      throw ParseError(
        "the body has nothing at \(QuotedText.quoted(place)), where \(title) are expected")
    }
    return Array(found.utf8)
  }
}
