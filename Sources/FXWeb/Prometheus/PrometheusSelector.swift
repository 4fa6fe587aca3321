import FXCore

/// A selector of series, `fxwatch_rate{pair="EUR/USD", source!="ecb"}`.
struct PrometheusSelector {
  /// The name of the metric of rates per unit.
  static let metric = "fxwatch_rate"

  /// A condition on one label.
  struct Matcher {
    let name: String
    private let value: String
    private let isEqual: Bool

    /// The pattern of `=~` and `!~`; nil for `=` and `!=`.
    private let pattern: LabelPattern?

    /// A condition; throws for a pattern that is not supported.
    init(
      name: String, value: String, isEqual: Bool, isPattern: Bool = false
    ) throws(WebFailure) {
      self.name = name
      self.value = value
      self.isEqual = isEqual
      pattern = isPattern ? LabelPattern(value) : nil
      guard !isPattern || pattern != nil else {
        throw .invalid(
          "the pattern \(value.quoted) is not supported; use alternatives with |, and .* or .+")
      }
    }

    /// True if the value of the label matches; that of an absent label is "".
    func matches(_ text: String) -> Bool {
      (pattern.map { $0.matches(text) } ?? (text == value)) == isEqual
    }
  }

  private var matchers: [Matcher] = []

  /// A selector with these conditions.
  init(_ matchers: [Matcher]) { self.matchers = matchers }

  /// Parses a selector at the beginning of a text and removes it there; throws a sentence.
  init(_ text: inout Substring) throws(WebFailure) {
    let name = text.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == ":" }
    text = text.dropFirst(name.count)
    if !name.isEmpty {
      matchers.append(try Matcher(name: "__name__", value: String(name), isEqual: true))
    }
    PrometheusQuery.skipSpace(&text)
    guard text.first == "{" else {
      if name.isEmpty { throw .invalid("the query is not a selector; write fxwatch_rate{…}") }
      return
    }
    text.removeFirst()
    while true {
      PrometheusQuery.skipSpace(&text)
      if text.first == "}" {
        text.removeFirst()
        return
      }
      matchers.append(try Self.matcher(&text))
      PrometheusQuery.skipSpace(&text)
      if text.first == "," {
        text.removeFirst()
      } else if text.first != "}" {
        throw .invalid("the selector has no closing brace")
      }
    }
  }

  private static func matcher(_ text: inout Substring) throws(WebFailure) -> Matcher {
    let name = text.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
    text = text.dropFirst(name.count)
    PrometheusQuery.skipSpace(&text)
    let isEqual = text.first == "="
    guard !name.isEmpty, isEqual || text.hasPrefix("!=") || text.hasPrefix("!~") else {
      throw .invalid("a matcher is a label, one of =, !=, =~ and !~, and a text in quotes")
    }
    let isPattern = text.dropFirst().first == "~"
    text = text.dropFirst(isEqual && !isPattern ? 1 : 2)
    PrometheusQuery.skipSpace(&text)
    let value = try quoted(&text, of: name)
    return try Matcher(name: String(name), value: value, isEqual: isEqual, isPattern: isPattern)
  }

  /// Removes a text in quotes, and returns it without its escapes; an unknown escape stays as it is.
  private static func quoted(
    _ text: inout Substring, of name: Substring
  ) throws(WebFailure) -> String {
    guard let quote = text.popFirst(), quote == "\"" || quote == "'" else {
      throw .invalid("the value of \(name) is not in quotes")
    }
    var value = ""
    while let character = text.popFirst() {
      if character == quote { return value }
      guard character == "\\", let escaped = text.popFirst() else {
        value.append(character)
        continue
      }
      switch escaped {
      case "\\", "\"", "'": value.append(escaped)
      case "n": value.append("\n")
      case "t": value.append("\t")
      default: value += "\\\(escaped)"
      }
    }
    throw .invalid("the value of \(name) has no closing quote")
  }

  /// True if the labels of a series match; an absent label has the value "".
  func matches(_ series: Series) -> Bool {
    let labels = Self.labels(of: series)
    return matchers.allSatisfy { matcher in
      matcher.matches(labels.first { $0.0 == matcher.name }?.1 ?? "")
    }
  }

  /// The labels of a series.
  static func labels(of series: Series) -> [(String, String)] {
    [
      ("__name__", metric), ("base", series.pair.base.code), ("pair", series.pair.description),
      ("quote", series.pair.quote.code), ("side", series.side.rawValue),
      ("source", series.source.text),
    ]
  }
}
