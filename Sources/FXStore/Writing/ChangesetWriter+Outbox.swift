import FXCore
import GRDB

/// Writes the outbox: events, their deliveries, and the attempts to deliver them.
extension ChangesetWriter {
  /// Stores events, each with its open deliveries.
  ///
  /// The data of an event that reports an alert's firing is not stored again: it is that of the
  /// alert. Alerts in `fired` are reported in their order.
  func write(_ events: [OutboxEvent], of fired: [AlertRecord]) throws {
    guard !events.isEmpty else { return }
    var fired = fired[...]
    let insertion = try db.prepared(
      """
      INSERT INTO event (sequence, id, type, timestamp, lane, alert_id, data, checksum, urgency)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
      """)
    let opening = try db.prepared(
      """
      INSERT INTO delivery (event_sequence, notifier, attempts, due, opened, state, lines)
      VALUES (?1, ?2, 0, ?3, ?3, 'open', 0) ON CONFLICT DO NOTHING
      """)
    for event in events {
      let notification = event.notification
      var alert: String?
      let text = notification.text
      if let next = fired.first, next.data == text {
        alert = next.id
        fired = fired.dropFirst()
      }
      let data = alert == nil ? text.bytes : nil
      let checksum = Checksum(
        event: event.sequence, notification.id, notification.type.rawValue, notification.timestamp,
        lane: event.orderingKey, data)
      try insertion.run(
        event.sequence, notification.id, notification.type.rawValue, notification.timestamp,
        event.orderingKey, alert, data.map { JSONText(bytes: $0) }, checksum.whole,
        event.severity.rawValue)
      if db.changesCount == 0 {
        let id = try db.first("SELECT id FROM event WHERE sequence = ?", event.sequence) {
          try $0.text("id")
        }
        // Without a row of that number the event is stored under another one: it was told already.
        guard let id else { continue }
        guard id == notification.id else { throw DuplicateNumber(of: "event \(event.sequence)") }
      }
      for notifier in event.recipients {
        try opening.run(event.sequence, notifier, notification.timestamp)
      }
    }
  }

  /// Makes open deliveries dead letters, each with one more line in its ledger.
  func abandon(_ deliveries: AbandonedDeliveries) throws {
    let selection = """
      state = 'open' AND notifier = ?1 AND (?2 IS NULL OR opened <= ?2 AND NOT EXISTS (
        SELECT 1 FROM event
        WHERE sequence = event_sequence AND lane LIKE '\(OutboxEntry.digestKey)%'))
      """
    try db.run(
      """
      INSERT INTO delivery_attempt (event_sequence, notifier, line, at, number, result, detail)
      SELECT event_sequence, notifier, lines + 1, ?3, attempts, 'dead', ?4
      FROM delivery WHERE \(selection)
      """, deliveries.notifier, deliveries.openedUntil, deliveries.at, deliveries.detail)
    try db.run(
      "UPDATE delivery SET state = 'dead', lines = lines + 1 WHERE \(selection)",
      deliveries.notifier, deliveries.openedUntil)
  }

  /// Moves the times of open deliveries by a step of the wall clock, once.
  func move(by step: ClockStep) throws {
    try db.run(
      """
      UPDATE delivery SET opened = opened + ?2, due = due + ?2
      WHERE state = 'open' AND NOT EXISTS (
        SELECT 1 FROM meta WHERE key = 'clock step' AND value = CAST(?1 AS TEXT))
      """, step.at, step.by.milliseconds)
    try db.run(
      """
      INSERT INTO meta (key, value) VALUES ('clock step', CAST(? AS TEXT))
      ON CONFLICT DO UPDATE SET value = excluded.value
      """, step.at)
  }

  /// Stores the results of delivery attempts.
  ///
  /// Each is one more line in the ledger of its delivery. Lines are counted, because after a clock was
  /// set back a later attempt has an earlier time. A result that is already stored, or of a delivery
  /// that has ended, changes nothing.
  func write(_ results: [DeliveryResult]) throws {
    guard !results.isEmpty else { return }
    // With a parameter that is compared with the condition of the index `delivery_waiting`, SQLite would
    // plan the statement anew for each value.
    let ending = try db.prepared(
      """
      UPDATE delivery SET attempts = ?3, state = ?4, lines = lines + 1
      WHERE event_sequence = ?1 AND notifier = ?2 AND state = 'open'
      """)
    let postponing = try db.prepared(
      """
      UPDATE delivery SET attempts = ?3, due = ?4, lines = lines + 1
      WHERE event_sequence = ?1 AND notifier = ?2 AND state = 'open' AND attempts < ?3
      """)
    let insertion = try db.prepared(
      """
      INSERT INTO delivery_attempt (event_sequence, notifier, line, at, number, result, detail)
      SELECT ?1, ?2, lines, ?3, ?4, ?5, ?6
      FROM delivery WHERE event_sequence = ?1 AND notifier = ?2
      """)
    for attempt in results {
      let (sequence, notifier) = (attempt.sequence, attempt.notifier)
      let result: DeliveryAttempt.Result
      switch attempt.state {
      case .delivered, .dead:
        result = attempt.state == .dead ? .dead : .delivered
        try ending.run(sequence, notifier, attempt.attempts, result.rawValue)
      case .postponed(let due):
        result = .postponed
        try postponing.run(sequence, notifier, attempt.attempts, due)
      case .limited(let due):
        result = .postponed
        try limit(sequence, notifier, until: due)
      }
      guard db.changesCount > 0 else { continue }
      try insertion.run(
        sequence, notifier, attempt.at, attempt.number, result.rawValue, attempt.detail)
    }
  }

  /// Postpones a delivery without counting an attempt; a time that is not later is already stored.
  private func limit(_ sequence: Int64, _ notifier: String, until due: Timestamp) throws {
    try db.run(
      """
      UPDATE delivery SET due = ?3, lines = lines + 1
      WHERE event_sequence = ?1 AND notifier = ?2 AND state = 'open' AND due < ?3
      """, sequence, notifier, due)
  }
}
