package import FXCore

/// The changes that commands make in a PostgreSQL database, on any machine.
///
/// Each transaction increments `lease.commands`, by which the active replica notices it.
package struct PostgresCommands: CommandWriting {
  private let session: PostgresSession

  /// Opens a database; throws if the daemon of this version has never run with it, unless `creating`.
  package init(_ target: PostgresTarget, creating: Bool = false) throws(StoreProblem) {
    session = PostgresSession(target)
    if creating { try Schema.migrate(session) } else { try Schema.requireCurrent(session) }
  }

  // MARK: Silences and acknowledgements

  package func silence(
    _ matchers: [SilenceMatcher], by attribution: Attribution, from now: Timestamp,
    until: Timestamp
  ) throws(StoreProblem) -> Silence {
    let text = JSONValue.array(matchers.map { .string($0.description) }).description
    let rows = try write(
      PostgresStatement(
        """
        INSERT INTO fxwatch.silence (matchers, author, reason, created, until)
        VALUES ($1, $2, $3, $4, $5) RETURNING id
        """, .text(text), .text(attribution.author), .text(attribution.reason),
        .integer(now.stored), .integer(until.stored)))
    return Silence(
      id: try identifier(rows) ?? 0, matchers: matchers, author: attribution.author,
      reason: attribution.reason, created: now, until: until)
  }

  package func endSilence(_ id: Int64, at now: Timestamp) throws(StoreProblem) -> Bool {
    try write(
      PostgresStatement(
        "UPDATE fxwatch.silence SET ended = $2 WHERE id = $1 AND ended IS NULL AND until > $2",
        .integer(id), .integer(now.stored))
    ).changed > 0
  }

  package func acknowledge(
    _ alertID: String, by attribution: Attribution, from now: Timestamp, until: Timestamp?
  ) throws(StoreProblem) -> Acknowledgement? {
    let rows = try write(
      PostgresStatement(
        """
        INSERT INTO fxwatch.acknowledgement (alert_id, author, reason, created, until)
        SELECT id, $2, $3, $4, $5 FROM fxwatch.alert
        WHERE id = $1 AND kind = 'state' AND resolved_at IS NULL RETURNING id
        """, .text(alertID), .text(attribution.author), .text(attribution.reason),
        .integer(now.stored), .integer(until?.stored)))
    guard let id = try identifier(rows) else { return nil }
    return Acknowledgement(
      id: id, alertID: alertID, author: attribution.author, reason: attribution.reason,
      created: now, until: until)
  }

  package func endAcknowledgement(_ id: Int64, at now: Timestamp) throws(StoreProblem) -> Bool {
    try write(
      PostgresStatement(
        """
        UPDATE fxwatch.acknowledgement SET ended = $2
        WHERE id = $1 AND ended IS NULL AND (until IS NULL OR until > $2)
        """, .integer(id), .integer(now.stored))
    ).changed > 0
  }

  // MARK: Deliveries

  package func replay(
    _ selection: DeadLetterSelection, now: Timestamp
  ) throws(StoreProblem) -> [DeliveryRecord] {
    try session.transaction {
      var opened: Set<DeliveryKey> = []
      for range in selection.events {
        let rows = try session.run([
          Self.open(range, to: selection.notifier, now: now), Self.sendEnds(of: range, now: now),
          Self.noticed,
        ])[0]
        let letters = try rows.map { row in
          DeliveryKey(
            sequence: try row.integer("event_sequence"), notifier: try row.text("notifier"))
        }
        guard !letters.isEmpty else {
          throw StoreProblem.noDeadLetter(of: range, to: selection.notifier)
        }
        opened.formUnion(letters)
      }
      let names = PostgresValue.texts(Set(opened.map(\.notifier)).sorted())
      let results = try session.run([
        PostgresStatement("DELETE FROM fxwatch.disabled_notifier WHERE name = ANY ($1)", names),
        PostgresStatement("DELETE FROM fxwatch.failing_notifier WHERE name = ANY ($1)", names),
        EventQueries.deliveries(.open, ofEvent: nil),
      ])
      return try results[2].map(DeliveryRecord.init).filter {
        opened.contains(DeliveryKey(sequence: $0.sequence, notifier: $0.notifier))
      }
    }
  }

  private static func open(
    _ range: DeadLetterSelection.EventRange, to notifier: String?, now: Timestamp
  ) -> PostgresStatement {
    PostgresStatement(
      """
      UPDATE fxwatch.delivery SET state = 'open', attempts = 0, due = $4, opened = $4
      WHERE state = 'dead' AND (notifier = $3 OR $3 IS NULL) AND event_sequence
        BETWEEN (SELECT sequence FROM fxwatch.event WHERE id = $1)
        AND (SELECT sequence FROM fxwatch.event WHERE id = $2)
      RETURNING event_sequence, notifier
      """, .text(range.first), .text(range.last), .text(notifier), .integer(now.stored))
  }

  /// Lets the receivers of replayed firings get the ends of their alerts, too.
  private static func sendEnds(
    of range: DeadLetterSelection.EventRange, now: Timestamp
  ) -> PostgresStatement {
    PostgresStatement(
      """
      UPDATE fxwatch.alert_state SET last_told = coalesce(last_told, $3)
      FROM fxwatch.event, fxwatch.delivery
      WHERE event.sequence = event_sequence AND state = 'open' AND opened = $3 AND due = $3
        AND type = '\(NotificationType.alertFiring.rawValue)'
        AND sequence BETWEEN (SELECT sequence FROM fxwatch.event WHERE id = $1)
        AND (SELECT sequence FROM fxwatch.event WHERE id = $2)
        AND (alert_state.alert_id = event.alert_id
          OR strpos(event.data, '"alert_id":"' || alert_state.alert_id || '"') > 0)
      """, .text(range.first), .text(range.last), .integer(now.stored))
  }

  package func abandon(
    _ deliveries: [DeliveryKey], because reason: String, now: Timestamp
  ) throws(StoreProblem) -> [DeliveryKey] {
    guard !deliveries.isEmpty else { return [] }
    var rows = PostgresRowsToWrite()
    rows.add("sequence", deliveries.map(\.sequence))
    rows.add("notifier", deliveries.map(\.notifier))
    rows.add("at", deliveries.map { _ in now.stored })
    rows.add("detail", deliveries.map { _ in reason })
    let ended = try write(
      PostgresStatement(
        """
        WITH t AS (SELECT t.* FROM ROWS), ended AS (
          UPDATE fxwatch.delivery d SET state = 'dead', lines = lines + 1 FROM t
          WHERE d.event_sequence = t.sequence AND d.notifier = t.notifier AND d.state = 'open'
          RETURNING d.event_sequence, d.notifier, d.lines, d.attempts, t.at, t.detail)
        INSERT INTO fxwatch.delivery_attempt
          (event_sequence, notifier, line, at, number, result, detail)
        SELECT event_sequence, notifier, lines, at, attempts, 'dead', detail FROM ended
        RETURNING event_sequence, notifier
        """, of: rows))
    do {
      let keys = Set(
        try ended.map {
          DeliveryKey(
            sequence: try $0.integer("event_sequence"), notifier: try $0.text("notifier"))
        })
      return deliveries.filter { keys.contains($0) }
    } catch {
      throw StoreProblem(error, at: session.location)
    }
  }

  package func forgetNotification(ofAlerts ids: [String]) throws(StoreProblem) {
    guard !ids.isEmpty else { return }
    _ = try write(
      PostgresStatement(
        "UPDATE fxwatch.alert_state SET last_told = NULL WHERE alert_id = ANY ($1)", .texts(ids)))
  }

  // MARK: Imports

  package func add(
    _ history: ImportedHistory, now: Timestamp, progress: (_ done: Int, _ total: Int) -> Void
  ) throws(StoreProblem) -> ImportOutcome {
    try session.transaction {
      // With the lock of the lease: no replica becomes active meanwhile.
      _ = try session.run([Self.noticed])
      return try ImportWriter(session).write(history, now: now, progress: progress)
    }
  }

  // MARK: Transactions

  /// Lets the active replica and pages notice a change.
  private static let noticed = PostgresStatement(
    "UPDATE fxwatch.lease SET commands = commands + 1 WHERE cell = 0")

  private func write(_ statement: PostgresStatement) throws(StoreProblem) -> PostgresRows {
    try session.run([
      PostgresStatement("BEGIN"), statement, Self.noticed, PostgresStatement("COMMIT"),
    ])[1]
  }

  private func identifier(_ rows: PostgresRows) throws(StoreProblem) -> Int64? {
    do { return try rows.first { try $0.integer("id") } } catch {
      throw StoreProblem(error, at: session.location)
    }
  }
}
