import FXCore
import GRDB

/// Writes one changeset inside a transaction that someone else begins and ends.
///
/// A commit can succeed and still be reported as failed, and is then made again: every part may be
/// written twice with the same result. What is stored already under the same number but is not the
/// same stops the whole changeset.
struct ChangesetWriter {
  let db: Database

  /// Identifiers met so far; to be kept only if the transaction is committed.
  var identifiers: Identifiers

  mutating func write(_ changeset: Changeset) throws {
    for (source, state) in changeset.sources.sorted(by: { $0.key < $1.key }) {
      try write(state, of: source)
    }
    if let publication = changeset.publication { try write(publication) }
    for observation in changeset.observations {
      guard observation.point.publication == changeset.publication?.number,
        observation.series.source == changeset.publication?.source
      else { throw StrayObservation() }
      try write(observation)
    }
    for series in changeset.vanished {
      guard let publication = changeset.publication, publication.source == series.source else {
        throw StrayObservation()
      }
      try writeEnd(of: series, in: publication)
    }
    if let seen = changeset.seenAgain {
      try write(seen.at, asLastSeenOf: seen.number, by: seen.source)
    }
    for (key, state) in changeset.alerts.sorted(by: { $0.key < $1.key }) {
      try write(state, of: key)
    }
    for alert in changeset.fired { try write(alert) }
    for (key, rested) in changeset.rested.sorted(by: { $0.key < $1.key }) {
      try write(rested, of: key)
    }
    for (alert, instant) in changeset.resolved {
      try db.run(
        "UPDATE alert SET resolved_at = ? WHERE id = ?", [instant.milliseconds, alert])
    }
    for (notifier, state) in changeset.disabled.sorted(by: { $0.key < $1.key }) {
      try write(state, of: notifier)
    }
    for (notifier, since) in changeset.failing.sorted(by: { $0.key < $1.key }) {
      try write(since, asFailureOf: notifier)
    }
    for event in changeset.events { try write(event) }
    for event in changeset.held {
      try db.run(
        "INSERT INTO held VALUES (?, ?) ON CONFLICT DO NOTHING",
        [event.key.sequence, event.key.notifier])
    }
    for key in changeset.released {
      try db.run(
        "DELETE FROM held WHERE event_sequence = ? AND notifier = ?", [key.sequence, key.notifier])
    }
    for settlement in changeset.settlements { try write(settlement) }
  }

  // MARK: History

  private mutating func write(_ state: SourceState, of source: SourceName) throws {
    try db.run(
      """
      INSERT OR REPLACE INTO source_state
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        identifiers.of(source, in: db), state.lastAttempt?.milliseconds,
        state.lastSuccess?.milliseconds, state.failures, state.lastFailure,
        state.downSince?.milliseconds, state.due?.milliseconds, state.validators?.url,
        state.validators?.etag, state.validators?.lastModified, state.latestPublication,
        state.latestFirstSeen?.milliseconds, state.latestValueDate?.daysSinceEpoch,
        state.failingSince?.milliseconds, state.isUnreachable, state.staleSince?.milliseconds,
        state.retired.map(\.code).joined(separator: " "),
      ])
  }

  private mutating func write(_ publication: Publication) throws {
    let source = try identifiers.of(publication.source, in: db)
    try db.run(
      "INSERT INTO publication VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
      [
        source, publication.number, publication.valueDate?.daysSinceEpoch,
        publication.firstSeen.milliseconds, publication.lastSeen.milliseconds,
        publication.bodyHash, publication.headlines.isEmpty ? nil : publication.headlines.json,
      ])
    guard db.changesCount == 0 else { return }
    let same = try db.rows(
      """
      SELECT 1 FROM publication
      WHERE source_id = ? AND number = ? AND first_seen = ? AND body_hash = ?
      """,
      [source, publication.number, publication.firstSeen.milliseconds, publication.bodyHash]
    ) { try $0.integer(0) }
    if same.isEmpty {
      throw TakenNumber(what: "publication \(publication.number) of \(publication.source)")
    }
  }

  private mutating func write(_ observation: ObservationRecord) throws {
    let series = try identifiers.list(observation.series, scale: observation.scale, in: db)
    let rate = observation.point.rate
    try db.run(
      "INSERT OR REPLACE INTO observation VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      [
        series, observation.point.publication, rate.printed.coefficient, rate.printed.scale,
        rate.nominal, observation.point.version, observation.publishedChange,
        observation.suspicion?.description,
      ])
  }

  private mutating func writeEnd(of line: Series, in publication: Publication) throws {
    let series = try identifiers.delist(line, in: db)
    try db.run(
      "INSERT OR REPLACE INTO observation VALUES (?, ?, NULL, 0, 1, 1, NULL, NULL)",
      [series, publication.number])
  }

  private mutating func write(
    _ instant: Timestamp, asLastSeenOf number: Int64, by source: SourceName
  ) throws {
    try db.run(
      """
      UPDATE publication SET last_seen = max(last_seen, ?) WHERE source_id = ? AND number = ?
      """, [instant.milliseconds, identifiers.of(source, in: db), number])
  }

  // MARK: Notifiers

  private func write(_ state: DisabledNotifier?, of notifier: String) throws {
    guard let state else {
      return try db.run("DELETE FROM disabled_notifier WHERE name = ?", [notifier])
    }
    try db.run(
      "INSERT OR REPLACE INTO disabled_notifier VALUES (?, ?, ?, ?)",
      [notifier, state.fingerprint, state.since.milliseconds, state.reason])
  }

  private func write(_ since: Timestamp?, asFailureOf notifier: String) throws {
    guard let since else {
      return try db.run("DELETE FROM failing_notifier WHERE name = ?", [notifier])
    }
    try db.run(
      "INSERT OR REPLACE INTO failing_notifier VALUES (?, ?)", [notifier, since.milliseconds])
  }

  // MARK: Alerts

  private mutating func write(_ state: AlertState?, of key: AlertKey) throws {
    let series = try identifiers.of(key.series, in: db)
    guard let state else {
      try db.run("DELETE FROM alert_state WHERE rule = ? AND series_id = ?", [key.rule, series])
      return
    }
    try db.run(
      """
      INSERT OR REPLACE INTO alert_state (rule, series_id, \(AlertState.columns))
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """, StatementArguments([key.rule, series] + state.values))
  }

  private mutating func write(_ alert: AlertRecord) throws {
    try db.run(
      "INSERT INTO alert VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
      [
        alert.id, alert.key.rule, identifiers.of(alert.key.series, in: db), alert.kind.rawValue,
        alert.severity.rawValue, alert.firedAt.milliseconds, alert.resolvedAt?.milliseconds,
        alert.data.description,
      ])
  }

  // MARK: Outbox

  private func write(_ event: OutboxEvent) throws {
    let notification = event.notification
    try db.run(
      "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
      [
        event.sequence, notification.id, notification.type.rawValue,
        notification.timestamp.milliseconds, event.lane, notification.data.description,
      ])
    if db.changesCount == 0 {
      let same = try db.rows(
        "SELECT 1 FROM event WHERE sequence = ? AND id = ?", [event.sequence, notification.id]
      ) { try $0.integer(0) }
      if same.isEmpty { throw TakenNumber(what: "event \(event.sequence)") }
    }
    for notifier in event.recipients {
      try db.run(
        "INSERT INTO delivery VALUES (?1, ?2, 0, ?3, ?3, 'open') ON CONFLICT DO NOTHING",
        [event.sequence, notifier, notification.timestamp.milliseconds])
    }
  }

  private func write(_ settlement: Settlement) throws {
    let state: String
    let result: String
    var due: Timestamp?
    switch settlement.result {
    case .delivered: (state, result) = ("delivered", "delivered")
    case .postponed(let later): (state, result, due) = ("open", "postponed", later)
    case .dead: (state, result) = ("dead", "dead")
    }
    try db.run(
      """
      UPDATE delivery SET attempts = ?, due = coalesce(?, due), state = ?
      WHERE event_sequence = ? AND notifier = ?
      """,
      [
        settlement.attempts, due?.milliseconds, state, settlement.sequence, settlement.notifier,
      ])
    guard db.changesCount > 0 else { return }
    try db.run(
      "INSERT OR REPLACE INTO delivery_attempt VALUES (?, ?, ?, ?, ?, ?)",
      [
        settlement.sequence, settlement.notifier, settlement.at.milliseconds, settlement.attempts,
        result, settlement.detail,
      ])
  }
}

/// A number that is stored already, for something else.
struct TakenNumber: Error {
  /// Such as `event 12`.
  let what: String
}

/// An observation, or the end of a series, without the publication it stands in.
struct StrayObservation: Error {}

extension [Headline] {
  /// As kept in the database: an array of `[title, link]`.
  var json: String {
    JSONValue.array(map { .array([.string($0.title), .optional($0.link)]) }).description
  }
}
