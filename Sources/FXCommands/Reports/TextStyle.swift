/// The style of tables for people: their width, the zone of instants, and states in colour.
package struct TextStyle: Hashable, Sendable {
  /// No colour, UTC, any width.
  package static let plain = TextStyle(isColored: false, zone: .utc, width: nil)

  /// True if states have a colour.
  package let isColored: Bool

  /// The zone in which instants are shown.
  package let zone: LocalZone

  /// The columns of the terminal; nil for any width.
  package let width: Int?

  private init(isColored: Bool, zone: LocalZone, width: Int?) {
    self.isColored = isColored
    self.zone = zone
    self.width = width
  }

  /// The style of an output: colour only on a terminal, and not if the environment variable
  /// `NO_COLOR` is set to anything but an empty string (https://no-color.org).
  package init(
    isTerminal: Bool, environment: [String: String], zone: LocalZone = .utc, width: Int? = nil
  ) {
    self.init(
      isColored: isTerminal && environment["NO_COLOR", default: ""].isEmpty, zone: zone,
      width: isTerminal ? width : nil)
  }

  /// Returns the style for a window of another width.
  func fitting(columns: Int) -> TextStyle {
    TextStyle(isColored: isColored, zone: zone, width: columns)
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
