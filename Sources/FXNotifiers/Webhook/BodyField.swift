import FXCore

/// A field of a body template.
enum BodyField: Hashable, Sendable {
  /// A value of the payload's data, by its path.
  case data([String])
  /// The event's identifier, the same on every attempt.
  case id
  /// The message for people: subject, rates and reason.
  case message
  /// The whole native payload.
  case payload
  case severity
  case timestamp
  /// The title for people.
  case title
  case type

  /// The paths of the data's values by their names in a template.
  private static let paths: [String: [String]] = [
    "alert_id": ["alert_id"], "base": ["base"], "change": ["change", "percent"],
    "change_high": ["change", "high"], "change_low": ["change", "low"],
    "condition": ["condition"], "delta": ["change", "absolute"], "kind": ["kind"],
    "nominal": ["nominal"], "observed_at": ["observed_at"], "pair": ["pair"],
    "previous": ["previous", "rate"], "previous_value_date": ["previous", "value_date"],
    "printed": ["printed"], "published_change": ["published_change"], "quote": ["quote"],
    "rate": ["rate"], "reason": ["reason"], "rule": ["rule"], "side": ["side"],
    "since": ["since"], "source": ["source"], "summary": ["summary"], "tick": ["tick"],
    "ticks": ["change", "ticks"], "value_date": ["value_date"],
  ]

  private static let others: [String: BodyField] = [
    "id": .id, "message": .message, "payload": .payload, "severity": .severity,
    "timestamp": .timestamp, "title": .title, "type": .type,
  ]

  /// The prefix of a rule's label: `{{label.desk}}`.
  private static let labelPrefix = "label."

  /// All names, sorted; `label.NAME` represents the rule's labels.
  static var allNames: [String] {
    (Array(paths.keys) + Array(others.keys)).sorted() + ["\(labelPrefix)NAME"]
  }

  /// All names in one line.
  static var names: String { allNames.joined(separator: ", ") }

  /// Creates the field with a name; nil if the name is unknown.
  init?(_ name: String) {
    if let field = Self.others[name] {
      self = field
    } else if let path = Self.paths[name] {
      self = .data(path)
    } else if name.hasPrefix(Self.labelPrefix), name != Self.labelPrefix {
      self = .data(["labels", String(name.dropFirst(Self.labelPrefix.count))])
    } else {
      return nil
    }
  }

  /// Returns the field's value in an event; null if it is absent.
  ///
  /// Decimals become JSON numbers.
  func value(of notification: Notification) -> JSONValue {
    switch self {
    case .data(let path):
      let value = path.reduce(Optional(notification.data)) { $0?[$1] }
      guard case .string(let text)? = value else { return value ?? .null }
      return Self.isDecimal(text) ? .number(text) : .string(text)
    case .id: return .string(notification.id)
    case .message: return .string(NotificationText(notification: notification).message)
    case .payload: return notification.payload
    case .severity: return .string(notification.severity.rawValue)
    case .timestamp: return .string(notification.timestamp.description)
    case .title: return .string(NotificationText(notification: notification).title)
    case .type: return .string(notification.type.rawValue)
    }
  }

  /// Returns true if a text is a JSON number without an exponent (RFC 8259 section 6).
  private static func isDecimal(_ text: String) -> Bool {
    let digits = text.hasPrefix("-") ? text.dropFirst() : Substring(text)
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    return (1...2).contains(parts.count)
      && parts.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
      && (parts[0] == "0" || parts[0].first != "0")
  }
}
