import FXCore

/// One walk over the tables that deletes what is too old, in parts: each is a transaction of the caller,
/// small enough to delay no commit for long.
///
/// A value: the caller keeps the changed one once the transaction is committed.
struct PruneRound {
  /// The part of the walk that comes next.
  private enum Stage {
    case events(from: Int64)
    case alerts(from: Int64)
    case headlines
    /// The rates of the sources from one on, of the first behind a publication.
    case figures(source: Int64, day: Int64, number: Int64)
    case complete
  }

  private var stage = Stage.events(from: .min)

  /// The first round.
  init() {}

  /// True if everything was examined.
  var isComplete: Bool { if case .complete = stage { true } else { false } }

  /// The statements of the next part; the first result has the end of the part, and the others count
  /// what they delete.
  func statements(_ retention: Retention, now: Timestamp) -> [PostgresStatement] {
    let part: [PostgresStatement]
    switch stage {
    case .events(let first): part = Self.events(from: first, retention.endOfDeliveries(at: now))
    case .alerts(let first): part = Self.alerts(from: first, retention.endOfAlerts(at: now))
    case .headlines: part = Self.headlines(before: now - retention.headlines)
    case .figures, .complete: part = []
    }
    return part + [Self.retentionTime(now)]
  }

  /// The source whose rates are next, and the place behind which they are; nil in another stage.
  var figures: (source: Int64, day: Int64, number: Int64)? {
    if case .figures(let source, let day, let number) = stage { (source, day, number) } else { nil }
  }

  /// Goes on after the results of a part; returns how many rows were changed.
  mutating func take(_ results: [PostgresRows]) throws -> Int {
    switch stage {
    case .events:
      let last = try results[0].first { try $0.optionalInteger("last") }.flatMap(\.self)
      stage = last.map { .events(from: $0 + 1) } ?? .alerts(from: .min)
      return results[1].changed
    case .alerts:
      let last = try results[0].first { try $0.optionalInteger("last") }.flatMap(\.self)
      stage = last.map { .alerts(from: $0 + 1) } ?? .headlines
      return results[1].changed
    case .headlines:
      if results[0].changed < PostgresLimits.eventsPerPrune {
        stage = .figures(source: .min, day: .min, number: .min)
      }
      return results[0].changed
    case .figures, .complete: return 0
    }
  }

  /// Goes on after a part of a source's rates.
  mutating func take(next: (source: Int64, day: Int64, number: Int64)?) {
    stage = next.map { .figures(source: $0.source, day: $0.day, number: $0.number) } ?? .complete
  }

  private static func events(from first: Int64, _ horizon: Timestamp) -> [PostgresStatement] {
    let part = """
      SELECT sequence FROM fxwatch.event WHERE sequence >= $1 ORDER BY sequence
      LIMIT \(PostgresLimits.eventsPerPrune)
      """
    return [
      PostgresStatement("SELECT max(sequence) AS last FROM (\(part)) part", .integer(first)),
      PostgresStatement(
        """
        DELETE FROM fxwatch.event
        WHERE sequence IN (\(part)) AND timestamp < $2
          AND sequence < (SELECT max(sequence) FROM fxwatch.event)
          AND NOT EXISTS (
            SELECT 1 FROM fxwatch.delivery
            WHERE event_sequence = event.sequence AND state = 'open')
          AND NOT EXISTS (SELECT 1 FROM fxwatch.held WHERE event_sequence = event.sequence)
          AND NOT EXISTS (
            SELECT 1 FROM fxwatch.delivery_attempt
            WHERE event_sequence = event.sequence AND at >= $2)
        """, .integer(first), .integer(horizon.stored)),
    ]
  }

  private static func alerts(from first: Int64, _ end: Timestamp) -> [PostgresStatement] {
    let part = """
      SELECT ordinal FROM fxwatch.alert WHERE ordinal >= $1 ORDER BY ordinal
      LIMIT \(PostgresLimits.eventsPerPrune)
      """
    return [
      PostgresStatement("SELECT max(ordinal) AS last FROM (\(part)) part", .integer(first)),
      PostgresStatement(
        """
        DELETE FROM fxwatch.alert
        WHERE ordinal IN (\(part)) AND fired_at < $2 AND (kind = 'event' OR resolved_at < $2)
          AND NOT EXISTS (
            SELECT 1 FROM fxwatch.alert_state
            WHERE alert_state.rule = alert.rule AND alert_state.series_id = alert.series_id
              AND alert_state.alert_id = alert.id)
          AND NOT EXISTS (SELECT 1 FROM fxwatch.event WHERE event.alert_id = alert.id)
        """, .integer(first), .integer(end.stored)),
    ]
  }

  private static func headlines(before end: Timestamp) -> [PostgresStatement] {
    [
      PostgresStatement(
        """
        UPDATE fxwatch.publication SET headlines = NULL, headlines_checksum = NULL WHERE (source_id, number) IN (
          SELECT source_id, number FROM fxwatch.publication
          WHERE headlines IS NOT NULL AND first_seen < $1 ORDER BY first_seen
          LIMIT \(PostgresLimits.eventsPerPrune))
        """, .integer(end.stored))
    ]
  }

  private static func retentionTime(_ now: Timestamp) -> PostgresStatement {
    PostgresStatement(
      """
      INSERT INTO fxwatch.meta (key, value) VALUES ('retention time', $1)
      ON CONFLICT (key) DO UPDATE SET value = excluded.value
      """, .text(String(now.stored)))
  }
}
