import FXCore
import GRDB

/// Reads events, with the data stored in the alert they report.
struct EventQueries {
  let db: Database

  /// Returns the sequence of the newest event; 0 if there is none.
  func latest() throws -> Int64 {
    try db.first("SELECT coalesce(max(sequence), 0) AS latest FROM event") {
      try $0.integer("latest")
    } ?? 0
  }

  /// Returns the time of an event; nil if it is not stored.
  func timestamp(of sequence: Int64) throws -> Timestamp? {
    try db.first("SELECT timestamp FROM event WHERE sequence = ?", sequence) {
      try $0.instant("timestamp")
    }
  }

  /// Returns the identifier of the event with this number, and any other text as it is.
  func identifier(ofEvent text: String) throws -> String {
    guard let sequence = Int64(text) else { return text }
    return try db.first("SELECT id FROM event WHERE sequence = ?", sequence) {
      try $0.text("id")
    } ?? text
  }

  /// Returns the identifiers of a table that begin with a text, `limit` at most.
  func identifiers(
    in table: String, beginningWith text: String, limit: Int
  ) throws -> [String] {
    try db.rows(
      "SELECT id FROM \(table) WHERE id >= ? AND id < ? ORDER BY id LIMIT ?", text,
      text + "\u{10FFFF}", limit
    ) { try $0.text("id") }
  }

  /// Returns an event by its identifier; nil if it is not stored.
  func notification(_ id: String) throws -> Notification? {
    try db.first("SELECT \(Notification.columns) FROM told WHERE id = ?", id) { row in
      try Notification(parsing: row)
    }
  }

  /// Returns the notifications of events, by sequence, without those not stored.
  func notifications(of sequences: [Int64]) throws -> [Int64: Notification] {
    let query = try db.prepared("SELECT \(Notification.columns) FROM told WHERE sequence = ?")
    var notifications: [Int64: Notification] = [:]
    for sequence in sequences {
      notifications[sequence] = try query.first(sequence) { try Notification($0) }
    }
    return notifications
  }

  /// Returns the events after a number, in order, without those whose data is not kept.
  func events(after sequence: Int64, limit: Int) throws -> [NumberedEvent] {
    try db.rows(
      """
      SELECT \(Notification.columns) FROM told WHERE sequence > ? AND data IS NOT NULL
      ORDER BY sequence LIMIT ?
      """, sequence, limit
    ) { row in
      NumberedEvent(
        sequence: try row.integer("sequence"), notification: try Notification(row))
    }
  }

  /// Returns the sequences of the events about an alert, in order.
  func events(ofAlert id: String) throws -> [Int64] {
    try db.rows(
      "SELECT sequence FROM told WHERE json_extract(data, '$.alert_id') = ? ORDER BY sequence", id
    ) { try $0.integer("sequence") }
  }

  /// Returns the events held until quiet hours end, oldest first.
  func held() throws -> [HeldEvent] {
    try db.rows(
      """
      SELECT notifier, \(Notification.columns)
      FROM held CROSS JOIN told ON sequence = event_sequence
      ORDER BY event_sequence, notifier
      """
    ) { row in
      HeldEvent(
        key: .init(sequence: try row.integer("sequence"), notifier: try row.text("notifier")),
        notification: try Notification(parsing: row))
    }
  }
}
