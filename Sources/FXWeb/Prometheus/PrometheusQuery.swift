import FXCore

/// The subset of PromQL that is answered: a selector of rates with an offset, and arithmetic of two
/// numbers, by which Grafana checks a data source.
///
/// Everything else is for a Prometheus that scrapes `/metrics`.
enum PrometheusQuery {
  case selector(PrometheusSelector, offset: Duration)
  case scalar(String)

  /// Parses a query; throws a sentence.
  init(_ text: String) throws(WebFailure) {
    var rest = text[...]
    Self.skipSpace(&rest)
    if let number = Self.number(&rest) {
      self = .scalar(try Self.scalar(number, rest))
      return
    }
    let selector = try PrometheusSelector(&rest)
    Self.skipSpace(&rest)
    var offset = Duration.zero
    if rest.hasPrefix("offset ") {
      rest = rest.dropFirst("offset ".count)
      Self.skipSpace(&rest)
      guard let parsed = DurationText.parse(String(rest.prefix { $0 != " " })) else {
        throw .invalid("the offset is not a duration; write one such as 1h or 7d")
      }
      offset = parsed
      rest = rest.drop { $0 != " " }
    }
    Self.skipSpace(&rest)
    guard rest.isEmpty else {
      throw .invalid(
        "only selectors such as fxwatch_rate{pair=\"EUR/USD\"}, with an offset, are supported")
    }
    self = .selector(selector, offset: offset)
  }

  static func skipSpace(_ text: inout Substring) {
    text = text.drop { $0 == " " || $0 == "\n" || $0 == "\t" }
  }

  private static func number(_ text: inout Substring) -> Int64? {
    let digits = text.prefix { ("0"..."9").contains($0) }
    guard !digits.isEmpty, digits.count < 10, let number = Int64(digits) else { return nil }
    text = text.dropFirst(digits.count)
    skipSpace(&text)
    return number
  }

  /// The value of a number, or of two with an operator.
  private static func scalar(
    _ left: Int64, _ text: Substring
  ) throws(WebFailure) -> String {
    var rest = text
    guard let sign = rest.popFirst() else { return "\(left)" }
    skipSpace(&rest)
    guard let right = number(&rest), rest.isEmpty else {
      throw .invalid("only two whole numbers with +, - or * can be computed")
    }
    switch sign {
    case "+": return "\(left + right)"
    case "-": return "\(left - right)"
    case "*": return "\(left * right)"
    default: throw .invalid("only two whole numbers with +, - or * can be computed")
    }
  }
}
