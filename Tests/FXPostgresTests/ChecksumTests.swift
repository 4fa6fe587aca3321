import FXCore
import FXPostgres
import StoreSuite
import Testing

@Suite("Checksums of rows in PostgreSQL")
struct ChecksumTests {
  private let server: PostgresServer
  private let database: String
  private let opener: PostgresStoreOpener

  init() throws {
    server = try PostgresServer.shared.get()
    database = try server.newDatabase()
    opener = PostgresStoreOpener(try PostgresTarget(database, password: nil))
  }

  /// Stores publications of three days with headlines and changes, an alert and its event.
  private func fill() async throws {
    let store = try await opener.openForEngine()
    for changeset in try publicationsWithHeadlines() {
      try await store.apply(changeset)
      // A commit whose answer was lost is repeated.
      try await store.apply(changeset)
    }
    try await store.apply(firedAlert())
  }

  /// Returns the first report of reading everything; nil if there is none.
  private func report() async throws -> String? {
    do {
      let store = try await opener.openForEngine()
      _ = try await store.load(window: .seconds(86_400 * 400), now: instant(day: 10))
      _ = try await store.notifications(of: [1, 2])
      _ = try await store.firings(of: ["alert-1"])
      let reader = try opener.openForReading()
      var query = HistoryQuery(pair: try unwrapped(CurrencyPair("EUR/USD")))
      query.allVersions = true
      _ = try reader.history(query)
      _ = try reader.alerts(all: true)
      for number in 1...3 as ClosedRange<Int64> {
        _ = try reader.publication(number, of: SourceName("ecb"))
      }
      return nil
    } catch let problem as StoreProblem {
      return problem.message
    }
  }

  private static let row =
    "table observation, series ecb EUR/USD, publication 2: the row does not match its checksum"
  private static let sum =
    "table publication, source ecb, number 2: the row or its observations do not match its checksum"
  private static let second = """
    WHERE publication = 2
      AND series_id = (SELECT id FROM fxwatch.series WHERE quote = 'USD')
    """

  @Test(
    "tell what was changed, when it is read and when everything is verified",
    arguments: [
      ("UPDATE fxwatch.observation SET coefficient = 13 \(second)", row),
      ("UPDATE fxwatch.observation SET nominal = 100 \(second)", row),
      ("UPDATE fxwatch.observation SET version = 2 \(second)", row),
      ("UPDATE fxwatch.observation SET published_change = '+1' \(second)", row),
      ("DELETE FROM fxwatch.observation \(second)", sum),
      ("UPDATE fxwatch.publication SET body_hash = 'other' WHERE number = 2", sum),
      ("UPDATE fxwatch.publication SET headlines = '[[\"Up\",null]]' WHERE number = 2", sum),
      (
        "UPDATE fxwatch.series SET quote = 'USE' WHERE quote = 'USD'",
        "table observation, series ecb EUR/USE, publication 3: the row does not match its checksum"
      ),
      (
        "UPDATE fxwatch.alert SET data = '{\"alert_id\":\"alert-2\"}'",
        "table alert, id alert-1: the row does not match its checksum"
      ),
      (
        "UPDATE fxwatch.alert SET severity = 'critical'",
        "table alert, id alert-1: the row does not match its checksum"
      ),
      (
        "UPDATE fxwatch.event SET data = '{}' WHERE sequence = 2",
        "table event, sequence 2: the row does not match its checksum"
      ),
      (
        "UPDATE fxwatch.event SET timestamp = timestamp + 1 WHERE sequence = 2",
        "table event, sequence 2: the row does not match its checksum"
      ),
    ])
  func changed(sql: String, sentence: String) async throws {
    try await fill()
    #expect(try await report() == nil)
    let intact = try opener.openForReading().verify { _ in }
    #expect(intact.findings == [])
    #expect(intact.unchecked == 0)
    try server.run(sql, in: database)
    #expect(
      try await report()
        == "\(opener.location): \(sentence); the database is damaged or was changed by another program:"
        + " 'fxwatch store verify' lists all damage; stop fxwatch and put back a backup")
    let found = try opener.openForReading().verify { _ in }
    #expect(
      found.findings.map { "table \($0.table), \($0.key): \($0.problem)" }.contains(sentence))
  }

  @Test("are absent from rows of an earlier version, which are read as they are")
  func unchecked() async throws {
    try await fill()
    for sql in [
      "UPDATE fxwatch.observation SET checksum = NULL",
      """
      UPDATE fxwatch.publication SET checksum = NULL, headlines_checksum = NULL,
        observations_checksum = NULL
      """,
      "UPDATE fxwatch.alert SET checksum = NULL", "UPDATE fxwatch.event SET checksum = NULL",
    ] {
      try server.run(sql, in: database)
    }
    #expect(try await report() == nil)
    let store = try await opener.openForEngine()
    try await store.apply(
      Changeset("ecb", 4, valueDate: date(4), at: instant(day: 4), ["EUR/USD": "1.19"]))
    let found = try opener.openForReading().verify { _ in }
    #expect(found.findings == [])
    // Seven observations, three publications, an alert and two events.
    #expect(found.unchecked == 13)
  }
}
