import FXCore

extension NotificationText {
  /// What happened in a few words: `big-move TJS/USD at timesca`.
  var title: String { SanitizedText.line(subject) }

  /// The sentence of the event, without its subject and figures.
  var summary: String { SanitizedText.line(notification["summary"] ?? "") }

  /// The figures and circumstances by name, in the order people ask for them; each value is one
  /// harmless line.
  var facts: [(name: String, value: String)] {
    let facts: [(String, String?)] = [
      ("Rate", rates), ("Change", change), ("Value date", notification["value_date"]),
      ("Source says", notification["published_change"]), ("Condition", notification["condition"]),
      ("Reason", notification["reason"]), ("Since", notification["since"]),
      ("Severity", notification.severity.rawValue), ("Event", notification.id),
    ]
    return facts.compactMap { name, value in
      // Discord takes no field without a text.
      value.flatMap { $0.isEmpty ? nil : (name, SanitizedText.line($0)) }
    } + headlines
  }

  private var rates: String? {
    let rates = [notification["previous", "rate"], notification["rate"]].compactMap(\.self)
    return rates.isEmpty ? nil : rates.joined(separator: " → ")
  }

  /// The first headline that stood on the page, for context.
  private var headlines: [(name: String, value: String)] {
    headlineTitle.map { [("On the page", $0)] } ?? []
  }
}

extension String {
  /// At most `limit` UTF-16 units of the text, which is how services count; `…` stands for what was
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
