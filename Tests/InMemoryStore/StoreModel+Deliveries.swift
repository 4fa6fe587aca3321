package import FXCore

/// Reads, replays and prunes deliveries.
extension StoreModel {
  /// Returns the deliveries in a state, or in any, of one event, or of all.
  package func deliveries(_ state: DeliveryState?, ofEvent id: String?) -> [DeliveryRecord] {
    deliveries.sorted { $0.key < $1.key }.compactMap { key, delivery in
      guard let event = event(key.sequence), state.map({ $0 == delivery.state }) ?? true,
        id.map({ $0 == event.notification.id }) ?? true
      else { return nil }
      return DeliveryRecord(
        sequence: key.sequence, eventID: event.notification.id, type: event.notification.type,
        notifier: key.notifier, orderingKey: event.orderingKey,
        created: event.notification.timestamp,
        state: delivery.state, attempts: delivery.attempts, due: delivery.due,
        lastAttempt: delivery.ledger.last)
    }
  }

  /// Returns every attempt to deliver an event to a notifier.
  package func attempts(ofEvent sequence: Int64, to notifier: String) -> [DeliveryAttempt] {
    deliveries[DeliveryKey(sequence: sequence, notifier: notifier)]?.ledger ?? []
  }

  /// Opens failed deliveries again: all or nothing.
  package mutating func replay(
    _ selection: DeadLetterSelection, now: Timestamp
  ) throws(StoreProblem) -> [DeliveryRecord] {
    var opened: Set<DeliveryKey> = []
    var changed = self
    for range in selection.events {
      let keys = changed.deadLetters(of: range, to: selection.notifier)
      guard !keys.isEmpty else { throw .noDeadLetter(of: range, to: selection.notifier) }
      for key in keys {
        changed.deliveries[key]?.state = .open
        changed.deliveries[key]?.attempts = 0
        changed.deliveries[key]?.due = now
        changed.deliveries[key]?.opened = now
        changed.disabled[key.notifier] = nil
        changed.failing[key.notifier] = nil
      }
      opened.formUnion(keys)
    }
    self = changed
    return deliveries(.open, ofEvent: nil).filter {
      opened.contains(DeliveryKey(sequence: $0.sequence, notifier: $0.notifier))
    }
  }

  private func deadLetters(
    of range: DeadLetterSelection.EventRange, to notifier: String?
  ) -> [DeliveryKey] {
    guard let first = events.first(where: { $0.notification.id == range.first })?.sequence,
      let last = events.first(where: { $0.notification.id == range.last })?.sequence
    else { return [] }
    return deliveries.filter { key, delivery in
      delivery.state == .dead && first <= key.sequence && key.sequence <= last
        && (notifier.map { $0 == key.notifier } ?? true)
    }.map(\.key)
  }

  /// Makes open deliveries dead letters; returns those that were open.
  mutating func abandon(
    _ keys: [DeliveryKey], because reason: String, now: Timestamp
  ) -> [DeliveryKey] {
    let open = keys.filter { deliveries[$0]?.state == .open }
    for key in open {
      guard let delivery = deliveries[key] else { continue }
      deliveries[key]?.state = .dead
      deliveries[key]?.ledger.append(
        DeliveryAttempt(number: delivery.attempts, at: now, result: .dead, detail: reason))
    }
    return open
  }

  /// Has alerts that fire count as never notified.
  mutating func forgetNotification(ofAlerts ids: [String]) {
    for (key, state) in alerts {
      guard let firing = state.progress.firing, ids.contains(firing.alertID) else { continue }
      var progress = state.progress
      progress.lastNotified = nil
      alerts[key] = AlertState(progress, ruleFingerprint: state.ruleFingerprint)
    }
  }

  /// The number of open deliveries of each notifier that has any.
  package var waiting: [String: Int] {
    Dictionary(grouping: open, by: \.notifier).mapValues(\.count)
  }

  /// Deletes old events with their deliveries, and old alerts; returns how many.
  package mutating func prune(_ retention: Retention, now: Timestamp) -> Int {
    let horizon = retention.endOfDeliveries(at: now)
    let kept = Set(
      deliveries.filter { _, delivery in
        delivery.state == .open || delivery.ledger.contains { $0.at >= horizon }
      }.map(\.key.sequence)
    ).union(heldKeys.map(\.sequence))
    retentionTime = now
    let newest = events.last?.sequence
    let deleted = Set(
      events.filter { event in
        event.notification.timestamp < horizon && event.sequence != newest
          && !kept.contains(event.sequence)
      }.map(\.sequence))
    events.removeAll { deleted.contains($0.sequence) }
    eventIDs = Set(events.map(\.notification.id))
    deliveries = deliveries.filter { !deleted.contains($0.key.sequence) }
    heldKeys = heldKeys.filter { !deleted.contains($0.sequence) }
    return deleted.count + pruneAlerts(before: retention.endOfAlerts(at: now))
      + pruneFigures(retention, now: now)
  }

  /// Deletes the rates that later ones replaced before an instant and on which no rule looks back, but no
  /// publications; returns how many.
  private mutating func pruneFigures(_ retention: Retention, now: Timestamp) -> Int {
    guard let end = retention.endOfFigures(at: now) else { return 0 }
    return rows.keys.reduce(0) { deleted, series in
      var count = retention.reach.count(
        of: series.source, upTo: publications[series.source]?.last?.number ?? 0)
      let kept = (rows[series] ?? []).last { row in
        guard row.suspicion == nil else { return false }
        guard let point = row.point else {
          count.addAbsence(from: row.publication)
          return false
        }
        count.add(point)
        let day = point.valueDate ?? point.firstSeen.day
        return count.coversLookback && day < end.day
          && (row.publication < 1 || point.firstSeen < end)
      }
      let old = rows[series]?.firstIndex { $0.publication == kept?.publication } ?? 0
      rows[series]?.removeFirst(old)
      return deleted + old
    }
  }

  /// Deletes alerts that ended before an instant, without those whose evidence is the data of an event;
  /// returns how many.
  private mutating func pruneAlerts(before end: Timestamp) -> Int {
    let evidence = Set(events.map(\.notification.text))
    let current = Set(alerts.values.compactMap(\.progress.firing?.alertID))
    let old = fired.filter { alert in
      let ended = alert.kind == .event ? alert.firedAt : resolved[alert.id]
      return alert.firedAt < end && ended.map { $0 < end } ?? false && !current.contains(alert.id)
        && !evidence.contains(alert.data)
    }.map(\.id)
    fired.removeAll { old.contains($0.id) }
    return old.count
  }
}
