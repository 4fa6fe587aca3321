import FXCore
import GRDB

/// Deletes what need not be kept any longer, within a transaction of the caller.
struct PruneWriter {
  let db: Database

  /// Returns the last event of a part of the events from a sequence on; nil if there is none.
  func lastEvent(ofPartFrom first: Int64) throws -> Int64? {
    try db.first(
      """
      SELECT max(sequence) AS last FROM (
        SELECT sequence FROM event WHERE sequence >= ? ORDER BY sequence
        LIMIT \(StoreLimits.eventsPerPrune))
      """, first
    ) { try $0.optionalInteger("last") }.flatMap(\.self)
  }

  /// Deletes events with their deliveries that happened and were last sent before an instant; returns
  /// how many.
  ///
  /// The newest event is kept, and those that are held or have an open delivery.
  func deleteEvents(_ events: ClosedRange<Int64>, before horizon: Timestamp) throws -> Int {
    try db.run(
      """
      DELETE FROM event
      WHERE sequence BETWEEN ?1 AND ?2 AND timestamp < ?3
        AND sequence < (SELECT max(sequence) FROM event)
        AND NOT EXISTS (
          SELECT 1 FROM delivery WHERE event_sequence = event.sequence AND state = 'open')
        AND NOT EXISTS (SELECT 1 FROM held WHERE event_sequence = event.sequence)
        AND NOT EXISTS (
          SELECT 1 FROM delivery_attempt WHERE event_sequence = event.sequence AND at >= ?3)
      """, events.lowerBound, events.upperBound, horizon)
    return db.changesCount
  }

  /// Returns the alerts whose evidence is also the data of one of these events.
  func alerts(of events: ClosedRange<Int64>) throws -> [String] {
    try db.rows(
      "SELECT alert_id FROM event WHERE sequence BETWEEN ? AND ? AND alert_id IS NOT NULL",
      events.lowerBound, events.upperBound
    ) { try $0.text("alert_id") }
  }

  // MARK: Alerts

  /// Returns the last row of a part of the alerts from a row on; nil if there is none.
  func lastAlert(ofPartFrom first: Int64) throws -> Int64? {
    try db.first(
      """
      SELECT max(row) AS last FROM (
        SELECT rowid AS row FROM alert WHERE rowid >= ? ORDER BY rowid
        LIMIT \(StoreLimits.eventsPerPrune))
      """, first
    ) { try $0.optionalInteger("last") }.flatMap(\.self)
  }

  /// Deletes alerts that ended before an instant; returns how many.
  func deleteAlerts(
    _ rows: ClosedRange<Int64>, before end: Timestamp, except kept: Set<String>
  ) throws -> Int {
    let old = try db.rows(
      """
      SELECT id FROM alert
      WHERE rowid BETWEEN ?1 AND ?2 AND fired_at < ?3 AND (kind = 'event' OR resolved_at < ?3)
        AND NOT EXISTS (
          SELECT 1 FROM alert_state
          WHERE alert_state.rule = alert.rule AND alert_state.series_id = alert.series_id
            AND alert_state.alert_id = alert.id)
      """, rows.lowerBound, rows.upperBound, end
    ) { try $0.text("id") }.filter { !kept.contains($0) }
    for id in old { try db.run("DELETE FROM alert WHERE id = ?", id) }
    return old.count
  }

  // MARK: Headlines

  /// The identifiers of the sources.
  func sources() throws -> [Int64] {
    try db.rows("SELECT id FROM source ORDER BY id") { try $0.integer("id") }
  }

  /// Deletes the headlines of a part of a source's publications; returns how many had any, and the
  /// instant from which the next part is, nil if there is none.
  func deleteHeadlines(
    of source: Int64, _ span: Range<Timestamp>
  ) throws -> (deleted: Int, next: Timestamp?) {
    let last = try db.first(
      """
      SELECT first_seen FROM publication
      WHERE source_id = ? AND first_seen >= ? AND first_seen < ?
      ORDER BY first_seen LIMIT 1 OFFSET \(StoreLimits.eventsPerPrune)
      """, source, span.lowerBound, span.upperBound
    ) { try $0.instant("first_seen") }
    let next = last.map { $0 + .milliseconds(1) }
    let rows = try db.rows(
      """
      SELECT number, headlines, checksum FROM publication
      WHERE source_id = ? AND first_seen >= ? AND first_seen < ? AND headlines IS NOT NULL
      """, source, span.lowerBound, next ?? span.upperBound
    ) { row in
      (
        number: try row.integer("number"), headlines: try row.headlines(),
        checksum: try row.checksum("checksum")
      )
    }
    for row in rows {
      try db.run(
        "UPDATE publication SET headlines = NULL, checksum = ?3 WHERE source_id = ?1 AND number = ?2",
        source, row.number, row.checksum.map { ($0 - row.headlines.checksum).whole })
    }
    return (rows.count, next)
  }

  // MARK: Space

  /// Gives some free pages of the file back to the system; returns false where few are free.
  ///
  /// A tenth stays free: it is used again soon.
  func releaseSpace() throws -> Bool {
    func number(_ pragma: String) throws -> Int64 {
      try Int64.fetchOne(db, sql: "PRAGMA \(pragma)") ?? 0
    }
    let free = try number("freelist_count")
    guard try free > max(Int64(StoreLimits.pagesPerRelease), number("page_count") / 10) else {
      return false
    }
    try db.execute(sql: "PRAGMA incremental_vacuum(\(StoreLimits.pagesPerRelease))")
    return try number("freelist_count") < free
  }

  // MARK: Retention time

  /// Returns the time of the latest prune; nil before the first.
  func retentionTime() throws -> Timestamp? {
    try db.first("SELECT key, value FROM meta WHERE key = 'retention time'") { row in
      guard let time = Int64(try row.text("value")), StoredRange.instants.contains(time) else {
        throw UnreadableValue("value")
      }
      return Timestamp(milliseconds: time)
    }
  }

  /// Stores the time of a prune.
  func writeRetentionTime(_ time: Timestamp) throws {
    try db.run(
      """
      INSERT INTO meta (key, value) VALUES ('retention time', ?)
      ON CONFLICT DO UPDATE SET value = excluded.value WHERE value <> excluded.value
      """, String(time.stored))
  }
}
