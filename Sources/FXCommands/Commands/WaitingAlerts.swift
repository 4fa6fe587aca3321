import FXCore

/// The open deliveries of alerts that match some matchers: what a silence covers, and what is dropped.
struct WaitingAlerts {
  /// The deliveries, in the order of events.
  private(set) var deliveries: [DeliveryKey] = []

  /// The alerts of which no notifier has been notified and none will be.
  private(set) var unsentAlerts: [String] = []

  /// The alerts whose firing is among the deliveries, by notifier, and was not attempted.
  private var neverSent: Set<Sent> = []

  /// An alert and a notifier.
  private struct Sent: Hashable {
    let alert: String
    let notifier: String
  }

  /// The open deliveries that `covers` matches.
  ///
  /// The resolution of an alert that a notifier may know is not among them: who was notified of an alert
  /// is notified of its end. Cost: linear in the open deliveries, each of which is read.
  init(
    in reader: any HistoryReading, where covers: (AlertKey, Severity) -> Bool
  ) throws(StoreProblem) {
    for record in try reader.deliveries(.open, ofEvent: nil).sorted(by: {
      $0.sequence < $1.sequence
    }) {
      guard Self.types.contains(record.type),
        let event = try reader.notification(record.eventID), let alert = event["alert_id"],
        let key = AlertKey(of: event), covers(key, event.severity)
      else { continue }
      let sent = Sent(alert: alert, notifier: record.notifier)
      if record.type == .alertResolved, !neverSent.contains(sent) { continue }
      deliveries.append(DeliveryKey(sequence: record.sequence, notifier: record.notifier))
      guard record.type == .alertFiring, record.lastAttempt == nil else { continue }
      neverSent.insert(sent)
      let others = try reader.deliveries(nil, ofEvent: record.eventID)
      if !unsentAlerts.contains(alert),
        others.allSatisfy({ $0.state == .open && $0.lastAttempt == nil })
      {
        unsentAlerts.append(alert)
      }
    }
  }

  private static let types: Set<NotificationType> = [
    .alertFiring, .alertResolved, .alertReminder, .alertCorrection,
  ]
}

extension AlertKey {
  /// The alert that an event is about; nil for other events.
  init?(of event: Notification) {
    guard let rule = event["rule"], let source = event["source"],
      let pair = event["pair"].flatMap({ CurrencyPair($0) }),
      let side = event["side"].flatMap({ Side(rawValue: $0) })
    else { return nil }
    self.init(rule: rule, series: Series(source: SourceName(source), pair: pair, side: side))
  }
}
