import FXCore
import FXStore
import Foundation
import GRDB
import StoreSuite
import Testing

@Suite("A database of an earlier version")
struct UpgradeTests {
  private let fixture: StoreFixture

  init() throws { fixture = try StoreFixture() }

  @Test("has the tables of a new database")
  func tables() async throws {
    func tables(of fixture: StoreFixture) async throws -> Set<String> {
      try await fixture.stranger().read { db in
        try String.fetchSet(
          db, sql: "SELECT name || ': ' || coalesce(sql, '') FROM sqlite_master")
      }
    }
    try await fixture.createVersion2()
    let new = try StoreFixture()
    for fixture in [fixture, new] { try await fixture.store().close() }
    #expect(try await tables(of: fixture) == tables(of: new))
  }

  @Test("is loaded with its sources, rates and alerts")
  func history() async throws {
    try await fixture.createVersion2()
    let state = try await fixture.store().load(window: .seconds(86_400 * 30), now: instant(day: 10))
    #expect(state.installation == "a1b2c3d4e5f60718")
    #expect(state.latestEvent == 4)
    let (ecb, timesca) = (SourceName("ecb"), SourceName("timesca"))
    #expect(state.sources.keys.sorted() == [ecb, timesca])
    #expect(state.sources[ecb]?.validators?.etag == "\"a\"")
    #expect(state.sources[ecb]?.retired == ["BGN", "HRK"].compactMap { Currency($0) })
    #expect(state.sources[ecb]?.staleSince == instant(day: 9))
    #expect(
      state.sources[timesca]?.unfinished
        == .init(bodyHash: "ab", valueDate: date(9), firstSeen: instant(day: 9), lines: 512))
    #expect(
      state.series.map { "\($0.series) \($0.isListed) \($0.points.map(\.rate.printed))" } == [
        "ecb EUR/RUB false [90.50]", "ecb EUR/USD true [1.09, 1.1000, 1.1831]",
        "timesca KGS/USD bid true [0.01056]",
      ])
    #expect(state.series.last?.suspect?.suspicion.guardName == "power-of-ten")
    let (euro, som) = (try series("ecb", "EUR/USD"), try series("timesca", "KGS/USD", .bid))
    #expect(
      state.alerts == [
        AlertKey(rule: "big-move", series: euro): AlertState(
          AlertProgress(
            .firing(alertID: "alert_a1b2_1", since: instant(day: 2)), lastNotified: instant(day: 3),
            transitions: [3, 17], flapping: true), ruleFingerprint: "f1"),
        AlertKey(rule: "big-move", series: som): AlertState(
          .pending(publications: 2, since: instant(day: 8)), ruleFingerprint: "f1"),
        AlertKey(rule: "once", series: euro): AlertState(.retired, ruleFingerprint: "f2"),
      ])
    #expect(
      state.alertBases == [
        AlertKey(rule: "big-move", series: euro): AlertBasis(
          alertID: "alert_a1b2_1", firedAt: instant(day: 2), valueDate: date(2), rate: "1.1000")
      ])
  }

  @Test("is loaded with its open deliveries, held events, silences and notifiers")
  func deliveries() async throws {
    try await fixture.createVersion2()
    let store = try fixture.store()
    let state = try await store.load(window: .zero, now: instant(day: 10))
    #expect(
      state.outbox == [
        OutboxEntry(
          sequence: 1, id: "event_a1b2_1", notifier: "ops", orderingKey: "ecb EUR/USD",
          opened: instant(day: 2),
          attempts: 2,
          due: instant(day: 9, hour: 2), summary: "EUR/USD moved 2 %"),
        OutboxEntry(
          sequence: 2, id: "event_a1b2_2", notifier: "ops", orderingKey: "source ecb",
          opened: instant(day: 9),
          attempts: 0,
          due: instant(day: 9), summary: "ecb is late"),
      ])
    #expect(state.held.map(\.key.sequence) == [2, 4])
    #expect(state.held.map(\.notification.type) == [.sourceStale, .alertReminder])
    #expect(
      state.disabled == [
        "mail": DisabledNotifier(
          fingerprint: "m1", since: instant(day: 9, hour: 1), reason: "554 5.7.1 refused")
      ])
    #expect(state.failing == ["ops": instant(day: 2)])
    #expect(
      state.suppressions
        == Suppressions(
          silences: [
            Silence(
              id: 1,
              matchers: [try SilenceMatcher("rule=big-move"), try SilenceMatcher("pair=*/USD")],
              author: "ana", reason: "known move", created: instant(day: 8),
              until: instant(day: 20))
          ],
          acknowledgements: [
            Acknowledgement(
              id: 1, alertID: "alert_a1b2_1", author: "bob", reason: "on it",
              created: instant(day: 8), until: nil)
          ]))
    let notifications = try await store.notifications(of: [1, 2, 3, 4])
    #expect(
      notifications.sorted { $0.key < $1.key }.map { $0.value["summary"] } == [
        "EUR/USD moved 2 %", "ecb is late", "KGS/USD jumped", "still",
      ])
  }

  @Test("is read by commands as it was")
  func commands() async throws {
    try await fixture.createVersion2()
    try await fixture.store().close()
    let reader = try fixture.reader()
    #expect(
      try reader.alerts(all: true).map(\.id) == ["alert_a1b2_2", "alert_a1b2_1", "alert_a1b2_3"])
    #expect(try reader.alerts(all: false).map(\.id) == ["alert_a1b2_1"])
    #expect(try reader.activeAlerts().map(\.isHeld) == [true, false])
    #expect(
      try reader.deliveries(nil, ofEvent: nil).map { "\($0.sequence) \($0.notifier) \($0.state)" }
        == ["1 console delivered", "1 ops open", "2 mail dead", "2 ops open", "3 ops delivered"])
    #expect(
      try reader.attempts(ofEvent: 1, to: "ops").map(\.detail) == ["HTTP 500", "HTTP 429"])
    #expect(
      try reader.suppressions(at: nil).silences.map(\.ended) == [nil, instant(day: 8, hour: 1)])
    #expect(
      try reader.publication(1, of: SourceName("timesca"))?.headlines == [
        Headline(title: "Som \"steady\"", link: "https://timesca.example/1"),
        Headline(title: "Без ссылки"),
      ])
    var query = HistoryQuery(pair: try unwrapped(CurrencyPair("EUR/USD")))
    query.allVersions = true
    #expect(try reader.history(query).map(\.publication) == [0, 1, 2])
  }

  @Test("goes on: commits, replays and new silences work")
  func continues() async throws {
    try await fixture.createVersion2()
    let store = try fixture.store()
    try await store.apply(
      Changeset("ecb", 3, valueDate: date(10), at: instant(day: 10), ["EUR/USD": "1.19"]))
    let replayed = try fixture.commands().replay(
      DeadLetterSelection(
        events: [.init(first: "event_a1b2_2", last: "event_a1b2_2")], notifier: nil),
      now: instant(day: 10))
    #expect(replayed.map(\.notifier) == ["mail"])
    let silence = try fixture.commands().silence(
      [try SilenceMatcher("source=ecb")], by: try Attribution(author: "ana", reason: "again"),
      from: instant(day: 10), until: instant(day: 11))
    #expect(silence.id == 3)
    let state = try await store.load(window: .zero, now: instant(day: 10))
    #expect(state.outbox.map(\.notifier) == ["ops", "mail", "ops"])
    #expect(state.suppressions.silences.map(\.id) == [1, 3])
    #expect(state.series.map { $0.points.last?.publication } == [1, 3, 1])
  }

  // MARK: Version 1

  /// Reverts the migrations after the first one.
  private func revertToVersion1() async throws {
    try await fixture.stranger().write { db in
      for column in ["hash", "value_date", "first_seen", "lines"] {
        try db.execute(sql: "ALTER TABLE source_state DROP COLUMN unfinished_\(column)")
      }
      try db.execute(sql: "ALTER TABLE source_state DROP COLUMN history")
      for column in ["recipients", "sent", "withheld", "armed", "armed_before"] {
        try db.execute(sql: "ALTER TABLE alert_state DROP COLUMN \(column)")
      }
      // A migration makes it anew.
      for view in try String.fetchAll(db, sql: "SELECT name FROM sqlite_master WHERE type = 'view'")
      {
        try db.execute(sql: "DROP VIEW \(view)")
      }
      for table in ["publication", "observation", "alert", "event"] {
        try db.execute(sql: "ALTER TABLE \(table) DROP COLUMN checksum")
      }
      try db.execute(
        sql: """
          ALTER TABLE event DROP COLUMN urgency;
          DROP INDEX delivery_waiting;
          CREATE INDEX delivery_open ON delivery (event_sequence, notifier) WHERE state = 'open';
          """)
      try db.execute(
        sql: """
          CREATE TABLE rested_alert (
            rule TEXT NOT NULL,
            series_id INTEGER NOT NULL REFERENCES series,
            alert_id TEXT NOT NULL,
            fired_at INTEGER NOT NULL,
            value_date INTEGER NOT NULL,
            rate TEXT NOT NULL,
            PRIMARY KEY (rule, series_id)
          ) STRICT, WITHOUT ROWID;
          INSERT INTO rested_alert SELECT * FROM latest_alert;
          DROP TABLE latest_alert;
          """)
      try db.execute(sql: "DELETE FROM grdb_migrations WHERE identifier NOT LIKE '1 %'")
      try db.execute(sql: "PRAGMA user_version = 1")
    }
  }

  @Test("of version 1 is migrated with all its contents")
  func migration() async throws {
    try await fixture.createVersion2()
    let before = try await fixture.store().load(window: .zero, now: instant(day: 10))
    try await revertToVersion1()
    let after = try await fixture.store().load(window: .zero, now: instant(day: 10))
    var sources = before.sources
    sources[SourceName("timesca")]?.unfinished = nil
    #expect(after.sources == sources)
    #expect(after.series == before.series)
    #expect(after.alerts == before.alerts)
    #expect(after.alertBases == before.alertBases)
    #expect(after.outbox == before.outbox)
    #expect(after.held == before.held)
    #expect(after.suppressions == before.suppressions)
  }

  @Test("is not read by a command before the daemon has migrated it")
  func unmigrated() async throws {
    try await fixture.store().close()
    try await revertToVersion1()
    #expect(throws: StoreProblem.self) { try fixture.reader() }
    try await fixture.store().close()
    #expect(try fixture.reader().sources() == [:])
  }
}
