import FXCore

/// The statements that read the state the engine starts from, all in one transaction.
enum StateQueries {
  static let summary = PostgresStatement(
    """
    SELECT value AS installation, latest.sequence AS latest, latest.timestamp
    FROM fxwatch.meta LEFT JOIN LATERAL (
      SELECT sequence, timestamp FROM fxwatch.event ORDER BY sequence DESC LIMIT 1
    ) latest ON true
    WHERE key = 'installation'
    """)

  static let sources = PostgresStatement(
    """
    SELECT name, source_state.* FROM fxwatch.source_state
    JOIN fxwatch.source ON source.id = source_id
    """)

  /// The series that the engine keeps in memory: all that are listed or have an alert, and of the others
  /// of each source the newest.
  static let listings = PostgresStatement(
    """
    \(Listing.all)
    WHERE s.listed = 1 OR s.id IN (SELECT series_id FROM fxwatch.alert_state) OR s.id IN (
      SELECT id FROM (
        SELECT id, row_number() OVER (PARTITION BY source_id ORDER BY id DESC) AS age
        FROM fxwatch.series WHERE listed = 0
      ) unlisted WHERE age <= $1)
    \(Listing.order)
    """, .integer(PostgresLimits.unlistedSeries))

  /// The lowest publication of each source in the time within reach, which may begin when an alert was
  /// armed, and its latest.
  ///
  /// The lowest rather than the earliest: a clock may have been set back.
  private static let first = """
    SELECT source.id AS source_id, coalesce((
        SELECT min(number + 0) FROM fxwatch.publication
        WHERE source_id = source.id AND first_seen >= least($1, (
          SELECT min(coalesce(armed_before, armed)) FROM fxwatch.alert_state
          JOIN fxwatch.series ON series.id = series_id
          WHERE $2 = 1 AND series.source_id = source.id))), \(Int64.max)) AS number,
      coalesce((
        SELECT max(number) FROM fxwatch.publication WHERE source_id = source.id), 0) AS latest
    FROM fxwatch.source
    """

  static func firstPublications(within reach: Lookback, of now: Timestamp) -> PostgresStatement {
    PostgresStatement(
      "SELECT source_id, nullif(number, \(Int64.max)) AS number, latest FROM (\(first)) first",
      values: values(of: reach, now))
  }

  /// The values of a reach in these statements.
  private static func values(of reach: Lookback, _ now: Timestamp) -> [PostgresValue] {
    [.integer(reach.start(from: now).stored), .integer(reach.isSinceArmed ? 1 : 0)]
  }

  /// The most rows of a series before those in the time within reach that are read at first: as many as
  /// rules look back on where there are no revisions and no absences.
  static func rowsBefore(_ reach: Lookback) -> Int {
    min(reach.publications, PostgresLimits.rowsBeforeReach) + 2
  }

  /// The rows of each series without suspect rates in the time within reach, and some before, newest first.
  static func rows(within reach: Lookback, of now: Timestamp) -> PostgresStatement {
    PostgresStatement(
      """
      SELECT s.id, found.* FROM (\(first)) first
      JOIN fxwatch.series s ON s.source_id = first.source_id, LATERAL (
        (SELECT \(StoredObservation.columns) FROM \(ObservationTables.all)
          WHERE o.publication < first.number AND o.suspect IS NULL
          ORDER BY o.publication DESC LIMIT \(rowsBefore(reach)))
        UNION ALL
        (SELECT \(StoredObservation.columns) FROM \(ObservationTables.all)
          WHERE o.publication >= first.number AND o.suspect IS NULL)
      ) found
      ORDER BY s.id, found.publication DESC
      """, values: values(of: reach, now))
  }

  /// The rows of series before those that were read, at most `limit` of each, newest first.
  static func rows(before chains: [StoredChain], limit: Int) -> PostgresStatement {
    var rows = PostgresRowsToWrite()
    rows.add("series", chains.map(\.listing.seriesID))
    rows.add("source", chains.map(\.listing.sourceID))
    rows.add("oldest", chains.map(\.oldest))
    return PostgresStatement(
      """
      SELECT t.series AS id, found.* FROM ROWS, LATERAL (
        SELECT \(StoredObservation.columns)
        FROM fxwatch.observation o JOIN fxwatch.publication p
          ON p.source_id = t.source AND p.number = o.publication
        WHERE o.series_id = t.series AND o.publication < t.oldest AND o.suspect IS NULL
        ORDER BY o.publication DESC LIMIT \(limit)) found
      ORDER BY t.series, found.publication DESC
      """, of: rows)
  }

  static let suspects = PostgresStatement(
    """
    SELECT s.id, \(StoredObservation.columns)
    FROM fxwatch.series s JOIN \(ObservationTables.joined) AND o.publication = s.suspect
    WHERE s.suspect IS NOT NULL AND o.suspect IS NOT NULL
    """)

  /// The publications in which the series disappeared that are not listed.
  static let disappearances = PostgresStatement(
    """
    SELECT s.id, source.name AS source, s.base, s.quote, s.side, gone.* FROM fxwatch.series s
    JOIN fxwatch.source ON source.id = s.source_id, LATERAL (
      SELECT p.number, p.first_seen FROM \(ObservationTables.all)
      WHERE o.coefficient IS NULL ORDER BY o.publication DESC LIMIT 1) gone
    WHERE s.listed = 0
    """)

  static func alerts(active: Bool) -> PostgresStatement {
    PostgresStatement(
      """
      SELECT rule, source.name AS source, base, quote, side, \(AlertState.columns)
      FROM fxwatch.alert_state JOIN fxwatch.series ON series.id = series_id
      JOIN fxwatch.source ON source.id = source_id
      \(active ? "WHERE phase IN ('pending', 'firing')" : "")
      """)
  }

  static let bases = PostgresStatement(
    """
    SELECT rule, alert_id, fired_at, value_date, rate, source.name AS source, base, quote, side
    FROM fxwatch.latest_alert JOIN fxwatch.series ON series.id = series_id
    JOIN fxwatch.source ON source.id = source_id
    """)

  static let waiting = PostgresStatement(
    """
    SELECT notifier, count(*) AS count FROM fxwatch.delivery WHERE state = 'open'
    GROUP BY notifier
    """)

  /// The open deliveries of the notifiers with few of them, oldest event first.
  static let few = PostgresStatement(
    """
    SELECT \(OutboxEntry.columns)
    FROM fxwatch.delivery JOIN fxwatch.event ON sequence = event_sequence
    WHERE state = 'open' AND notifier IN (
      SELECT notifier FROM fxwatch.delivery WHERE state = 'open'
      GROUP BY notifier HAVING count(*) <= $1)
    ORDER BY event_sequence, notifier
    """, .integer(Int64(DeliveryLimits.entriesWhileFailing)))

  static let disabled = PostgresStatement(
    "SELECT name, fingerprint, since, reason FROM fxwatch.disabled_notifier")
  static let failing = PostgresStatement("SELECT name, since FROM fxwatch.failing_notifier")

  static let held = PostgresStatement(
    """
    SELECT notifier, \(Notification.columns)
    FROM fxwatch.held JOIN fxwatch.reported ON sequence = event_sequence
    ORDER BY event_sequence, notifier
    """)

  /// The silences and the acknowledgements current at an instant, or for nil all there ever were.
  static func suppressions(at now: Timestamp?) -> [PostgresStatement] {
    [
      PostgresStatement(
        """
        SELECT id, matchers, author, reason, created, until, ended FROM fxwatch.silence
        WHERE $1 IS NULL OR (ended IS NULL AND until > $1) ORDER BY id
        """, .integer(now?.stored)),
      PostgresStatement(
        """
        SELECT acknowledgement.id, alert_id, author, reason, created, until, ended
        FROM fxwatch.acknowledgement JOIN fxwatch.alert ON alert.id = alert_id
        WHERE $1 IS NULL
          OR (ended IS NULL AND (until IS NULL OR until > $1) AND resolved_at IS NULL)
        ORDER BY acknowledgement.id
        """, .integer(now?.stored)),
    ]
  }
}
