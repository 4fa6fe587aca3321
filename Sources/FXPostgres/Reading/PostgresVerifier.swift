import FXCore

/// Reads every value of the database; what fxwatch does not write is a finding.
struct PostgresVerifier {
  private let session: PostgresSession

  /// The result so far.
  private(set) var result = StoreVerification()

  /// The number of series whose observations are read at once.
  private static let portion = 100

  /// A verification that has not begun.
  init(_ session: PostgresSession) { self.session = session }

  /// Verifies everything; `progress` is called with the percentage that is done.
  mutating func run(progress: (Int) -> Void) throws {
    progress(0)
    let statements: [(String, PostgresStatement, (PostgresRow) throws -> Void)] = [
      ("source_state", StateQueries.sources, { _ = try SourceState($0) }),
      (
        "alert_state", StateQueries.alerts(active: false),
        { _ = (try AlertKey($0), try AlertState($0)) }
      ),
      ("latest_alert", StateQueries.bases, { _ = (try AlertKey($0), try AlertBasis($0)) }),
      ("alert", AlertQueries.alerts(all: true), { _ = try AlertRecord($0) }),
      (
        "event", PostgresStatement("SELECT * FROM fxwatch.reported"),
        { _ = try Notification(parsing: $0) }
      ),
      ("delivery", EventQueries.deliveries(nil, ofEvent: nil), { _ = try DeliveryRecord($0) }),
      (
        "publication",
        PostgresStatement(
          "SELECT * FROM fxwatch.publication JOIN fxwatch.source ON source.id = source_id"),
        { _ = try Publication($0) }
      ),
      ("silence", StateQueries.suppressions(at: nil)[0], { _ = try Silence($0) }),
      ("acknowledgement", StateQueries.suppressions(at: nil)[1], { _ = try Acknowledgement($0) }),
    ]
    for (done, entry) in statements.enumerated() {
      try verify(entry.0, entry.1, entry.2)
      progress(done * 40 / statements.count)
    }
    let series = try session.read(PostgresStatement("SELECT id FROM fxwatch.series ORDER BY id"))
      .map { try $0.integer("id") }
    for start in stride(from: 0, to: series.count, by: Self.portion) {
      let portion = Array(series[start..<min(start + Self.portion, series.count)])
      try verify(
        "observation",
        PostgresStatement(
          """
          SELECT s.id, \(ObservationColumns.all)
          FROM fxwatch.observation o JOIN fxwatch.series s ON s.id = o.series_id
          LEFT JOIN fxwatch.publication p
            ON p.source_id = s.source_id AND p.number = o.publication
          WHERE s.id = ANY ($1)
          """, .integers(portion))
      ) { row in _ = (try row.optionalPoint(), try row.instant("first_seen")) }
      progress(40 + (start + portion.count) * 60 / series.count)
    }
  }

  private mutating func verify(
    _ table: String, _ statement: PostgresStatement, _ read: (PostgresRow) throws -> Void
  ) throws {
    let rows = try session.read(statement)
    for index in 0..<rows.count {
      do { try read(PostgresRow(rows: rows, index: index)) } catch {
        let column = (error as? UnreadableColumn)?.name ?? "the row"
        result.add(
          .init(
            table: table, key: "row \(index + 1)",
            problem: "\(column) is not a value that fxwatch writes"))
      }
    }
    result.rows += rows.count
  }
}
