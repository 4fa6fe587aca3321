import FXCore
import FXServer

/// The matchers of a request to Alertmanager's API, `filter=alertname="big-move"`: all must match.
struct LabelFilter {
  private struct Matcher {
    let name: String
    let value: String
    let isEqual: Bool
  }

  private var matchers: [Matcher] = []

  /// Reads every parameter `filter`; throws for a regular expression, which is not supported.
  init(_ call: RouteCall) throws(WebFailure) {
    for parameter in call.request.target.query where parameter.name == "filter" {
      matchers.append(try Self.matcher(parameter.value))
    }
  }

  private static func matcher(_ text: String) throws(WebFailure) -> Matcher {
    guard let sign = text.firstIndex(where: { $0 == "=" || $0 == "!" }) else {
      throw .invalid("\(text.quoted) is not a matcher; write it like alertname=\"big-move\"")
    }
    let name = text[..<sign].filter { $0 != " " }
    var rest = text[sign...]
    let isEqual = rest.first == "="
    rest.removeFirst()
    if !isEqual { rest = rest.first == "=" ? rest.dropFirst() : rest }
    guard rest.first != "~", !(text[sign...].hasPrefix("!~")) else {
      throw .invalid("regular expressions are not supported; match \(name) with = or !=")
    }
    var value = rest.trimmingPrefix { $0 == " " }
    if value.hasPrefix("\""), value.hasSuffix("\""), value.count > 1 {
      value = value.dropFirst().dropLast()
    }
    return Matcher(name: name, value: String(value), isEqual: isEqual)
  }

  /// True if labels match; an absent label has the value "".
  func matches(_ labels: [(name: String, value: String)]) -> Bool {
    matchers.allSatisfy { matcher in
      let value = labels.first { $0.name == matcher.name }?.value ?? ""
      return (value == matcher.value) == matcher.isEqual
    }
  }
}
