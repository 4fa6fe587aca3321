/// Builds the `data` of the digest at the end of quiet hours: the events that were held, and which
/// alerts still fire.
enum QuietDigest {
  /// Returns the data of a digest of events in their order; `stillFires` returns true for a firing
  /// alert.
  static func data(
    of events: [Notification], stillFires: (_ alertID: String) -> Bool
  ) -> JSONValue {
    var order: [String] = []
    var groups: [String: [Notification]] = [:]
    for event in events {
      let subject = event["alert_id"] ?? event.id
      if groups[subject] == nil { order.append(subject) }
      groups[subject, default: []].append(event)
    }
    let entries = order.compactMap { subject in
      groups[subject].flatMap { Entry($0, stillFires: stillFires) }
    }
    return DigestPayload(
      reason: .quietHours, summary: summary(entries), since: events.first?.timestamp,
      count: events.count, entries: entries.map(\.digestEntry)
    ).data
  }

  /// The events of one alert, or one event that belongs to none.
  private struct Entry {
    let first: Notification
    let last: Notification
    let severity: Severity

    /// Nil for events of event rules and events about sources.
    let stillHolds: Bool?

    init?(_ events: [Notification], stillFires: (String) -> Bool) {
      guard let first = events.first, let last = events.last else { return nil }
      self.first = first
      self.last = last
      severity = events.map(\.severity).max() ?? .notice
      stillHolds =
        first["kind"] == AlertRecord.Kind.state.rawValue
        ? first["alert_id"].map(stillFires) : nil
    }

    var digestEntry: DigestPayload.Entry {
      DigestPayload.Entry(
        id: last.id, timestamp: first.timestamp, subject: subject, severity: severity,
        summary: last["summary"] ?? "", event: last, stillHolds: stillHolds)
    }

    /// The series, source or notifier that the events are about, as in their ordering key.
    private var subject: String {
      if let pair = last["pair"] {
        let side = last["side"].flatMap { $0 == "mid" ? nil : $0 }
        return [last["source"], pair, side].compactMap(\.self).joined(separator: " ")
      }
      if let source = last["source"] { return "source \(source)" }
      return last["notifier"].map { "notifier \($0)" } ?? last.type.rawValue
    }
  }

  /// Such as `in quiet hours 2 alerts fired, 1 still holds; first: KGS/USD at timesca: …`.
  private static func summary(_ entries: [Entry]) -> String {
    let alerts = entries.filter { $0.first["alert_id"] != nil }
    let fired = alerts.count { $0.first.type == .alertFiring }
    let holding = alerts.count { $0.stillHolds == true }
    let others = entries.count - fired
    var parts = ["in quiet hours \(fired) alert\(fired == 1 ? "" : "s") fired"]
    parts.append("\(holding) still hold\(holding == 1 ? "s" : "")")
    if others > 0 { parts.append("\(others) more event\(others == 1 ? "" : "s")") }
    let text = parts.joined(separator: ", ")
    return entries.first.flatMap { $0.last["summary"] }.map { "\(text); first: \($0)" } ?? text
  }
}
