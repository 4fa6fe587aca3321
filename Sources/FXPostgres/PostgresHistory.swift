package import FXCore

/// The history in a PostgreSQL database, read by commands and the page.
///
/// Each call is one transaction that reads one consistent state.
package struct PostgresHistory: HistoryReading {
  private let session: PostgresSession

  /// Opens a database; throws if the daemon of this version has never run with it.
  package init(_ target: PostgresTarget) throws(StoreProblem) {
    session = PostgresSession(target)
    try Schema.requireCurrent(session)
  }

  // MARK: Rates

  package func latestRates() throws(StoreProblem) -> [LatestRate] {
    try reading { session in try LatestRates.read(session) }
  }

  package func recentRates(_ count: Int) throws(StoreProblem) -> [Series: [Rate]] {
    try reading { session in try RateQueries(session).recent(count) }
  }

  package func rates(asOf instant: Timestamp?) throws(StoreProblem) -> [RateAsOf] {
    try reading { session in try RateQueries(session).rates(asOf: instant) }
  }

  package func history(_ query: HistoryQuery) throws(StoreProblem) -> [HistoryRow] {
    try reading { session in try RateQueries(session).history(query) }
  }

  // MARK: Sources and publications

  package func sources() throws(StoreProblem) -> [SourceName: SourceState] {
    try reading { session in
      Dictionary(
        try session.read(StateQueries.sources).map {
          (SourceName(try $0.text("name")), try SourceState($0))
        }
      ) { first, _ in first }
    }
  }

  package func historyStarts() throws(StoreProblem) -> [SourceName: Timestamp] {
    try reading { session in try PublicationQueries(session).historyStarts() }
  }

  package func publication(
    _ number: Int64, of source: SourceName
  ) throws(StoreProblem) -> Publication? {
    try reading { session in try PublicationQueries(session).publication(number, of: source) }
  }

  package func publications(
    of sources: Set<SourceName>, until: Timestamp?
  ) throws(StoreProblem) -> [PastPublication] {
    try reading { session in
      try PublicationQueries(session).publications(of: sources, until: until)
    }
  }

  // MARK: Alerts

  package func alerts(all: Bool) throws(StoreProblem) -> [AlertRecord] {
    try reading { session in try session.read(AlertQueries.alerts(all: all)).map(AlertRecord.init) }
  }

  package func activeAlerts() throws(StoreProblem) -> [ActiveAlert] {
    try reading { session in try AlertQueries.active(session) }
  }

  package func progress(ofRule name: String) throws(StoreProblem) -> [Series: AlertProgress] {
    try reading { session in
      let states = try session.read(StateQueries.alerts(active: false)).map {
        (try AlertKey($0), try AlertState($0))
      }.filter { $0.0.rule == name }
      return Dictionary(states.map { ($0.0.series, $0.1.progress) }) { first, _ in first }
    }
  }

  package func suppressions(at now: Timestamp?) throws(StoreProblem) -> Suppressions {
    try reading { session in
      let results = try session.read(StateQueries.suppressions(at: now))
      return try Suppressions(results[0], results[1])
    }
  }

  // MARK: Events and deliveries

  package func alerts(
    beginningWith text: String, limit: Int
  ) throws(StoreProblem) -> [String] {
    try reading { session in
      try EventQueries(session).identifiers(in: "alert", beginningWith: text, limit: limit)
    }
  }

  package func events(
    beginningWith text: String, limit: Int
  ) throws(StoreProblem) -> [String] {
    try reading { session in
      try EventQueries(session).identifiers(in: "event", beginningWith: text, limit: limit)
    }
  }

  package func identifier(ofEvent text: String) throws(StoreProblem) -> String {
    try reading { session in try EventQueries(session).identifier(ofEvent: text) }
  }

  package func notification(_ id: String) throws(StoreProblem) -> Notification? {
    try reading { session in try EventQueries(session).notification(id) }
  }

  package func events(ofAlert id: String) throws(StoreProblem) -> [Int64] {
    try reading { session in try EventQueries(session).events(ofAlert: id) }
  }

  package func deliveries(
    _ state: DeliveryState?, ofEvent id: String?
  ) throws(StoreProblem) -> [DeliveryRecord] {
    try reading { session in
      try session.read(EventQueries.deliveries(state, ofEvent: id)).map(DeliveryRecord.init)
    }
  }

  package func events(
    after sequence: Int64, limit: Int
  ) throws(StoreProblem) -> [NumberedEvent] {
    try reading { session in try EventQueries(session).events(after: sequence, limit: limit) }
  }

  package func latestEvent() throws(StoreProblem) -> Int64 {
    try reading { session in try EventQueries(session).latestEvent() }
  }

  package func commitMark() throws(StoreProblem) -> Int64 {
    try reading { session in try EventQueries(session).commitMark() }
  }

  package func attempts(
    ofEvent sequence: Int64, to notifier: String
  ) throws(StoreProblem) -> [DeliveryAttempt] {
    try reading { session in
      try session.read(
        PostgresStatement(
          """
          SELECT number, at, result, detail FROM fxwatch.delivery_attempt
          WHERE event_sequence = $1 AND notifier = $2 ORDER BY line
          """, .integer(sequence), .text(notifier))
      ).map(DeliveryAttempt.init)
    }
  }

  // MARK: Verification

  /// Reads every value; the structure and the pages are PostgreSQL's to check (`pg_amcheck`,
  /// `pg_checksums`).
  package func verify(
    progress: (_ percent: Int) -> Void
  ) throws(StoreProblem) -> StoreVerification {
    try reading { session in
      var verifier = PostgresVerifier(session)
      try verifier.run(progress: progress)
      return verifier.result
    }
  }

  private func reading<Answer>(
    _ work: (PostgresSession) throws -> Answer
  ) throws(StoreProblem) -> Answer {
    do { return try work(session) } catch { throw StoreProblem(error, at: session.location) }
  }
}
