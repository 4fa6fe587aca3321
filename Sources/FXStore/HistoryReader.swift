package import FXCore
import GRDB

/// Reads what the daemon stored: for commands, beside a running daemon or without one.
///
/// Never changes the database and needs no write access. Each call sees one consistent state and
/// blocks the calling thread for as long as it takes; errors are permanent unless the disk or
/// another program is at fault.
package struct HistoryReader: Sendable {
  /// Where the database lies.
  package let path: String

  private let queue: DatabaseQueue

  /// Opens the database at `path`; throws where the daemon has never run, or another version of it.
  package init(path: String) throws(StoreProblem) {
    self.path = path
    self.queue = try DatabaseFile.openForReading(path)
  }

  /// The latest figure of every series, sorted by series.
  package func latest() throws(StoreProblem) -> [LatestRate] {
    try reading { db in try HistoryQueries(db: db).latest() }
  }

  /// The history of one pair: by series, and in it by day, then in the order it became known.
  ///
  /// Costs the length of the pair's history.
  package func history(_ query: HistoryQuery) throws(StoreProblem) -> [HistoryRow] {
    try reading { db in try HistoryQueries(db: db).history(query) }
  }

  /// How every source fares.
  package func sources() throws(StoreProblem) -> [SourceName: SourceState] {
    try reading { db in try StateQueries(db: db).sources() }
  }

  /// A publication by its number; nil where there is none.
  package func publication(
    _ number: Int64, of source: SourceName
  ) throws(StoreProblem) -> Publication? {
    try reading { db in try HistoryQueries(db: db).publication(number, of: source) }
  }

  /// What fires now, or with `all` everything that ever fired; oldest first.
  package func alerts(all: Bool) throws(StoreProblem) -> [AlertRecord] {
    try reading { db in try OutboxQueries(db: db).alerts(all: all) }
  }

  /// The alerts that are pending or fire, sorted by rule and series.
  package func standings() throws(StoreProblem) -> [StandingAlert] {
    try reading { db in try SilenceQueries(db: db).standings() }
  }

  /// The silences and acknowledgements in force at an instant, or all there ever were.
  package func silences(at now: Timestamp?) throws(StoreProblem) -> SilenceBook {
    try reading { db in
      let queries = SilenceQueries(db: db)
      return SilenceBook(
        silences: try queries.silences(since: now),
        acknowledgements: try queries.acknowledgements(since: now))
    }
  }

  /// The identifier of an event given as the log calls it, by its number, or as receivers do; what
  /// is no number of an event is given back.
  package func identifier(ofEvent text: String) throws(StoreProblem) -> String {
    try reading { db in try OutboxQueries(db: db).identifier(ofEvent: text) }
  }

  /// An event by its identifier; nil where it is not stored, or no longer.
  package func notification(_ id: String) throws(StoreProblem) -> Notification? {
    try reading { db in try OutboxQueries(db: db).notification(id) }
  }

  /// The deliveries in a state, or in any, of an event, or of all; oldest event first.
  package func deliveries(
    _ state: DeliveryState?, ofEvent id: String? = nil
  ) throws(StoreProblem) -> [DeliveryRecord] {
    try reading { db in try OutboxQueries(db: db).deliveries(state, ofEvent: id) }
  }

  /// Every attempt to deliver an event to a notifier, oldest first.
  package func attempts(
    ofEvent sequence: Int64, to notifier: String
  ) throws(StoreProblem) -> [DeliveryAttempt] {
    try reading { db in try OutboxQueries(db: db).attempts(ofEvent: sequence, to: notifier) }
  }

  /// One consistent state for as long as `work` lasts.
  func reading<Answer>(
    _ work: (Database) throws -> Answer
  ) throws(StoreProblem) -> Answer {
    do { return try queue.read(work) } catch { throw StoreProblem(error, at: path) }
  }
}
