/// The style of tables for people: plain, or with states in colour.
package struct TextStyle: Hashable, Sendable {
  /// No colour.
  package static let plain = TextStyle(isColored: false)

  /// True if states have a colour.
  package let isColored: Bool

  private init(isColored: Bool) { self.isColored = isColored }

  /// The style of an output: colour only on a terminal, and not if the environment variable
  /// `NO_COLOR` is set to anything but an empty string (https://no-color.org).
  package init(isTerminal: Bool, environment: [String: String]) {
    isColored = isTerminal && environment["NO_COLOR", default: ""].isEmpty
  }

  /// Colours a field that contains a state, such as `ok` or `failing: reason`, and spaces around it.
  func state(_ field: String) -> String {
    guard isColored, let code = Self.code(of: field) else { return field }
    return "\u{1B}[\(code)m\(field)\u{1B}[0m"
  }

  /// Returns the code of a colour (ECMA-48, SGR): green, yellow or red; nil for other words.
  private static func code(of field: String) -> Int? {
    switch field.drop(while: { $0 == " " }).prefix(while: { $0.isLetter }) {
    case "ok", "delivered", "resolved": 32
    case "late", "stale", "suspect", "pending", "flapping", "open", "warning": 33
    case "failing", "firing", "disabled", "dead", "critical": 31
    default: nil
    }
  }
}
