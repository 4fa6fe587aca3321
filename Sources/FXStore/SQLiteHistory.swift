package import FXCore
import GRDB

/// The history in an SQLite database, read by commands.
///
/// Needs no write access. Each call is one read transaction on a connection of its own; errors are
/// permanent unless the disk or another program causes them.
package struct SQLiteHistory: HistoryReading {
  private let path: String
  private let queue: DatabaseQueue

  /// Opens the database at `path`; throws if the daemon of this version has never run with it.
  package init(path: String) throws(StoreProblem) {
    self.path = path
    self.queue = try DatabaseFile.openForReading(path)
  }

  // MARK: Rates

  package func latestRates() throws(StoreProblem) -> [LatestRate] {
    try reading { db in try RateQueries(db: db).latest() }
  }

  package func recentRates(_ count: Int) throws(StoreProblem) -> [Series: [Rate]] {
    try reading { db in try RateQueries(db: db).recent(count) }
  }

  package func rates(asOf instant: Timestamp?) throws(StoreProblem) -> [RateAsOf] {
    try reading { db in try RateQueries(db: db).rates(asOf: instant) }
  }

  package func rates(upTo day: CalendarDay) throws(StoreProblem) -> [RateAsOf] {
    try reading { db in try RateQueries(db: db).rates(upTo: day) }
  }

  package func history(_ query: HistoryQuery) throws(StoreProblem) -> [HistoryRow] {
    try reading { db in try HistoryQueries(db: db).history(query) }
  }

  // MARK: Sources and publications

  package func sources() throws(StoreProblem) -> [SourceName: SourceState] {
    try reading { db in try StateQueries(db: db).sources() }
  }

  package func historyStarts() throws(StoreProblem) -> [SourceName: Timestamp] {
    try reading { db in try PublicationQueries(db: db).historyStarts() }
  }

  package func publication(
    _ number: Int64, of source: SourceName
  ) throws(StoreProblem) -> Publication? {
    try reading { db in try PublicationQueries(db: db).publication(number, of: source) }
  }

  package func publications(
    of sources: Set<SourceName>, until: Timestamp?
  ) throws(StoreProblem) -> [PastPublication] {
    try reading { db in try PublicationQueries(db: db).publications(of: sources, until: until) }
  }

  // MARK: Alerts

  package func alerts(all: Bool) throws(StoreProblem) -> [AlertRecord] {
    try reading { db in try AlertQueries(db: db).alerts(all: all) }
  }

  package func alert(_ id: String) throws(StoreProblem) -> AlertRecord? {
    try reading { db in try AlertQueries(db: db).alert(id) }
  }

  package func latestAlerts(
    of pair: CurrencyPair?, limit: Int
  ) throws(StoreProblem) -> [AlertRecord] {
    try reading { db in try AlertQueries(db: db).latest(of: pair, limit: limit) }
  }

  package func activeAlerts() throws(StoreProblem) -> [ActiveAlert] {
    try reading { db in try AlertQueries(db: db).active() }
  }

  package func progress(ofRule name: String) throws(StoreProblem) -> [Series: AlertProgress] {
    try reading { db in try AlertQueries(db: db).progress(ofRule: name) }
  }

  package func suppressions(at now: Timestamp?) throws(StoreProblem) -> Suppressions {
    try reading { db in try SuppressionQueries(db: db).suppressions(at: now) }
  }

  // MARK: Events and deliveries

  package func alerts(
    beginningWith text: String, limit: Int
  ) throws(StoreProblem) -> [String] {
    try reading { db in
      try EventQueries(db: db).identifiers(in: "alert", beginningWith: text, limit: limit)
    }
  }

  package func events(
    beginningWith text: String, limit: Int
  ) throws(StoreProblem) -> [String] {
    try reading { db in
      try EventQueries(db: db).identifiers(in: "event", beginningWith: text, limit: limit)
    }
  }

  package func identifier(ofEvent text: String) throws(StoreProblem) -> String {
    try reading { db in try EventQueries(db: db).identifier(ofEvent: text) }
  }

  package func notification(_ id: String) throws(StoreProblem) -> Notification? {
    try reading { db in try EventQueries(db: db).notification(id) }
  }

  package func events(ofAlert id: String) throws(StoreProblem) -> [Int64] {
    try reading { db in try EventQueries(db: db).events(ofAlert: id) }
  }

  package func deliveries(
    _ state: DeliveryState?, ofEvent id: String?
  ) throws(StoreProblem) -> [DeliveryRecord] {
    try reading { db in try DeliveryQueries(db: db).deliveries(state, ofEvent: id) }
  }

  package func latestDeliveries(
    _ query: DeliveryQuery
  ) throws(StoreProblem) -> [DeliveryRecord] {
    try reading { db in try DeliveryQueries(db: db).latest(query) }
  }

  package func events(
    after sequence: Int64, limit: Int
  ) throws(StoreProblem) -> [NumberedEvent] {
    try reading { db in try EventQueries(db: db).events(after: sequence, limit: limit) }
  }

  package func latestEvent() throws(StoreProblem) -> Int64 {
    try reading { db in try EventQueries(db: db).latest() }
  }

  package func commitMark() throws(StoreProblem) -> Int64 {
    try reading { db in
      try db.first("PRAGMA data_version") { try $0.integer("data_version") } ?? 0
    }
  }

  package func attempts(
    ofEvent sequence: Int64, to notifier: String
  ) throws(StoreProblem) -> [DeliveryAttempt] {
    try reading { db in try DeliveryQueries(db: db).attempts(ofEvent: sequence, to: notifier) }
  }

  // MARK: Verification

  package func verify(
    progress: (_ percent: Int) -> Void
  ) throws(StoreProblem) -> StoreVerification {
    try reading { db in
      var verifier = StoreVerifier(db: db)
      try verifier.run(progress: progress)
      return verifier.result
    }
  }

  /// Reads one consistent state for as long as `work` lasts.
  private func reading<Answer>(
    _ work: (Database) throws -> Answer
  ) throws(StoreProblem) -> Answer {
    do { return try queue.read(work) } catch { throw StoreProblem(error, at: path) }
  }
}
