import FXCore

/// A notification in words, for people: one line of plain text, harmless whatever a page or a label
/// contains.
struct NotificationText {
  /// A headline is context; more of it hides the figures.
  private static let maximumHeadline = 100

  let notification: Notification

  /// The sentence: `big-move TJS/USD at timesca: 0.09168 → 0.10563, +15.22 % (15.20 to 15.23)`.
  var message: String {
    let details = details.filter { !$0.isEmpty }.joined(separator: "; ")
    if summaryNamesSource { return SanitizedText.line("source \(details)") }
    return SanitizedText.line(details.isEmpty ? subject : "\(subject): \(details)")
  }

  /// Whether the summary says of which source it speaks: `timesca is down: HTTP 500`.
  private var summaryNamesSource: Bool {
    guard notification.type.isOfSource, let name = notification["source"] else { return false }
    return notification["summary"]?.hasPrefix("\(name) ") ?? false
  }

  /// The message with the time and the severity before it.
  var line: String {
    "\(notification.timestamp) \(notification.severity.rawValue.uppercased()) \(message)"
  }

  /// Who or what it is about.
  var subject: String {
    switch notification.type {
    case .alertFiring: alert
    case .alertResolved: "resolved: \(alert)"
    case .alertReminder: "still firing: \(alert)"
    case .alertCorrection: "corrected: \(alert)"
    case .sourceDown: "\(source) is down"
    case .sourceRecovered: "\(source) has recovered"
    case .sourceStale: "\(source) is stale"
    case .sourceSuspect: "\(source) printed suspect figures"
    case .digest: "digest"
    case .testPing: "test of notifier \(notification["notifier"] ?? "?")"
    }
  }

  private var alert: String {
    [notification["rule"] ?? "alert", place].filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// The series: `TJS/USD at timesca`.
  private var place: String {
    [notification["pair"], side, notification["source"].map { "at \($0)" }]
      .compactMap(\.self).joined(separator: " ")
  }

  /// The side where it is not the usual one.
  private var side: String? { notification["side"].flatMap { $0 == "mid" ? nil : "(\($0))" } }

  private var source: String { "source \(notification["source"] ?? "?")" }

  private var details: [String] {
    let summary = repeatsFigures ? "" : notification["summary"] ?? ""
    let reason = notification["reason"] ?? ""
    return [
      figures, summary, summary.contains(reason) ? "" : reason,
      notification["since"].map { "\(sinceWhat) \($0)" } ?? "", headline,
    ]
  }

  /// What began then.
  private var sinceWhat: String {
    notification.type == .sourceRecovered ? "it was down since" : "since"
  }

  /// Whether the summary is fxwatch's own and says what the subject and the figures say.
  private var repeatsFigures: Bool {
    guard !figures.isEmpty, let summary = notification["summary"] else { return false }
    return "\(place): \(figures)".hasPrefix(summary)
      || "resolved: \(place): \(figures)".hasPrefix(summary)
  }

  /// The move: `0.09168 → 0.10563, +15.22 % (15.20 to 15.23), for 2026-02-20`.
  private var figures: String {
    let rates = [notification["previous", "rate"], notification["rate"]].compactMap(\.self)
    let day = notification["value_date"].map { "for \($0)" }
    return rates.isEmpty
      ? ""
      : [rates.joined(separator: " → "), change, day].compactMap(\.self).joined(separator: ", ")
  }

  /// The change with its range: `+15.22 % (15.20 to 15.23)`.
  var change: String? {
    guard let percent = notification["change", "percent"] else { return nil }
    let signed = percent.hasPrefix("-") ? percent : "+\(percent)"
    guard let low = notification["change", "low"], let high = notification["change", "high"],
      low != high
    else { return "\(signed) %" }
    return "\(signed) % (\(low) to \(high))"
  }

  private var headline: String { headlineTitle.map { "on the page: \($0)" } ?? "" }

  /// The first headline that stood on the page.
  var headlineTitle: String? {
    notification.data["headlines"]?.elements?.first?["title"]?.text.map {
      SanitizedText.line($0, limit: Self.maximumHeadline)
    }
  }
}

extension NotificationType {
  /// Whether it tells of a source rather than of a series.
  fileprivate var isOfSource: Bool {
    switch self {
    case .sourceDown, .sourceRecovered, .sourceStale, .sourceSuspect: true
    case .alertFiring, .alertResolved, .alertReminder, .alertCorrection, .digest, .testPing: false
    }
  }
}
