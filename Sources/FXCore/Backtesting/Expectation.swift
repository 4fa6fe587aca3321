/// One thing that people must be told.
package struct Expectation: Sendable {
  /// Where it stands.
  package let mark: SettingsMark

  package let type: NotificationType

  /// The rule's name, or the source's of events about sources; empty for a digest.
  package let subject: String

  /// The pair of an alert; nil for any.
  package let pair: CurrencyPair?

  /// The source of an alert; nil for any.
  package let source: SourceName?

  /// The notifiers it is told to; nil for any.
  package let recipients: [String]?

  /// What the event says, as written.
  package let fields: [(field: Field, text: String)]

  /// What can be asked of an event.
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
    case severity
    case side
    case summary
    case tick
    case ticks
    case valueDate = "value_date"

    /// Where it stands in the event's data.
    private var path: [String] {
      switch self {
      case .change: ["change", "percent"]
      case .delta: ["change", "absolute"]
      case .high, .low, .ticks: ["change", rawValue]
      case .previous: ["previous", "rate"]
      default: [rawValue]
      }
    }

    /// What an event says; nil where it does not say it.
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

    /// Whether it is a figure, for which `1.5` is `1.50`; with a percent sign or without.
    private var isFigure: Bool {
      switch self {
      case .change, .delta, .high, .low, .previous, .rate, .tick, .ticks: true
      default: false
      }
    }

    /// Whether what was written is what an event says.
    package func agrees(_ written: String, with said: String?) -> Bool {
      guard let said else { return false }
      guard isFigure, let one = Self.figure(written), let other = Self.figure(said) else {
        return written == said
      }
      return one == other
    }

    private static func figure(_ text: String) -> ExactDecimal? {
      var digits = text.filter { $0 != " " }[...]
      if digits.last == "%" { digits.removeLast() }
      if digits.first == "+" { digits.removeFirst() }
      return ExactDecimal(digits)
    }
  }

  /// Whether an event is the one that is meant, whatever it says.
  package func isAbout(_ told: OutboxEvent) -> Bool {
    let event = told.notification
    guard event.type == type else { return false }
    if type == .digest { return true }
    if isOfSource { return event["source"] == subject }
    return event["rule"] == subject && (pair == nil || event["pair"] == pair?.description)
      && (source == nil || event["source"] == source?.text)
  }

  /// What an event says otherwise, by the names in the file.
  package func differences(from told: OutboxEvent) -> [(
    name: String, written: String, said: String?
  )] {
    var differences = fields.compactMap { field, text -> (String, String, String?)? in
      let said = field.text(of: told.notification)
      return field.agrees(text, with: said) ? nil : (field.rawValue, text, said)
    }
    if let recipients, recipients.sorted() != told.recipients.sorted() {
      differences.append(
        ("to", recipients.joined(separator: ", "), told.recipients.joined(separator: ", ")))
    }
    return differences
  }

  /// Whether it is of an event about a source.
  package var isOfSource: Bool {
    switch type {
    case .sourceDown, .sourceRecovered, .sourceStale, .sourceSuspect: true
    default: false
    }
  }

  /// Whether it is of an alert.
  package var isOfRule: Bool { !isOfSource && type != .digest }
}
