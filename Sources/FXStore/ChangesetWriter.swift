import FXCore
import GRDB

/// Writes one changeset inside a transaction that someone else begins and ends.
///
/// A commit can succeed and still be reported as failed, and is then made again: every part may be
/// written twice with the same result. What is stored already under the same number but is not the
/// same stops the whole changeset.
///
/// Rows that may be there are updated (`ON CONFLICT DO UPDATE`), never replaced: where a table refers
/// to another, `INSERT OR REPLACE` keeps a journal of each statement, which costs as much as the
/// row.
struct ChangesetWriter {
  let db: Database

  /// Identifiers met so far; to be kept only if the transaction is committed.
  var identifiers: Identifiers

  mutating func write(_ changeset: Changeset) throws {
    for (source, state) in changeset.sources.sorted(by: { $0.key < $1.key }) {
      try write(state, of: source)
    }
    if let publication = changeset.publication { try write(publication) }
    try write(changeset.observations, vanished: changeset.vanished, in: changeset.publication)
    if let seen = changeset.seenAgain {
      try write(seen.at, asLastSeenOf: seen.number, by: seen.source)
    }
    try write(changeset.alerts)
    try write(changeset.fired)
    try write(changeset.rested)
    for (alert, instant) in changeset.resolved {
      try db.run("UPDATE alert SET resolved_at = ? WHERE id = ?", instant.milliseconds, alert)
    }
    for (notifier, state) in changeset.disabled.sorted(by: { $0.key < $1.key }) {
      try write(state, of: notifier)
    }
    for (notifier, since) in changeset.failing.sorted(by: { $0.key < $1.key }) {
      try write(since, asFailureOf: notifier)
    }
    try write(changeset.events, of: changeset.fired)
    for event in changeset.held {
      try db.run(
        "INSERT INTO held VALUES (?, ?) ON CONFLICT DO NOTHING",
        event.key.sequence, event.key.notifier)
    }
    for key in changeset.released {
      try db.run(
        "DELETE FROM held WHERE event_sequence = ? AND notifier = ?", key.sequence, key.notifier)
    }
    try write(changeset.settlements)
  }

  // MARK: History

  private mutating func write(_ state: SourceState, of source: SourceName) throws {
    try db.run(
      """
      INSERT OR REPLACE INTO source_state
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      identifiers.of(source, in: db), state.lastAttempt?.milliseconds,
      state.lastSuccess?.milliseconds, state.failures, state.lastFailure,
      state.downSince?.milliseconds, state.due?.milliseconds, state.validators?.url,
      state.validators?.etag, state.validators?.lastModified, state.latestPublication,
      state.latestFirstSeen?.milliseconds, state.latestValueDate?.daysSinceEpoch,
      state.failingSince?.milliseconds, state.isUnreachable, state.staleSince?.milliseconds,
      state.retired.map(\.code).joined(separator: " "), state.unfinished?.bodyHash,
      state.unfinished?.valueDate?.daysSinceEpoch, state.unfinished?.firstSeen.milliseconds,
      state.unfinished?.lines)
  }

  private mutating func write(_ publication: Publication) throws {
    let source = try identifiers.of(publication.source, in: db)
    try db.run(
      "INSERT INTO publication VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
      source, publication.number, publication.valueDate?.daysSinceEpoch,
      publication.firstSeen.milliseconds, publication.lastSeen.milliseconds, publication.bodyHash,
      publication.headlines.isEmpty ? nil : publication.headlines.json)
    guard db.changesCount == 0 else { return }
    let same = try db.rows(
      """
      SELECT 1 FROM publication
      WHERE source_id = ? AND number = ? AND first_seen = ? AND body_hash = ?
      """, source, publication.number, publication.firstSeen.milliseconds, publication.bodyHash
    ) { try $0.integer(0) }
    if same.isEmpty {
      throw TakenNumber(what: "publication \(publication.number) of \(publication.source)")
    }
  }

  private mutating func write(
    _ observations: [ObservationRecord], vanished: [Series], in publication: Publication?
  ) throws {
    guard !observations.isEmpty || !vanished.isEmpty else { return }
    guard let publication else { throw StrayObservation() }
    let insertion = try db.prepared(
      """
      INSERT INTO observation VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
        coefficient = excluded.coefficient, scale = excluded.scale, nominal = excluded.nominal,
        version = excluded.version, published_change = excluded.published_change,
        suspect = excluded.suspect
      """)
    for observation in observations {
      guard observation.point.publication == publication.number,
        observation.series.source == publication.source
      else { throw StrayObservation() }
      let series = try identifiers.list(observation.series, scale: observation.scale, in: db)
      let rate = observation.point.rate
      try insertion.run(
        series, publication.number, rate.printed.coefficient, rate.printed.scale, rate.nominal,
        observation.point.version,
        observation.publishedChange, observation.suspicion?.description)
      if observation.suspicion != nil {
        try db.run(
          "UPDATE series SET suspect = max(?1, coalesce(suspect, ?1)) WHERE id = ?2",
          publication.number, series)
      }
    }
    for series in vanished {
      guard series.source == publication.source else { throw StrayObservation() }
      try insertion.run(
        identifiers.delist(series, in: db), publication.number, Int64?.none, 0, 1, 1, String?.none,
        String?.none)
    }
  }

  private mutating func write(
    _ instant: Timestamp, asLastSeenOf number: Int64, by source: SourceName
  ) throws {
    try db.run(
      """
      UPDATE publication SET last_seen = max(last_seen, ?) WHERE source_id = ? AND number = ?
      """, instant.milliseconds, identifiers.of(source, in: db), number)
  }

  // MARK: Notifiers

  private func write(_ state: DisabledNotifier?, of notifier: String) throws {
    guard let state else {
      return try db.run("DELETE FROM disabled_notifier WHERE name = ?", notifier)
    }
    try db.run(
      "INSERT OR REPLACE INTO disabled_notifier VALUES (?, ?, ?, ?)",
      notifier, state.fingerprint, state.since.milliseconds, state.reason)
  }

  private func write(_ since: Timestamp?, asFailureOf notifier: String) throws {
    guard let since else {
      return try db.run("DELETE FROM failing_notifier WHERE name = ?", notifier)
    }
    try db.run(
      "INSERT OR REPLACE INTO failing_notifier VALUES (?, ?)", notifier, since.milliseconds)
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
