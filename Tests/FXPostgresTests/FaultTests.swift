import FXCore
import FXPostgres
import StoreSuite
import Testing

@Suite("Faults of a PostgreSQL database")
struct FaultTests {
  private let server: PostgresServer
  private let database: String
  private let target: PostgresTarget

  init() throws {
    server = try PostgresServer.shared.get()
    database = try server.newDatabase()
    target = try PostgresTarget(database, password: nil)
  }

  private var opener: PostgresStoreOpener { PostgresStoreOpener(target) }

  /// Returns the problem of opening a database for reading.
  private func problem(of connection: String) throws -> StoreProblem? {
    let target = try PostgresTarget(connection, password: nil)
    do throws(StoreProblem) {
      _ = try PostgresStoreOpener(target).openForReading()
      return nil
    } catch {
      return error
    }
  }

  @Test("A server that does not run can be there later; the sentence has what to check")
  func unreachable() throws {
    let problem = try #require(try problem(of: "host=127.0.0.1 port=1 dbname=fx"))
    #expect(problem.kind == .temporary)
    #expect(
      problem.message
        == "PostgreSQL database 'fx' at 127.0.0.1: cannot be reached (Connection refused); check that"
        + " the server runs and that host and port are right")
  }

  @Test("A missing database is reported with the command that creates it")
  func missing() throws {
    let problem = try #require(
      try problem(of: "host=\(server.directory) user=fxwatch dbname=nowhere"))
    #expect(problem.kind == .permanent)
    #expect(problem.message.hasSuffix("'createuser' and 'createdb --owner=USER DATABASE'"))
  }

  @Test("A newer database is refused, and is not changed")
  func newer() async throws {
    _ = try await opener.openForEngine()
    try server.run("UPDATE fxwatch.meta SET value = '999' WHERE key = 'schema'", in: database)
    await #expect(throws: StoreProblem.self) { try await opener.openForEngine() }
    #expect(try #require(try problem(of: database)).message.contains("by a newer fxwatch"))
  }

  @Test("A server without a synchronous standby is warned about, one with one is not")
  func synchronousStandby() throws {
    #expect(opener.warnings().count == 1)
    #expect(opener.warnings().allSatisfy { $0.contains("no synchronous standby is configured") })
    let name = "\(database.split(separator: "=").last ?? "")"
    // As of this session only: for the server as a whole every commit of the other tests would wait.
    try server.run("CREATE SCHEMA fxwatch_settings", in: database)
    try server.run(
      """
      CREATE FUNCTION fxwatch_settings.current_setting(text) RETURNS text LANGUAGE sql AS $$
        SELECT 'db2' $$
      """, in: database)
    try server.run(
      "ALTER DATABASE \(name) SET search_path = fxwatch_settings, pg_catalog, public", in: database)
    #expect(opener.warnings().isEmpty)
  }

  @Test("A database that became read-only is a fault that can end, and nothing is stored")
  func readOnly() async throws {
    let store = try await opener.openForEngine()
    let changeset = try Changeset("ecb", 1, at: instant(day: 1), ["EUR/USD": "1.1"])
    try server.run(
      "ALTER ROLE fxwatch IN DATABASE \(database.split(separator: "=").last ?? "") SET"
        + " default_transaction_read_only = on", in: database)
    try server.run(
      """
      SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid()
      """, in: database)
    for _ in 0..<2 {
      do throws(StoreProblem) {
        try await store.apply(changeset)
        Issue.record("stored in a database that is read-only")
      } catch {
        #expect(error.kind == .temporary)
      }
    }
  }

  @Test(
    "A connection string is checked, and no part of a secret is printed",
    arguments: [
      ("host=a password=hunter2", "the password must not be in the connection string"),
      ("postgresql://me:hunter2@a/fx", "the password must not be in the connection string"),
      ("hots=a", "invalid connection option \"hots\""),
      ("host=a,b port=1,2,3", "as many ports as hosts are needed"),
    ])
  func connectionStrings(_ text: String, _ expected: String) throws {
    do throws(StoreProblem) {
      _ = try PostgresTarget(text, password: nil)
      Issue.record("accepted")
    } catch {
      #expect(error.message.hasPrefix(expected))
      #expect(!error.message.contains("hunter2"))
    }
  }

  @Test("A damaged value is reported with its column")
  func damage() async throws {
    let store = try await opener.openForEngine()
    try await store.apply(try Changeset("ecb", 1, at: instant(day: 1), ["EUR/USD": "1.1"]))
    try server.run("UPDATE fxwatch.observation SET scale = 99", in: database)
    #expect(throws: StoreProblem.self) { try opener.openForReading().latestRates() }
    let found = try opener.openForReading().verify { _ in }
    #expect(
      found.findings
        == [
          .init(
            table: "observation", key: "row 1",
            problem: "scale is not a value that fxwatch writes")
        ])
  }
}
