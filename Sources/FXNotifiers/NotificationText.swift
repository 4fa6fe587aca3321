import FXCore

/// Formats a notification for people: one line of plain text, sanitized against control characters
/// from pages and labels.
struct NotificationText {
  /// The length of a headline in characters; a longer one would hide the rates.
  private static let maximumHeadline = 100

  let notification: Notification

  /// The message: `big-move TJS/USD at timesca: 0.09168 → 0.10563, +15.22 % (15.20 to 15.23)`.
  var message: String {
    let details = details.filter { !$0.isEmpty }.joined(separator: "; ")
    if summaryNamesSource { return SanitizedText.line("source \(details)") }
    if summaryNamesNotifier { return SanitizedText.line(details) }
    return SanitizedText.line(details.isEmpty ? subject : "\(subject): \(details)")
  }

  /// Indicates whether the summary starts with the source's name: `timesca is down: HTTP 500`.
  private var summaryNamesSource: Bool {
    guard notification.type.isOfSource, let name = notification["source"] else { return false }
    return notification["summary"]?.hasPrefix("\(name) ") ?? false
  }

  /// Indicates whether the summary starts with the subject: `notifier 'ops' is disabled: …`.
  private var summaryNamesNotifier: Bool {
    notification.type == .notifierDisabled
      && notification["summary"]?.hasPrefix("notifier '\(notification["notifier"] ?? "")' ") == true
  }

  /// The message after the time and the severity.
  var line: String {
    "\(notification.timestamp) \(notification.severity.rawValue.uppercased()) \(message)"
  }

  /// The subject of the event: a rule and its series, a source, or a notifier.
  var subject: String {
    switch notification.type {
    case .alertFiring: alert
    case .alertResolved: "resolved: \(alert)"
    case .alertReminder: "still firing: \(alert)"
    case .alertCorrection: "corrected: \(alert)"
    case .sourceDown: "\(source) is down"
    case .sourceRecovered: "\(source) has recovered"
    case .sourceStale: "\(source) is stale"
    case .sourceLate: "\(source) is polled late"
    case .sourceSuspect: "\(source) published suspect rates"
    case .sourceVanished: "\(source) no longer publishes pairs"
    case .storeRewound: "the database was rewound"
    case .notifierDisabled: "notifier \(notification["notifier"] ?? "?") is disabled"
    case .digest: notification["title"] ?? "digest"
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

  /// The side unless it is mid.
  private var side: String? { notification["side"].flatMap { $0 == "mid" ? nil : "(\($0))" } }

  private var source: String { "source \(notification["source"] ?? "?")" }

  private var details: [String] {
    let summary = summaryRepeatsValues ? "" : notification["summary"] ?? ""
    let reason = notification["reason"] ?? ""
    return [
      values, summary, summary.contains(reason) ? "" : reason,
      notification["since"].map { "\(sinceLabel) \($0)" } ?? "", headline,
    ]
  }

  /// The words before the start time.
  private var sinceLabel: String {
    notification.type == .sourceRecovered ? "it was down since" : "since"
  }

  /// Indicates whether the summary is the default one, which only repeats the subject and the values.
  private var summaryRepeatsValues: Bool {
    guard !values.isEmpty, let summary = notification["summary"] else { return false }
    return "\(place): \(values)".hasPrefix(summary)
      || "resolved: \(place): \(values)".hasPrefix(summary)
  }

  /// The move: `0.09168 → 0.10563, +15.22 % (15.20 to 15.23), for 2026-02-20`.
  private var values: String {
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

  /// The title of the publication's first headline.
  var headlineTitle: String? {
    notification.data["headlines"]?.elements?.first?["title"]?.text.map {
      SanitizedText.line($0, limit: Self.maximumHeadline)
    }
  }
}

extension NotificationType {
  /// Indicates whether the event is about a source rather than a series.
  fileprivate var isOfSource: Bool {
    switch self {
    case .sourceDown, .sourceRecovered, .sourceStale, .sourceLate, .sourceSuspect, .sourceVanished:
      true
    case .alertFiring, .alertResolved, .alertReminder, .alertCorrection, .storeRewound,
      .notifierDisabled, .digest, .testPing:
      false
    }
  }
}
