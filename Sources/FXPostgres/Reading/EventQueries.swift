import FXCore

/// Reads events and their deliveries.
struct EventQueries {
  private let session: PostgresSession

  /// The queries of a session.
  init(_ session: PostgresSession) { self.session = session }

  /// Returns the identifier of the event with this number, and any other text as it is.
  func identifier(ofEvent text: String) throws -> String {
    guard let sequence = Int64(text) else { return text }
    return try session.read(
      PostgresStatement("SELECT id FROM fxwatch.event WHERE sequence = $1", .integer(sequence))
    ).first { try $0.text("id") } ?? text
  }

  /// Returns the identifiers of a table that begin with a text, `limit` at most.
  func identifiers(
    in table: String, beginningWith text: String, limit: Int
  ) throws -> [String] {
    try session.read(
      PostgresStatement(
        "SELECT id FROM fxwatch.\(table) WHERE id >= $1 AND id < $2 ORDER BY id LIMIT $3",
        .text(text), .text(text + "\u{10FFFF}"), .integer(Int64(limit)))
    ).map { try $0.text("id") }
  }

  /// Returns an event by its identifier; nil if it is not stored.
  func notification(_ id: String) throws -> Notification? {
    try session.read(
      PostgresStatement(
        "SELECT \(Notification.columns) FROM fxwatch.reported WHERE id = $1", .text(id))
    ).first(Notification.init(parsing:))
  }

  /// Returns the sequences of the events about an alert, in order.
  ///
  /// The server finds the texts with the identifier, and those with it as their alert remain.
  func events(ofAlert id: String) throws -> [Int64] {
    try session.read(
      PostgresStatement(
        """
        SELECT \(Notification.columns) FROM fxwatch.reported
        WHERE strpos(data, $1) > 0 ORDER BY sequence
        """, .text(id))
    ).map { (try $0.integer("sequence"), try Notification($0)["alert_id"]) }
      .filter { $0.1 == id }.map(\.0)
  }

  /// Returns the events after a number, in order, without those whose data is not kept.
  func events(after sequence: Int64, limit: Int) throws -> [NumberedEvent] {
    try session.read(
      PostgresStatement(
        """
        SELECT \(Notification.columns) FROM fxwatch.reported
        WHERE sequence > $1 AND data IS NOT NULL ORDER BY sequence LIMIT $2
        """, .integer(sequence), .integer(Int64(limit)))
    ).map {
      NumberedEvent(sequence: try $0.integer("sequence"), notification: try Notification($0))
    }
  }

  /// Returns the number of the newest event; 0 before the first.
  func latestEvent() throws -> Int64 {
    try session.read(
      PostgresStatement("SELECT coalesce(max(sequence), 0) AS latest FROM fxwatch.event")
    ).first { try $0.integer("latest") } ?? 0
  }

  /// Returns a digest of the lease, in which everything is counted that changes what is read: neither a
  /// renewal nor a transaction in another database of the server does.
  func commitMark() throws -> Int64 {
    try session.read(
      PostgresStatement(
        """
        SELECT hashtextextended(concat_ws(' ', nonce, commits - renewals, commands), 0) / 4096 AS mark
        FROM fxwatch.lease WHERE cell = 0
        """)
    ).first { try $0.integer("mark") } ?? 0
  }

  /// Selects the deliveries in a state, or in any, of one event, or of all: by event, then by notifier.
  static func deliveries(_ state: DeliveryState?, ofEvent id: String?) -> PostgresStatement {
    PostgresStatement(
      """
      SELECT d.event_sequence, id, type, d.notifier, lane, timestamp, state, attempts, due, number,
        at, result, detail
      FROM fxwatch.delivery d JOIN fxwatch.event ON sequence = d.event_sequence
      LEFT JOIN fxwatch.delivery_attempt a ON a.event_sequence = d.event_sequence
        AND a.notifier = d.notifier AND a.line = d.lines
      WHERE (state = $1 OR $1 IS NULL) AND (id = $2 OR $2 IS NULL)
      ORDER BY d.event_sequence, d.notifier
      """, .text(state?.rawValue), .text(id))
  }

  /// Selects the notifications of events.
  static func notifications(of sequences: [Int64]) -> PostgresStatement {
    PostgresStatement(
      "SELECT \(Notification.columns) FROM fxwatch.reported WHERE sequence = ANY ($1)",
      .integers(sequences))
  }
}
