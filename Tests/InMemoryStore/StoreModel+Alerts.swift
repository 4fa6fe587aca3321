package import FXCore

/// Reads alerts and events.
extension StoreModel {
  /// Returns the alerts that are firing, or every one that ever fired, oldest first.
  package func alerts(all: Bool) -> [AlertRecord] {
    fired.map { alert in
      AlertRecord(
        id: alert.id, key: alert.key, kind: alert.kind, severity: alert.severity,
        firedAt: alert.firedAt, resolvedAt: resolved[alert.id] ?? alert.resolvedAt,
        data: alert.data)
    }
    .filter { all || ($0.kind == .state && $0.resolvedAt == nil) }
    .sorted { ($0.firedAt, $0.id) < ($1.firedAt, $1.id) }
  }

  /// Returns the `data` of the firings of alerts, by their identifiers.
  package func firings(of alerts: [String]) -> [String: JSONText] {
    let wanted = Set(alerts)
    return Dictionary(fired.filter { wanted.contains($0.id) }.map { ($0.id, $0.data) }) {
      first, _ in first
    }
  }

  /// Returns the progress of a rule's alerts.
  package func progress(ofRule name: String) -> [Series: AlertProgress] {
    let states = alerts.filter { $0.key.rule == name }
    return Dictionary(states.map { ($0.key.series, $0.value.progress) }) { first, _ in first }
  }

  /// The alerts that are pending or firing.
  package var activeAlerts: [ActiveAlert] {
    let firing = alerts(all: false)
    let heldAlerts = Set(held.compactMap { $0.notification["alert_id"] })
    return alerts.sorted { $0.key < $1.key }.compactMap { key, state in
      switch state.phase {
      case .inactive, .retired: return nil
      case .pending, .firing: break
      }
      let record = state.progress.firing.flatMap { current in
        firing.first { $0.id == current.alertID }
      }
      return ActiveAlert(
        key: key, state: state, record: record,
        isHeld: record.map { heldAlerts.contains($0.id) } ?? false,
        vanishedSince: disappearance(of: key.series)?.at)
    }
  }

  /// Returns the silences and acknowledgements current at an instant, or for nil all.
  package func suppressions(at now: Timestamp?) -> Suppressions {
    guard let now else { return suppressions }
    return Suppressions(
      silences: suppressions.silences.filter { $0.isActive(at: now) },
      acknowledgements: suppressions.acknowledgements.filter {
        $0.isActive(at: now) && resolved[$0.alertID] == nil
      })
  }

  /// Returns the identifier of the event with this number, and any other text as it is.
  package func identifier(ofEvent text: String) -> String {
    Int64(text).flatMap { event($0) }?.notification.id ?? text
  }

  /// Returns an event by its identifier.
  package func notification(_ id: String) -> Notification? {
    events.first { $0.notification.id == id }?.notification
  }

  /// Returns the notifications of events, by sequence.
  package func notifications(of sequences: [Int64]) -> [Int64: Notification] {
    var notifications: [Int64: Notification] = [:]
    for sequence in sequences { notifications[sequence] = event(sequence)?.notification }
    return notifications
  }

  /// Returns the events after a number, in order.
  func events(after sequence: Int64, limit: Int) -> [NumberedEvent] {
    events.filter { $0.sequence > sequence }.sorted { $0.sequence < $1.sequence }.prefix(limit).map
    {
      NumberedEvent(sequence: $0.sequence, notification: $0.notification)
    }
  }

  /// Returns the sequences of the events about an alert.
  package func events(ofAlert id: String) -> [Int64] {
    events.filter { $0.notification["alert_id"] == id }.map(\.sequence)
  }
}
