package import FXCore

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

  /// An open delivery of an alert's event.
  private struct Waiting {
    let record: DeliveryRecord
    let alert: String
    let target: SilenceTarget

    var delivery: DeliveryKey {
      DeliveryKey(sequence: record.sequence, notifier: record.notifier)
    }
  }

  /// The open deliveries that `covers` matches at an instant.
  ///
  /// The resolution of an alert that a notifier may know is not among them: who was notified of an alert
  /// is notified of its end. Cost: linear in the open deliveries, each of which is read.
  init(
    in reader: any HistoryReading, at now: Timestamp,
    where covers: (SilenceTarget) -> Bool
  ) throws(StoreProblem) {
    let waiting = try Self.waiting(in: reader)
    let underWay = Self.underWay(of: waiting, at: now)
    for one in waiting where covers(one.target) {
      let sent = Sent(alert: one.alert, notifier: one.record.notifier)
      if one.record.type == .alertResolved, !neverSent.contains(sent) { continue }
      deliveries.append(one.delivery)
      guard one.record.type == .alertFiring, one.record.lastAttempt == nil,
        !underWay.contains(one.delivery)
      else { continue }
      neverSent.insert(sent)
      let others = try reader.deliveries(nil, ofEvent: one.record.eventID)
      if !unsentAlerts.contains(one.alert),
        others.allSatisfy({
          $0.state == .open && $0.lastAttempt == nil
            && !underWay.contains(DeliveryKey(sequence: $0.sequence, notifier: $0.notifier))
        })
      {
        unsentAlerts.append(one.alert)
      }
    }
  }

  /// Returns the open deliveries of alerts' events, in the order of events.
  private static func waiting(in reader: any HistoryReading) throws(StoreProblem) -> [Waiting] {
    var waiting: [Waiting] = []
    for record in try reader.deliveries(.open, ofEvent: nil).sorted(by: {
      $0.sequence < $1.sequence
    }) {
      guard types.contains(record.type), let event = try reader.notification(record.eventID),
        let alert = event["alert_id"], let key = AlertKey(of: event)
      else { continue }
      let target = SilenceTarget(key, severity: event.severity, data: event.data)
      waiting.append(Waiting(record: record, alert: alert, target: target))
    }
    return waiting
  }

  /// Returns the deliveries of which a running daemon may be making the first attempt: of each notifier
  /// as many as it makes at once, the most severe first; none of one that waits before it tries again.
  private static func underWay(of waiting: [Waiting], at now: Timestamp) -> Set<DeliveryKey> {
    var found: Set<DeliveryKey> = []
    for (_, ones) in Dictionary(grouping: waiting, by: \.record.notifier) {
      guard ones.allSatisfy({ $0.record.due <= now }) else { continue }
      let first = ones.sorted { one, other in
        one.target.severity == other.target.severity
          ? one.record.sequence < other.record.sequence
          : one.target.severity > other.target.severity
      }
      found.formUnion(first.prefix(DeliveryLimits.concurrency).map(\.delivery))
    }
    return found
  }

  private static let types: Set<NotificationType> = [
    .alertFiring, .alertResolved, .alertReminder, .alertCorrection,
  ]
}

extension ActiveAlert {
  /// The properties that silences match, as the config has its rule, or the alert's own where the rule is
  /// gone; nil where neither is known.
  package func target(under rule: Rule?) -> SilenceTarget? {
    if let rule { return SilenceTarget(rule, on: key.series) }
    return record.map { SilenceTarget(key, severity: $0.severity, data: $0.data.value) }
  }
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
