import FXCore
import GRDB

/// Reads open deliveries, never more of them than fit in memory.
struct OutboxQueries {
  let db: Database

  /// The number of rows read at once.
  private static let portion = 256

  private static let columns = """
    event_sequence, event.id AS id, notifier, lane, opened, attempts, due, urgency,
    coalesce(json_extract(coalesce(event.data, alert.data), '$.summary'), '') AS summary
    """

  private static let tables = """
    delivery CROSS JOIN event ON sequence = event_sequence LEFT JOIN alert ON alert.id = alert_id
    """

  /// Returns the number of open deliveries of each notifier that has any.
  func waiting() throws -> [String: Int] {
    let counts = try db.rows(
      """
      SELECT notifier, count(*) AS count FROM delivery WHERE state = 'open' GROUP BY notifier
      """
    ) { row in (try row.text("notifier"), try row.count("count")) }
    return Dictionary(counts) { first, _ in first }
  }

  /// Returns those of some events whose delivery by a notifier is open.
  func open(among sequences: [Int64], of notifier: String) throws -> Set<Int64> {
    var open: Set<Int64> = []
    for sequence in sequences {
      let state = try db.first(
        "SELECT state FROM delivery WHERE event_sequence = ?1 AND notifier = ?2", sequence, notifier
      ) { try $0.text("state") }
      if state == "open" { open.insert(sequence) }
    }
    return open
  }

  /// Returns the open deliveries of the notifiers with few of them, oldest event first.
  func few(of waiting: [String: Int]) throws -> [OutboxEntry] {
    let few = waiting.filter { $0.value <= DeliveryLimits.entriesWhileFailing }.keys
    return try few.flatMap { try all(of: $0) }
      .sorted { ($0.sequence, $0.notifier) < ($1.sequence, $1.notifier) }
  }

  /// Returns what a request asks for.
  func page(_ query: OutboxQuery) throws -> OutboxPage {
    let count =
      try db.first(
        "SELECT count(*) AS count FROM delivery WHERE state = 'open' AND notifier = ?",
        query.notifier
      ) { try $0.count("count") } ?? 0
    if count <= DeliveryLimits.entriesWhileFailing {
      return OutboxPage(count: count, entries: try all(of: query.notifier))
    }
    return try scan(query).page(count: count) { sequence in
      try db.first(
        """
        SELECT \(Self.columns) FROM \(Self.tables)
        WHERE event_sequence = ?1 AND notifier = ?2
        """, sequence, query.notifier, as: OutboxEntry.init)
    }
  }

  private func all(of notifier: String) throws -> [OutboxEntry] {
    try db.rows(
      """
      SELECT \(Self.columns) FROM \(Self.tables)
      WHERE state = 'open' AND notifier = ? ORDER BY event_sequence
      """, notifier, as: OutboxEntry.init)
  }

  private func scan(_ query: OutboxQuery) throws -> OutboxScan {
    var scan = OutboxScan(query)
    var last = Int64.min
    while !scan.isComplete {
      let rows = try db.rows(
        """
        SELECT event_sequence, lane, opened, due, urgency
        FROM delivery CROSS JOIN event ON sequence = event_sequence
        WHERE state = 'open' AND notifier = ?1 AND event_sequence > ?2
        ORDER BY event_sequence LIMIT \(Self.portion)
        """, query.notifier, last, as: OutboxScan.Row.init)
      guard let end = rows.last else { break }
      last = end.sequence
      for row in rows where !scan.isComplete { scan.add(row) }
    }
    return scan
  }
}
