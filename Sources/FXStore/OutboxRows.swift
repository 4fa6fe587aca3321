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
      let text = notification.text
      if let next = fired.first, next.data == text {
        alert = next.id
        fired = fired.dropFirst()
      }
      try insertion.run(
        event.sequence, notification.id, notification.type.rawValue, instant, event.lane,
        alert, alert == nil ? text : nil)
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
    // A parameter that is compared with what `delivery_open` is limited to would have SQLite plan
    // the statement anew for each value.
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
      INSERT INTO delivery_attempt SELECT ?1, ?2, lines, ?3, ?4, ?5, ?6
      FROM delivery WHERE event_sequence = ?1 AND notifier = ?2
      """)
    for settlement in settlements {
      let (sequence, notifier) = (settlement.sequence, settlement.notifier)
      let result: String
      switch settlement.result {
      case .delivered, .dead:
        result = settlement.result == .dead ? "dead" : "delivered"
        try ending.run(sequence, notifier, settlement.attempts, result)
      case .postponed(let due):
        result = "postponed"
        try postponing.run(sequence, notifier, settlement.attempts, due.milliseconds)
      }
      guard db.changesCount > 0 else { continue }
      try insertion.run(
        sequence, notifier, settlement.at.milliseconds, settlement.attempts, result,
        settlement.detail)
    }
  }
}
