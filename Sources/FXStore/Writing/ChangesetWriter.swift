import FXCore
import GRDB

/// Writes one changeset within a transaction of the caller.
///
/// A commit can succeed and be reported as failed, and is then repeated: every part can be written
/// twice with the same result. A row with the same number but other content stops the whole
/// changeset.
///
/// Rows that may exist are updated (`ON CONFLICT DO UPDATE`), not replaced: in a table with
/// references, `INSERT OR REPLACE` keeps a journal of each statement, which costs as much as the row.
struct ChangesetWriter {
  let db: Database

  /// Identifiers used so far; to be kept only if the transaction is committed.
  var identifiers: Identifiers

  /// Writes every part of a changeset.
  mutating func write(_ changeset: Changeset) throws {
    for (source, state) in changeset.sources.sorted(by: { $0.key < $1.key }) {
      try write(state, of: source)
    }
    if let publication = changeset.publication { try write(publication) }
    try writeObservations(of: changeset)
    if let seen = changeset.seenAgain {
      try write(seen.at, asLastSeenOf: seen.number, by: seen.source)
    }
    try write(changeset.alerts)
    try write(changeset.fired)
    try write(changeset.alertBases)
    for (alert, instant) in changeset.resolved {
      try db.run("UPDATE alert SET resolved_at = ? WHERE id = ?", instant, alert)
    }
    for (notifier, state) in changeset.disabled.sorted(by: { $0.key < $1.key }) {
      try write(state, of: notifier)
    }
    for (notifier, since) in changeset.failing.sorted(by: { $0.key < $1.key }) {
      try write(since, asFailureOf: notifier)
    }
    if let step = changeset.clockStep { try move(by: step) }
    try write(changeset.events, of: changeset.fired)
    for event in changeset.held {
      try db.run(
        "INSERT INTO held (event_sequence, notifier) VALUES (?, ?) ON CONFLICT DO NOTHING",
        event.key.sequence, event.key.notifier)
    }
    for key in changeset.released {
      try db.run(
        "DELETE FROM held WHERE event_sequence = ? AND notifier = ?", key.sequence, key.notifier)
    }
    try write(changeset.deliveryResults)
    for deliveries in changeset.abandoned { try abandon(deliveries) }
  }

  // MARK: History

  private mutating func write(_ state: SourceState, of source: SourceName) throws {
    try db.replace(
      in: "source_state",
      ("source_id", try identifiers.of(source, in: db)),
      ("last_attempt", state.lastAttempt),
      ("last_success", state.lastSuccess),
      ("failures", state.failures),
      ("last_failure", state.lastFailure),
      ("down_since", state.downSince),
      ("due", state.due),
      ("validators_url", state.validators?.url),
      ("etag", state.validators?.etag),
      ("last_modified", state.validators?.lastModified),
      ("latest_publication", state.latestPublication),
      ("latest_first_seen", state.latestFirstSeen),
      ("latest_value_date", state.latestValueDate),
      ("failing_since", state.failingSince),
      ("unreachable", state.isUnreachable),
      ("stale_since", state.staleSince),
      ("retired", state.retired.map(\.code).joined(separator: " ")),
      ("unfinished_hash", state.unfinished?.bodyHash),
      ("unfinished_value_date", state.unfinished?.valueDate),
      ("unfinished_first_seen", state.unfinished?.firstSeen),
      ("unfinished_lines", state.unfinished?.lines),
      ("history", state.history == .none ? nil : state.history.text))
  }

  private mutating func write(_ publication: Publication) throws {
    let source = try identifiers.of(publication.source, in: db)
    try db.run(
      """
      INSERT INTO publication
        (source_id, number, value_date, first_seen, last_seen, body_hash, headlines, checksum)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
      """,
      source, publication.number, publication.valueDate, publication.firstSeen,
      publication.lastSeen, publication.bodyHash,
      publication.headlines.isEmpty ? nil : publication.headlines.json,
      (publication.checksum + publication.headlines.checksum).whole)
    guard db.changesCount == 0 else { return }
    let isSame =
      try db.first(
        """
        SELECT first_seen, body_hash FROM publication WHERE source_id = ? AND number = ?
        """, source, publication.number
      ) { row in
        try row.instant("first_seen") == publication.firstSeen
          && row.text("body_hash") == publication.bodyHash
      } ?? false
    guard isSame else {
      throw DuplicateNumber(of: "publication \(publication.number) of \(publication.source)")
    }
  }

  private mutating func writeObservations(of changeset: Changeset) throws {
    let (observations, vanished) = (changeset.observations, changeset.vanished)
    guard !observations.isEmpty || !vanished.isEmpty else { return }
    guard let publication = changeset.publication else { throw StrayObservation() }
    var change = Checksum.none
    let writer = try ObservationWriter(
      db: db, source: try identifiers.of(publication.source, in: db))
    for observation in observations {
      guard observation.point.publication == publication.number,
        observation.series.source == publication.source
      else { throw StrayObservation() }
      let series = try identifiers.list(
        observation.series, scale: observation.scale, isTrusted: observation.suspicion == nil,
        in: db)
      change += try writer.write(
        StoredObservation(
          observation.point, publishedChange: observation.publishedChange,
          suspicion: observation.suspicion?.description), of: series)
      if observation.suspicion != nil {
        try db.run(
          "UPDATE series SET suspect = max(?1, coalesce(suspect, ?1)) WHERE id = ?2",
          publication.number, series.id)
      }
    }
    for series in vanished {
      guard series.source == publication.source else { throw StrayObservation() }
      change += try writer.write(
        StoredObservation(
          endAt: publication.number, firstSeen: publication.firstSeen,
          valueDate: publication.valueDate), of: identifiers.delist(series, in: db))
    }
    try writer.add(change, toChecksumOf: publication.number)
  }

  private mutating func write(
    _ instant: Timestamp, asLastSeenOf number: Int64, by source: SourceName
  ) throws {
    try db.run(
      """
      UPDATE publication SET last_seen = max(last_seen, ?) WHERE source_id = ? AND number = ?
      """, instant, identifiers.of(source, in: db), number)
  }

  // MARK: Notifiers

  private func write(_ state: DisabledNotifier?, of notifier: String) throws {
    guard let state else {
      return try db.run("DELETE FROM disabled_notifier WHERE name = ?", notifier)
    }
    try db.replace(
      in: "disabled_notifier",
      ("name", notifier), ("fingerprint", state.fingerprint), ("since", state.since),
      ("reason", state.reason))
  }

  private func write(_ since: Timestamp?, asFailureOf notifier: String) throws {
    guard let since else {
      return try db.run("DELETE FROM failing_notifier WHERE name = ?", notifier)
    }
    try db.replace(in: "failing_notifier", ("name", notifier), ("since", since))
  }
}
