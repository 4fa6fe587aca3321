import FXCore

/// The statements that write one changeset, within a transaction of the caller: a few for each kind of
/// change, however many rows there are.
///
/// A commit can succeed and be reported as failed, and is then repeated: every part can be written
/// twice with the same result.
struct ChangesetStatements {
  /// The statements, in the order in which they are carried out.
  private(set) var all: [PostgresStatement] = []

  /// Creates the statements of a changeset; throws where rates come without their publication.
  init(_ changeset: Changeset, location: String) throws(StoreProblem) {
    addNames(of: changeset)
    addStates(of: changeset.sources)
    if let publication = changeset.publication { add(publication) }
    try addObservations(of: changeset, location)
    if let seen = changeset.seenAgain {
      all.append(
        PostgresStatement(
          """
          UPDATE fxwatch.publication SET last_seen = greatest(last_seen, $1)
          WHERE source_id = (SELECT id FROM fxwatch.source WHERE name = $2) AND number = $3
          """, .integer(seen.at.stored), .text(seen.source.text), .integer(seen.number)))
    }
    all += AlertStatements.all(of: changeset)
    addNotifiers(of: changeset)
    if let step = changeset.clockStep { all += OutboxStatements.move(by: step) }
    all += OutboxStatements.events(changeset.events, of: changeset.fired)
    all += OutboxStatements.held(changeset)
    all += OutboxStatements.results(changeset.deliveryResults)
    for deliveries in changeset.abandoned { all += OutboxStatements.abandon(deliveries) }
  }

  // MARK: Sources and series

  /// Creates the sources and series that are not stored yet.
  private mutating func addNames(of changeset: Changeset) {
    var series = Set(changeset.observations.map(\.series)).union(changeset.vanished)
    series.formUnion(changeset.alerts.keys.map(\.series))
    series.formUnion(changeset.fired.map(\.key.series))
    series.formUnion(changeset.alertBases.keys.map(\.series))
    var sources = Set(changeset.sources.keys).union(series.map(\.source))
    if let publication = changeset.publication { sources.insert(publication.source) }
    if !sources.isEmpty { all.append(NameStatements.sources(sources.sorted())) }
    if !series.isEmpty { all.append(NameStatements.series(series.sorted())) }
  }

  private mutating func addStates(of sources: [SourceName: SourceState]) {
    guard !sources.isEmpty else { return }
    let states = sources.sorted { $0.key < $1.key }
    var rows = PostgresRowsToWrite()
    rows.add("source", states.map(\.key.text))
    func instants(_ name: String, _ instant: (SourceState) -> Timestamp?) {
      rows.add(name, states.map { instant($0.value)?.stored })
    }
    func texts(_ name: String, _ text: (SourceState) -> String?) {
      rows.add(name, states.map { text($0.value) })
    }
    instants("last_attempt", \.lastAttempt)
    instants("last_success", \.lastSuccess)
    rows.add("failures", states.map { Int64($0.value.failures) })
    texts("last_failure", \.lastFailure)
    instants("down_since", \.downSince)
    instants("due", \.due)
    texts("validators_url", \.validators?.url)
    texts("etag", \.validators?.etag)
    texts("last_modified", \.validators?.lastModified)
    rows.add("latest_publication", states.map(\.value.latestPublication))
    instants("latest_first_seen", \.latestFirstSeen)
    rows.add("latest_value_date", states.map { $0.value.latestValueDate?.stored })
    instants("failing_since", \.failingSince)
    rows.add("unreachable", states.map { $0.value.isUnreachable ? 1 : 0 })
    instants("stale_since", \.staleSince)
    texts("retired") { $0.retired.map(\.code).joined(separator: " ") }
    texts("unfinished_hash", \.unfinished?.bodyHash)
    rows.add("unfinished_value_date", states.map { $0.value.unfinished?.valueDate?.stored })
    instants("unfinished_first_seen", \.unfinished?.firstSeen)
    rows.add(
      "unfinished_lines", states.map { $0.value.unfinished.map { Int64($0.lines) } })
    texts("history") { $0.history == .none ? nil : $0.history.text }
    all.append(
      NameStatements.upsert(
        into: "source_state", Array(rows.names.dropFirst()), key: ["source_id"],
        "SELECT source.id, \(rows.list(1)) FROM ROWS JOIN fxwatch.source ON source.name = t.source",
        rows))
  }

  // MARK: Publications

  private mutating func add(_ publication: Publication) {
    all.append(
      PostgresStatement(
        """
        INSERT INTO fxwatch.publication
          (source_id, number, value_date, first_seen, last_seen, body_hash, headlines, checksum,
            headlines_checksum, observations_checksum)
        SELECT id, $2, $3, $4, $5, $6, $7, $8, $9, 0 FROM fxwatch.source WHERE name = $1
        ON CONFLICT DO NOTHING
        """,
        values: [
          .text(publication.source.text), .integer(publication.number),
          .integer(publication.valueDate?.stored), .integer(publication.firstSeen.stored),
          .integer(publication.lastSeen.stored), .text(publication.bodyHash),
          .text(publication.headlines.isEmpty ? nil : publication.headlines.json),
          .integer(publication.checksum.whole), .integer(publication.headlines.storedChecksum),
        ]))
    all.append(
      PostgresStatement(
        """
        SELECT fxwatch.refuse('publication ' || number || ' of ' || name)
        FROM fxwatch.publication JOIN fxwatch.source ON source.id = source_id
        WHERE name = $1 AND number = $2 AND (first_seen <> $3 OR body_hash <> $4)
        """, .text(publication.source.text), .integer(publication.number),
        .integer(publication.firstSeen.stored), .text(publication.bodyHash)))
  }

  private mutating func addObservations(
    of changeset: Changeset, _ location: String
  ) throws(StoreProblem) {
    let (observations, vanished) = (changeset.observations, changeset.vanished)
    guard !observations.isEmpty || !vanished.isEmpty else { return }
    guard let publication = changeset.publication,
      observations.allSatisfy({
        $0.point.publication == publication.number && $0.series.source == publication.source
      }), vanished.allSatisfy({ $0.source == publication.source })
    else { throw .strayRates(at: location) }
    if !observations.isEmpty { add(observations, in: publication.number) }
    if !vanished.isEmpty { add(ends: vanished, at: publication) }
  }

  private mutating func add(_ observations: [ObservationRecord], in publication: Int64) {
    var rows = PostgresRowsToWrite()
    SeriesColumns.add(observations.map(\.series), to: &rows)
    rows.add("coefficient", observations.map(\.point.rate.printed.coefficient))
    rows.add("scale", observations.map { Int64($0.point.rate.printed.scale) })
    rows.add("nominal", observations.map(\.point.rate.nominal))
    rows.add("version", observations.map { Int64($0.point.version) })
    rows.add("published_change", observations.map(\.publishedChange))
    rows.add("suspect", observations.map { $0.suspicion?.description })
    rows.add("checksum", observations.map(\.stored))
    rows.add("finest", observations.map { Int64($0.scale) })
    all.append(
      PostgresStatement(
        """
        UPDATE fxwatch.series SET listed = 1,
          scale = CASE WHEN t.suspect IS NULL THEN t.finest ELSE series.scale END,
          suspect = CASE WHEN t.suspect IS NULL THEN series.suspect
            ELSE greatest(\(publication), series.suspect) END
        FROM ROWS JOIN fxwatch.source ON source.name = t.source
        WHERE series.source_id = source.id AND series.base = t.base AND series.quote = t.quote
          AND series.side = t.side
          AND (listed = 0 OR t.suspect IS NOT NULL OR series.scale <> t.finest)
        """, of: rows))
    all.append(
      PostgresStatement(
        """
        \(Self.replaced(in: publication)), written AS (
          INSERT INTO fxwatch.observation (series_id, publication, coefficient, scale, nominal, version,
            published_change, suspect, checksum)
          SELECT series.id, \(publication), t.coefficient, t.scale, t.nominal, t.version,
            t.published_change, t.suspect, t.checksum
          FROM ROWS \(SeriesColumns.join)
          ON CONFLICT (series_id, publication) DO UPDATE SET coefficient = excluded.coefficient,
            scale = excluded.scale, nominal = excluded.nominal, version = excluded.version,
            published_change = excluded.published_change, suspect = excluded.suspect,
            checksum = excluded.checksum
          RETURNING checksum)
        \(Self.sum(in: publication))
        """, of: rows))
  }

  /// The common table expression `replaced`: the sum of the checksums of observations that are replaced.
  private static func replaced(in publication: Int64) -> String {
    """
    WITH replaced AS (
      SELECT coalesce(sum(o.checksum), 0) AS sum FROM ROWS \(SeriesColumns.join)
      JOIN fxwatch.observation o ON o.series_id = series.id AND o.publication = \(publication))
    """
  }

  /// The change of a publication's sum by the observations in `written` and `replaced`.
  private static func sum(in publication: Int64) -> String {
    """
    UPDATE fxwatch.publication SET observations_checksum = observations_checksum
      + (SELECT coalesce(sum(checksum), 0) FROM written) - (SELECT sum FROM replaced)
    WHERE number = \(publication) AND source_id = (
      SELECT source.id FROM ROWS JOIN fxwatch.source ON source.name = t.source LIMIT 1)
    """
  }

  private mutating func add(ends series: [Series], at publication: Publication) {
    var rows = PostgresRowsToWrite()
    SeriesColumns.add(series, to: &rows)
    let end = StoredObservation(
      endAt: publication.number, firstSeen: publication.firstSeen,
      valueDate: publication.valueDate)
    rows.add("checksum", series.map { end.checksum(of: $0.checksum).short })
    let number = publication.number
    all.append(
      PostgresStatement(
        """
        UPDATE fxwatch.series SET listed = 0 FROM ROWS JOIN fxwatch.source ON source.name = t.source
        WHERE series.source_id = source.id AND series.base = t.base AND series.quote = t.quote
          AND series.side = t.side
        """, of: rows))
    all.append(
      PostgresStatement(
        """
        \(Self.replaced(in: number)), written AS (
          INSERT INTO fxwatch.observation (series_id, publication, scale, nominal, version, checksum)
          SELECT series.id, \(number), 0, 1, 1, t.checksum FROM ROWS \(SeriesColumns.join)
          ON CONFLICT (series_id, publication) DO UPDATE SET coefficient = NULL, scale = 0, nominal = 1,
            version = 1, published_change = NULL, suspect = NULL, checksum = excluded.checksum
          RETURNING checksum)
        \(Self.sum(in: number))
        """, of: rows))
  }

  // MARK: Notifiers

  private mutating func addNotifiers(of changeset: Changeset) {
    let disabled = changeset.disabled.sorted { $0.key < $1.key }
    let failing = changeset.failing.sorted { $0.key < $1.key }
    if !disabled.isEmpty {
      all.append(
        PostgresStatement(
          "DELETE FROM fxwatch.disabled_notifier WHERE name = ANY ($1)",
          .texts(disabled.map(\.key))))
      for (name, state) in disabled {
        guard let state else { continue }
        all.append(
          PostgresStatement(
            """
            INSERT INTO fxwatch.disabled_notifier (name, fingerprint, since, reason)
            VALUES ($1, $2, $3, $4)
            """, .text(name), .text(state.fingerprint), .integer(state.since.stored),
            .text(state.reason)))
      }
    }
    if !failing.isEmpty {
      all.append(
        PostgresStatement(
          "DELETE FROM fxwatch.failing_notifier WHERE name = ANY ($1)",
          .texts(failing.map(\.key))))
      for (name, since) in failing {
        guard let since else { continue }
        all.append(
          PostgresStatement(
            "INSERT INTO fxwatch.failing_notifier (name, since) VALUES ($1, $2)", .text(name),
            .integer(since.stored)))
      }
    }
  }
}

extension [Headline] {
  /// The content of `headlines_checksum`; nil where there are none.
  var storedChecksum: Int64? { isEmpty ? nil : checksum.whole }
}

extension ObservationRecord {
  /// The checksum of the row.
  fileprivate var stored: Int64 {
    StoredObservation(
      point, publishedChange: publishedChange.map(PostgresValue.storable),
      suspicion: suspicion?.description
    ).checksum(of: series.checksum).short
  }
}
