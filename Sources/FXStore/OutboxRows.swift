import FXCore
import GRDB

/// The outbox: events, who is to be told of them, and how that went.
extension ChangesetWriter {
  /// Stores events, each with its open deliveries, and with what it says unless that is what is
  /// stored with the alert it tells of: alerts that fired are told in their order.
  func write(_ events: [OutboxEvent], of fired: [AlertRecord]) throws {
    guard !events.isEmpty else { return }
    var fired = fired[...]
    let insertion = try db.prepared(
      "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
    let opening = try db.prepared(
      "INSERT INTO delivery VALUES (?1, ?2, 0, ?3, ?3, 'open', 0) ON CONFLICT DO NOTHING")
    for event in events {
      let notification = event.notification
      let instant = notification.timestamp.milliseconds
      var alert: String?
      if let next = fired.first, next.id == notification["alert_id"],
        next.data == notification.data
      {
        alert = next.id
        fired = fired.dropFirst()
      }
      try insertion.run(
        event.sequence, notification.id, notification.type.rawValue, instant, event.lane,
        alert, alert == nil ? notification.data.description : nil)
      if db.changesCount == 0 {
        let same = try db.rows(
          "SELECT 1 FROM event WHERE sequence = ? AND id = ?", event.sequence, notification.id
        ) { try $0.integer(0) }
        if same.isEmpty { throw TakenNumber(what: "event \(event.sequence)") }
      }
      for notifier in event.recipients { try opening.run(event.sequence, notifier, instant) }
    }
  }

  /// Stores how attempts to deliver ended.
  ///
  /// Each is one more line in the ledger of its delivery: lines are counted, because a clock that is
  /// set back would put a later attempt before an earlier one. An end that is written already, or
  /// of a delivery that is over, changes nothing.
  func write(_ settlements: [Settlement]) throws {
    guard !settlements.isEmpty else { return }
    let settling = try db.prepared(
      """
      UPDATE delivery SET attempts = ?3, due = coalesce(?4, due), state = ?5, lines = lines + 1
      WHERE event_sequence = ?1 AND notifier = ?2 AND state = 'open'
        AND (attempts < ?3 OR ?5 <> 'open')
      """)
    let insertion = try db.prepared(
      """
      INSERT INTO delivery_attempt SELECT ?1, ?2, lines, ?3, ?4, ?5, ?6
      FROM delivery WHERE event_sequence = ?1 AND notifier = ?2
      """)
    for settlement in settlements {
      let state: DeliveryState
      let result: String
      var due: Timestamp?
      switch settlement.result {
      case .delivered: (state, result) = (.delivered, "delivered")
      case .postponed(let later): (state, result, due) = (.open, "postponed", later)
      case .dead: (state, result) = (.dead, "dead")
      }
      try settling.run(
        settlement.sequence, settlement.notifier, settlement.attempts, due?.milliseconds,
        state.rawValue)
      guard db.changesCount > 0 else { continue }
      try insertion.run(
        settlement.sequence, settlement.notifier, settlement.at.milliseconds, settlement.attempts,
        result, settlement.detail)
    }
  }
}
