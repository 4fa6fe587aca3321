import FXCore

/// A selector of series, `fxwatch_rate{pair="EUR/USD", source!="ecb"}`.
struct PrometheusSelector {
  /// The name of the metric of rates per unit.
  static let metric = "fxwatch_rate"

  private struct Matcher {
    let name: String
    let value: String
    let isEqual: Bool
  }

  private var matchers: [Matcher] = []

  /// Parses a selector at the beginning of a text and removes it there; throws a sentence.
  init(_ text: inout Substring) throws(WebFailure) {
    let name = text.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == ":" }
    text = text.dropFirst(name.count)
    if !name.isEmpty {
      matchers.append(Matcher(name: "__name__", value: String(name), isEqual: true))
    }
    PrometheusQuery.skipSpace(&text)
    guard text.first == "{" else {
      if name.isEmpty { throw .invalid("the query is no selector; write fxwatch_rate{…}") }
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
    guard !name.isEmpty, isEqual || text.hasPrefix("!=") else {
      throw .invalid("a matcher is a label, = or !=, and a text in quotes")
    }
    text = text.dropFirst(isEqual ? 1 : 2)
    guard text.first != "~" else {
      throw .invalid("regular expressions are not supported; match labels with = or !=")
    }
    PrometheusQuery.skipSpace(&text)
    guard let quote = text.popFirst(), quote == "\"" || quote == "'" else {
      throw .invalid("the value of \(name) is not in quotes")
    }
    let value = text.prefix { $0 != quote }
    text = text.dropFirst(value.count)
    guard text.popFirst() == quote else {
      throw .invalid("the value of \(name) has no closing quote")
    }
    return Matcher(name: String(name), value: String(value), isEqual: isEqual)
  }

  /// True if the labels of a series match; an absent label has the value "".
  func matches(_ series: Series) -> Bool {
    let labels = Self.labels(of: series)
    return matchers.allSatisfy { matcher in
      let value = labels.first { $0.0 == matcher.name }?.1 ?? ""
      return (value == matcher.value) == matcher.isEqual
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
