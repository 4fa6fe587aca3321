import FXCore

extension NotificationText {
  /// The title of the event: `big-move TJS/USD at timesca`.
  var title: String { SanitizedText.line(subject) }

  /// The event's summary, without its title and rates.
  var summary: String { SanitizedText.line(notification["summary"] ?? "") }

  /// The rates and other details as name and value, the most important first.
  ///
  /// Each value is one sanitized line. A group has no identifier that a command takes; its entries have.
  var facts: [(name: String, value: String)] {
    let facts: [(String, String?)] = [
      ("Rate", rates), ("Change", change), ("Value date", notification["value_date"]),
      ("Published change", notification["published_change"]),
      ("Condition", notification["condition"]),
      ("Reason", notification["reason"]), ("Since", notification["since"]),
      ("Severity", notification.severity.rawValue), ("Page", notification["links", "alert"]),
      ("Acknowledge", notification["links", "acknowledge"]),
      ("Event", notification["title"] == nil ? notification.id : nil),
    ]
    return facts.compactMap { name, value in
      // Discord rejects a field with an empty value.
      value.flatMap { $0.isEmpty ? nil : (name, SanitizedText.line($0)) }
    } + headlines
  }

  /// The events of a digest that are shown: with the facts they are fewer than the 25 fields that Discord
  /// accepts.
  private static let maximumEntries = 20

  /// The characters of an event's summary.
  private static let maximumSummary = 200

  /// The facts after the events of a digest, each with its subject and its summary.
  ///
  /// For messages that have no place of their own for them.
  var factsWithEntries: [(name: String, value: String)] {
    guard notification.type == .digest else { return facts }
    let entries = notification.data["entries"]?.elements ?? []
    return entries.prefix(Self.maximumEntries).compactMap { entry in
      let alert = [
        entry["rule"]?.text, entry["pair"]?.text, entry["source"]?.text.map { "at \($0)" },
      ]
      let subject =
        entry["rule"]?.text == nil
        ? entry["about"]?.text ?? "" : alert.compactMap(\.self).joined(separator: " ")
      guard let summary = entry["summary"]?.text, !summary.isEmpty else { return nil }
      return (
        SanitizedText.line(subject.isEmpty ? "Event" : subject),
        SanitizedText.line(summary).cut(to: Self.maximumSummary)
      )
    } + facts
  }

  private var rates: String? {
    let rates = [notification["previous", "rate"], notification["rate"]].compactMap(\.self)
    return rates.isEmpty ? nil : rates.joined(separator: " → ")
  }

  /// The first headline of the publication, for context.
  private var headlines: [(name: String, value: String)] {
    headlineTitle.map { [("On the page", $0)] } ?? []
  }
}

extension String {
  /// Returns at most `limit` UTF-16 code units of the text, which is how services count; `…` marks a
  /// cut.
  func cut(to limit: Int) -> String {
    guard utf16.count > limit else { return self }
    var count = 1
    let kept = prefix { character in
      count += character.utf16.count
      return count <= limit
    }
    return kept + "…"
  }
}
