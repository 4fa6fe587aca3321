import FXCore
import FXStore
import FXSystem
import Foundation
import GRDB
import StoreSuite
import Support
import Testing

@Suite("A damaged or unusable database")
struct DamageTests {
  private let fixture: StoreFixture

  init() throws { fixture = try StoreFixture() }

  private static let restore =
    "stop fxwatch, move the file away, and put back a backup or what 'sqlite3 FILE .recover' "
    + "saves; without either, fxwatch starts a new history"

  /// Expects that neither the daemon nor a command can open the database.
  private func expectRefusal(_ kind: StoreProblem.Kind, _ ending: String) {
    let problem = StoreProblem(kind, "\(fixture.path): \(ending)")
    #expect(throws: problem) { try fixture.store() }
    #expect(throws: problem) { try fixture.reader() }
  }

  private func filled(publications: Int64 = 300) async throws {
    let store = try fixture.store()
    for number in 1...publications {
      try await store.apply(
        Changeset(
          "ecb", number, at: instant(day: Int(number)),
          ["EUR/USD": "1.\(number)", "EUR/JPY": "2.\(number)", "EUR/GBP": "3.\(number)"]))
    }
    try await store.close()
  }

  @Test("A database of a newer fxwatch is left alone")
  func newer() async throws {
    try await fixture.store().close()
    try await fixture.stranger().write { db in
      try db.execute(sql: "INSERT INTO grdb_migrations VALUES ('7 things to come')")
    }
    expectRefusal(
      .permanent,
      "was written by a newer fxwatch; run that version, or set another directory under 'state' "
        + "in the config")
  }

  @Test("A database of another program is left alone")
  func stranger() async throws {
    try await fixture.stranger().write { db in
      try db.execute(sql: "CREATE TABLE theirs (id INTEGER)")
    }
    expectRefusal(
      .permanent,
      "is the database of another program; set another directory under 'state' in the config")
  }

  @Test("A file that is no database is left alone")
  func garbage() throws {
    try Data(repeating: 0x41, count: 9000).write(to: URL(fileURLWithPath: fixture.path))
    expectRefusal(.permanent, "is not a database; \(Self.restore)")
  }

  @Test("A truncated database is reported as damaged, and nothing traps")
  func truncated() async throws {
    try await filled()
    let handle = try #require(FileHandle(forWritingAtPath: fixture.path))
    try handle.truncate(atOffset: 4096 * 12)
    try handle.close()
    let damaged = StoreProblem(.permanent, "\(fixture.path): is damaged; \(Self.restore)")
    await #expect(throws: damaged) {
      let store = try fixture.store()
      _ = try await store.load(window: .seconds(86_400 * 400), now: instant(day: 301))
    }
  }

  @Test("Reading pages of random bytes returns an answer or throws a message")
  func scribbled() async throws {
    try await filled(publications: 60)
    let original = try Data(contentsOf: URL(fileURLWithPath: fixture.path))
    var random = SeededRandom(seed: 7)
    var query = HistoryQuery(pair: try series("ecb", "EUR/USD").pair)
    query.allVersions = true
    for _ in 0..<60 {
      var bytes = original
      for _ in 0..<40 { bytes[Int.random(in: 100..<bytes.count, using: &random)] = 0xA7 }
      try bytes.write(to: URL(fileURLWithPath: fixture.path))
      do throws(StoreProblem) {
        let store = try fixture.store()
        _ = try await store.load(window: .seconds(86_400 * 400), now: instant(day: 301))
        try await store.close()
        _ = try fixture.reader().history(query)
      } catch {
        #expect(error.message.hasPrefix("\(fixture.path): "))
      }
    }
  }

  @Test("A directory in place of the file is reported")
  func directory() throws {
    try FileManager.default.createDirectory(
      atPath: fixture.path, withIntermediateDirectories: false)
    expectRefusal(
      .permanent,
      "is a directory; move it away, or set another directory under 'state' in the config")
  }

  @Test("A missing state directory is reported")
  func missingDirectory() throws {
    try FileManager.default.removeItem(atPath: fixture.directory)
    #expect(
      throws: StoreProblem(
        .permanent,
        "\(fixture.path): cannot be opened; check that its directory exists and that this user has "
          + "access to both")
    ) { try fixture.store() }
  }

  @Test("A command before the daemon's first run reports that, and creates no file")
  func neverRun() async throws {
    let problem = StoreProblem(
      .permanent,
      "\(fixture.path): no history yet: the daemon of this version has not run with this state "
        + "directory; start it with 'fxwatch run', or set the right directory under 'state' in the "
        + "config")
    #expect(throws: problem) { try fixture.reader() }
    #expect(!FileManager.default.fileExists(atPath: fixture.path))
    try Data().write(to: URL(fileURLWithPath: fixture.path))
    #expect(throws: problem) { try fixture.reader() }
    try await fixture.store().close()
    try await fixture.stranger().write { db in try db.execute(sql: "DELETE FROM grdb_migrations") }
    #expect(throws: problem) { try fixture.reader() }
  }

  @Test("A read-only database is refused by the daemon and read by commands")
  func readOnly() async throws {
    try await filled(publications: 3)
    let uri = "file:\(fixture.path)?mode=ro"
    #expect(
      throws: StoreProblem(
        .permanent,
        "\(uri): no write access; give the user that runs fxwatch write access to the file and its "
          + "directory")
    ) { try SQLiteStore(path: uri, lane: Lane(label: "test")) }
    #expect(try fixture.reader().latestRates().count == 3)
  }

  @Test("A full disk is temporary: the same changeset succeeds once there is space")
  func full() async throws {
    var changeset = Changeset()
    changeset.events = (1...1200).map { event($0, at: instant(day: 1), to: ["ops"]) }
    let store = try fixture.store(maximumPages: 40)
    let before = try await store.load(window: .zero, now: instant(day: 2))
    await #expect(
      throws: StoreProblem(.temporary, "\(fixture.path): the disk is full; free some space")
    ) { try await store.apply(changeset) }
    #expect(try await store.load(window: .zero, now: instant(day: 2)) == before)
    try await store.close()
    let roomy = try fixture.store()
    try await roomy.apply(changeset)
    #expect(try await roomy.load(window: .zero, now: instant(day: 2)).waiting == ["ops": 1200])
  }

  @Test("Another program's lock is temporary; commands read meanwhile")
  func busy() async throws {
    let store = try fixture.store()
    let changeset = try Changeset("ecb", 1, at: instant(day: 1), ["EUR/USD": "1"])
    let stranger = try fixture.stranger()
    try await stranger.writeWithoutTransaction { db in try db.execute(sql: "BEGIN IMMEDIATE") }
    let problem = StoreProblem(
      .temporary,
      "\(fixture.path): another program is writing to the database; end it, or wait until it "
        + "is done"
    )
    await #expect(throws: problem) { try await store.apply(changeset) }
    #expect(try fixture.reader().latestRates() == [])
    try await stranger.writeWithoutTransaction { db in try db.execute(sql: "ROLLBACK") }
    try await store.apply(changeset)
    #expect(try fixture.reader().latestRates().count == 1)
  }

  @Test(
    "Each of SQLite's errors is temporary if a retry can succeed",
    arguments: [
      (5, .temporary, "another program is writing"), (261, .temporary, "another program"),
      (13, .temporary, "the disk is full"),
      (778, .temporary, "cannot be read or written (SQLite error 778)"),
      (7, .temporary, "not enough memory"), (8, .permanent, "no write access"),
      (1032, .permanent, "no write access"), (14, .permanent, "cannot be opened"),
      (11, .permanent, "is damaged"), (267, .permanent, "is damaged"),
      (26, .permanent, "is not a database"), (19, .permanent, "refused a change (SQLite error 19)"),
    ] as [(Int32, StoreProblem.Kind, String)])
  func codes(code: Int32, kind: StoreProblem.Kind, fragment: String) {
    let problem = StoreProblem(sqliteCode: code, at: "/var/lib/fxwatch/fxwatch.db")
    #expect(problem.kind == kind)
    #expect(problem.message.hasPrefix("/var/lib/fxwatch/fxwatch.db: "))
    #expect(problem.message.contains(fragment))
    #expect(problem.message.contains("; "))
  }
}
