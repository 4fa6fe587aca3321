import FXCore
import FXStore
import Foundation
import GRDB
import StoreSuite
import Testing

@Suite("Damaged values")
struct DamagedValueTests {
  private let fixture: StoreFixture

  init() throws { fixture = try StoreFixture() }

  private static let repair =
    "the file is damaged or was changed by another program: 'fxwatch store verify' lists all damage; "
    + "stop fxwatch and put back a backup"

  /// Creates a database with one of each kind of row, and writes a statement into it.
  private func damage(_ sql: String) async throws {
    try await fixture.createVersion2()
    try await fixture.store().close()
    try await fixture.stranger().write { db in
      try db.execute(sql: "PRAGMA ignore_check_constraints = 1")
      try db.execute(sql: sql)
    }
  }

  private func load() async throws {
    let store = try fixture.store()
    _ = try await store.load(window: .seconds(86_400 * 400), now: instant(day: 10))
    try await store.close()
  }

  @Test(
    "are reported with table and key, and with what to do",
    arguments: [
      (
        "UPDATE observation SET scale = 99 WHERE series_id = 1 AND publication = 1",
        "table observation, series ecb EUR/USD, publication 1: scale is 99, which fxwatch does "
          + "not write"
      ),
      (
        "UPDATE observation SET nominal = 0 WHERE series_id = 1 AND publication = 2",
        "table observation, series ecb EUR/USD, publication 2: nominal is 0, which fxwatch does "
          + "not write"
      ),
      (
        "UPDATE publication SET first_seen = \(Int64.min) WHERE source_id = 1 AND number = 1",
        "table publication, series ecb EUR/RUB, publication 1: first_seen is "
          + "-9223372036854775808, which fxwatch does not write"
      ),
      (
        "UPDATE source_state SET due = 1000000000000000 WHERE source_id = 1",
        "table source_state, name ecb: due is 1000000000000000, which fxwatch does not write"
      ),
      (
        "UPDATE series SET base = 'eur' WHERE id = 1",
        "table series, id 1, source_id 1, source ecb, base eur, quote USD, side mid: base is not a "
          + "value that fxwatch writes"
      ),
      (
        "UPDATE alert_state SET phase = 'asleep' WHERE rule = 'once'",
        "table alert_state, rule once, source ecb, base EUR, quote USD, side mid: phase is not a "
          + "value that fxwatch writes"
      ),
      (
        "UPDATE alert_state SET turns = '3 x' WHERE turns = '3 17'",
        "table alert_state, rule big-move, source ecb, base EUR, quote USD, side mid: turns is not a "
          + "value that fxwatch writes"
      ),
      (
        "UPDATE silence SET matchers = '[1]' WHERE id = 1",
        "table silence, id 1: is not a row that fxwatch writes"
      ),
      (
        "UPDATE disabled_notifier SET reason = CAST(x'61ff' AS TEXT)",
        "table disabled_notifier, name mail: reason is not a value that fxwatch writes"
      ),
      (
        "DELETE FROM meta",
        "table meta, key installation: is missing, and fxwatch always writes it"
      ),
    ])
  func sentences(sql: String, sentence: String) async throws {
    try await damage(sql)
    await #expect(
      throws: StoreProblem(.permanent, "\(fixture.path): \(sentence); \(Self.repair)")
    ) { try await load() }
  }

  @Test("of any integer column trap neither the daemon nor a command")
  func integers() async throws {
    try await fixture.createVersion2()
    try await fixture.store().close()
    let original = try Data(contentsOf: URL(fileURLWithPath: fixture.path))
    var reports = 0
    for column in try await integerColumns() {
      for value in [Int64.min, .max, 99, -1, 1_000_000_000_000_000] {
        for ending in ["-wal", "-shm"] {
          try? FileManager.default.removeItem(atPath: fixture.path + ending)
        }
        try original.write(to: URL(fileURLWithPath: fixture.path))
        let stranger = try fixture.stranger()
        try await stranger.writeWithoutTransaction { db in
          try db.execute(sql: "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = 1")
          try db.execute(
            sql: "UPDATE OR IGNORE \(column.table) SET \(column.name) = ?", arguments: [value])
        }
        try stranger.close()
        reports += try await useAll()
      }
    }
    #expect(reports > 200)
  }

  /// Returns the integer columns of all tables that can be updated.
  private func integerColumns() async throws -> [(table: String, name: String)] {
    try await fixture.stranger().read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT m.name AS "table", c.name FROM sqlite_master m, pragma_table_xinfo(m.name) c
          WHERE m.type = 'table' AND c.type = 'INTEGER' AND c.hidden = 0
            AND m.name NOT LIKE 'sqlite%'
          """
      ).map { ($0["table"], $0["name"]) }
    }
  }

  /// Reads everything as the daemon and commands do; returns how many readings reported damage.
  private func useAll() async throws -> Int {
    var reports = 0
    func use<Answer>(_ work: () async throws -> Answer) async throws {
      do { _ = try await work() } catch let problem as StoreProblem {
        #expect(problem.message.hasPrefix(fixture.path + ": "))
        reports += 1
      }
    }
    try await use { try await load() }
    let (pair, now) = (try unwrapped(CurrencyPair("EUR/USD")), instant(day: 10))
    for reader in [try fixture.reader()] {
      try await use { try reader.latestRates() }
      try await use { try reader.recentRates(5) }
      try await use { try reader.rates(asOf: now).map { "\($0)" } }
      try await use { try reader.history(HistoryQuery(pair: pair)).map { "\($0)" } }
      try await use { try reader.sources().map { "\($0)" } }
      try await use { try reader.historyStarts() }
      try await use { try reader.publication(1, of: SourceName("ecb")) }
      try await use {
        try reader.publications(of: [SourceName("ecb"), SourceName("timesca")], until: nil)
      }
      try await use { try reader.alerts(all: true).map { "\($0)" } }
      try await use { try reader.activeAlerts() }
      try await use { try reader.suppressions(at: now) }
      try await use { try reader.deliveries(nil, ofEvent: nil) }
      try await use { try reader.attempts(ofEvent: 1, to: "ops") }
      try await use { try reader.notification("event_a1b2_1") }
      try await use { try reader.events(ofAlert: "alert_a1b2_1") }
    }
    return reports
  }
}
