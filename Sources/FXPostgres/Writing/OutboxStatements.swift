import FXCore

/// The statements that write the outbox: events, their deliveries, and the attempts to deliver them.
enum OutboxStatements {
  /// Stores events, each with its open deliveries.
  ///
  /// The data of an event that reports an alert's firing is not stored again: it is that of the
  /// alert. Alerts in `fired` are reported in their order.
  static func events(
    _ events: [OutboxEvent], of fired: [AlertRecord]
  ) -> [PostgresStatement] {
    guard !events.isEmpty else { return [] }
    var fired = fired[...]
    var data: [[UInt8]?] = []
    var alerts: [String?] = []
    for event in events {
      let text = event.notification.text
      if let next = fired.first, next.data == text {
        alerts.append(next.id)
        data.append(nil)
        fired = fired.dropFirst()
      } else {
        alerts.append(nil)
        data.append(text.bytes)
      }
    }
    var rows = PostgresRowsToWrite()
    rows.add("sequence", events.map(\.sequence))
    rows.add("id", events.map(\.notification.id))
    rows.add("type", events.map(\.notification.type.rawValue))
    rows.add("timestamp", events.map(\.notification.timestamp.stored))
    rows.add("lane", events.map(\.orderingKey))
    rows.add("alert_id", alerts)
    rows.add("data", documents: data)
    rows.add("urgency", events.map(\.severity.rawValue))
    rows.add("summary", events.map(\.summary))
    rows.add(
      "checksum",
      zip(events, data).map { event, data in
        let notification = event.notification
        return Checksum(
          event: event.sequence, notification.id, notification.type.rawValue,
          notification.timestamp, lane: event.orderingKey, data
        ).whole
      })
    return [
      PostgresStatement(
        """
        INSERT INTO fxwatch.event (\(rows.names.joined(separator: ", ")))
        SELECT \(rows.list(0)) FROM ROWS ON CONFLICT DO NOTHING
        """, of: rows), check(events), open(events),
    ]
  }

  /// Fails if an event is stored with another identifier.
  private static func check(_ events: [OutboxEvent]) -> PostgresStatement {
    var rows = PostgresRowsToWrite()
    rows.add("sequence", events.map(\.sequence))
    rows.add("id", events.map(\.notification.id))
    return PostgresStatement(
      """
      SELECT fxwatch.refuse('event ' || other.sequence) FROM (
        SELECT t.sequence FROM ROWS JOIN fxwatch.event ON event.sequence = t.sequence
        WHERE event.id <> t.id ORDER BY t.sequence LIMIT 1) other
      """, of: rows)
  }

  /// Opens the deliveries of the events that are stored: not of one whose identifier is stored under
  /// another number.
  private static func open(_ events: [OutboxEvent]) -> PostgresStatement {
    let deliveries = events.flatMap { event in
      event.recipients.map {
        (event.sequence, $0, event.notification.timestamp.stored)
      }
    }
    var rows = PostgresRowsToWrite()
    rows.add("sequence", deliveries.map(\.0))
    rows.add("notifier", deliveries.map(\.1))
    rows.add("opened", deliveries.map(\.2))
    return PostgresStatement(
      """
      INSERT INTO fxwatch.delivery (event_sequence, notifier, attempts, due, opened, state, lines)
      SELECT t.sequence, t.notifier, 0, t.opened, t.opened, 'open', 0
      FROM ROWS JOIN fxwatch.event ON event.sequence = t.sequence
      ON CONFLICT DO NOTHING
      """, of: rows)
  }

  /// Stores the events held for a digest, and removes those released.
  static func held(_ changeset: Changeset) -> [PostgresStatement] {
    func rows(_ keys: [DeliveryKey]) -> PostgresRowsToWrite {
      var rows = PostgresRowsToWrite()
      rows.add("sequence", keys.map(\.sequence))
      rows.add("notifier", keys.map(\.notifier))
      return rows
    }
    var all: [PostgresStatement] = []
    if !changeset.held.isEmpty {
      all.append(
        PostgresStatement(
          """
          INSERT INTO fxwatch.held (event_sequence, notifier)
          SELECT t.sequence, t.notifier FROM ROWS ON CONFLICT DO NOTHING
          """, of: rows(changeset.held.map(\.key))))
    }
    if !changeset.released.isEmpty {
      all.append(
        PostgresStatement(
          """
          DELETE FROM fxwatch.held USING ROWS
          WHERE held.event_sequence = t.sequence AND held.notifier = t.notifier
          """, of: rows(changeset.released)))
    }
    return all
  }

  /// Makes open deliveries dead letters, each with one more line in its ledger.
  static func abandon(_ deliveries: AbandonedDeliveries) -> [PostgresStatement] {
    [
      PostgresStatement(
        """
        WITH ended AS (
          UPDATE fxwatch.delivery SET state = 'dead', lines = lines + 1
          WHERE state = 'open' AND notifier = $1 AND ($2 IS NULL OR opened <= $2 AND NOT EXISTS (
            SELECT 1 FROM fxwatch.event
            WHERE sequence = event_sequence AND starts_with(lane, '\(OutboxEntry.digestKey)')))
          RETURNING event_sequence, notifier, lines, attempts)
        INSERT INTO fxwatch.delivery_attempt
          (event_sequence, notifier, line, at, number, result, detail)
        SELECT event_sequence, notifier, lines, $3, attempts, 'dead', $4 FROM ended
        """, .text(deliveries.notifier), .integer(deliveries.openedUntil?.stored),
        .integer(deliveries.at.stored), .text(deliveries.detail))
    ]
  }

  /// Moves the times of open deliveries by a step of the wall clock, once.
  static func move(by step: ClockStep) -> [PostgresStatement] {
    [
      PostgresStatement(
        """
        UPDATE fxwatch.delivery SET opened = opened + $2, due = due + $2
        WHERE state = 'open' AND NOT EXISTS (
          SELECT 1 FROM fxwatch.meta WHERE key = 'clock step' AND value = $1)
        """, .text(String(step.at.stored)), .integer(step.by.milliseconds)),
      PostgresStatement(
        """
        INSERT INTO fxwatch.meta (key, value) VALUES ('clock step', $1)
        ON CONFLICT (key) DO UPDATE SET value = excluded.value
        """, .text(String(step.at.stored))),
    ]
  }

  /// Stores the results of delivery attempts; those of one delivery one after the other.
  ///
  /// Each is one more line in the ledger of its delivery. A result that is already stored, or of a
  /// delivery that has ended, changes nothing.
  static func results(_ results: [DeliveryResult]) -> [PostgresStatement] {
    var rounds: [[DeliveryResult]] = []
    var known: [DeliveryKey: Int] = [:]
    for result in results {
      let key = DeliveryKey(sequence: result.sequence, notifier: result.notifier)
      let round = known[key, default: 0]
      known[key] = round + 1
      if round == rounds.count { rounds.append([]) }
      rounds[round].append(result)
    }
    return rounds.map(round)
  }

  private static func round(_ results: [DeliveryResult]) -> PostgresStatement {
    var rows = PostgresRowsToWrite()
    rows.add("sequence", results.map(\.sequence))
    rows.add("notifier", results.map(\.notifier))
    rows.add("attempts", results.map { Int64($0.attempts) })
    rows.add("kind", results.map(\.state.kind))
    rows.add("result", results.map(\.state.result))
    rows.add("next_due", results.map(\.state.due?.stored))
    rows.add("at", results.map(\.at.stored))
    rows.add("number", results.map { Int64($0.number) })
    rows.add("detail", results.map(\.detail))
    return PostgresStatement(
      """
      WITH t AS (SELECT t.* FROM ROWS), ended AS (
        UPDATE fxwatch.delivery d SET lines = lines + 1,
          attempts = CASE WHEN t.kind = 'limited' THEN d.attempts ELSE t.attempts END,
          state = CASE WHEN t.kind IN ('delivered', 'dead') THEN t.kind ELSE 'open' END,
          due = coalesce(t.next_due, d.due)
        FROM t
        WHERE d.event_sequence = t.sequence AND d.notifier = t.notifier AND d.state = 'open'
          AND CASE t.kind WHEN 'postponed' THEN d.attempts < t.attempts
            WHEN 'limited' THEN d.due < t.next_due ELSE true END
        RETURNING d.event_sequence, d.notifier, d.lines)
      INSERT INTO fxwatch.delivery_attempt
        (event_sequence, notifier, line, at, number, result, detail)
      SELECT ended.event_sequence, ended.notifier, ended.lines, t.at, t.number, t.result, t.detail
      FROM ended JOIN t ON t.sequence = ended.event_sequence AND t.notifier = ended.notifier
      """, of: rows)
  }
}

extension DeliveryResult.State {
  fileprivate var kind: String {
    switch self {
    case .delivered: "delivered"
    case .dead: "dead"
    case .postponed: "postponed"
    case .limited: "limited"
    }
  }

  fileprivate var result: String {
    switch self {
    case .delivered: DeliveryAttempt.Result.delivered.rawValue
    case .dead: DeliveryAttempt.Result.dead.rawValue
    case .postponed, .limited: DeliveryAttempt.Result.postponed.rawValue
    }
  }

  fileprivate var due: Timestamp? {
    switch self {
    case .delivered, .dead: nil
    case .postponed(let due), .limited(let due): due
    }
  }
}
