/// One notification that a test expects.
package struct Expectation: Sendable {
  /// The place in the file.
  package let mark: SettingsMark

  package let type: NotificationType

  /// The name of the rule, or of the source for events about sources; empty for a digest.
  package let subject: String

  /// The pair of an alert; nil for any.
  package let pair: CurrencyPair?

  /// The source of an alert; nil for any.
  package let source: SourceName?

  /// The notifiers that receive it; nil for any.
  package let recipients: [String]?

  /// The expected values of fields, as written.
  package let fields: [(field: Field, text: String)]

  /// A field of an event that a test can check.
  package enum Field: String, Hashable, Sendable, CaseIterable {
    case change
    case delta
    case events
    case flapping
    case high
    case kind
    case late
    case low
    case previous
    case publishedChange = "published_change"
    case rate
    case reason
    case severity
    case side
    case summary
    case tick
    case ticks
    case valueDate = "value_date"

    /// The path in the event's data.
    private var path: [String] {
      switch self {
      case .change: ["change", "percent"]
      case .delta: ["change", "absolute"]
      case .high, .low, .ticks: ["change", rawValue]
      case .previous: ["previous", "rate"]
      default: [rawValue]
      }
    }

    /// Returns the value in an event; nil if the event does not contain it.
    package func text(of event: Notification) -> String? {
      var value: JSONValue? = event.data
      for key in path { value = value?[key] }
      switch value {
      case .string(let text), .number(let text): return text
      case .bool(let isTrue): return isTrue ? "true" : "false"
      case nil where self == .late || self == .flapping: return "false"
      default: return nil
      }
    }

    /// True for a number, for which `1.5`, `1.50` and `1.5%` are equal.
    private var isNumber: Bool {
      switch self {
      case .change, .delta, .high, .low, .previous, .rate, .tick, .ticks: true
      default: false
      }
    }

    /// True if an event's value is the expected one.
    fileprivate func matches(_ expected: String, _ actual: String?) -> Bool {
      guard let actual else { return false }
      guard isNumber, let one = Self.number(expected), let other = Self.number(actual) else {
        return expected == actual
      }
      return one == other
    }

    private static func number(_ text: String) -> ExactDecimal? {
      var digits = text.filter { $0 != " " }[...]
      if digits.last == "%" { digits.removeLast() }
      if digits.first == "+" { digits.removeFirst() }
      return ExactDecimal(digits)
    }
  }

  /// True if an event has the expected type and subject, whatever its other content.
  package func matches(_ sent: OutboxEvent) -> Bool {
    let event = sent.notification
    guard event.type == type else { return false }
    if type == .digest { return true }
    if isOfSource { return event["source"] == subject }
    return event["rule"] == subject && (pair == nil || event["pair"] == pair?.description)
      && (source == nil || event["source"] == source?.text)
  }

  /// Returns the fields of an event with unexpected values, by the names in the file.
  package func differences(from sent: OutboxEvent) -> [(
    name: String, expected: String, actual: String?
  )] {
    var differences = fields.compactMap { field, expected -> (String, String, String?)? in
      let actual = field.text(of: sent.notification)
      return field.matches(expected, actual) ? nil : (field.rawValue, expected, actual)
    }
    if let recipients, recipients.sorted() != sent.recipients.sorted() {
      differences.append(
        ("to", recipients.joined(separator: ", "), sent.recipients.joined(separator: ", ")))
    }
    return differences
  }

  /// True for an event about a source.
  package var isOfSource: Bool {
    switch type {
    case .sourceDown, .sourceRecovered, .sourceStale, .sourceLate, .sourceSuspect, .sourceVanished:
      true
    default: false
    }
  }

  /// True for an event about an alert.
  package var isOfRule: Bool {
    !isOfSource && ![.digest, .storeRewound, .notifierDisabled].contains(type)
  }
}
