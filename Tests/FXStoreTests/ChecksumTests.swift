import FXCore
import FXStore
import Foundation
import GRDB
import StoreSuite
import Testing

@Suite("Checksums")
struct ChecksumTests {
  private let fixture: StoreFixture

  init() throws { fixture = try StoreFixture() }

  private static let repair =
    "the file is damaged or was changed by another program: 'fxwatch store verify' lists all damage; "
    + "stop fxwatch and put back a backup"

  /// Stores publications of three days with headlines and changes, an alert and its event.
  private func fill() async throws {
    let store = try fixture.store()
    for changeset in try publicationsWithHeadlines() {
      try await store.apply(changeset)
      // A commit whose answer was lost is repeated.
      try await store.apply(changeset)
    }
    try await store.apply(firedAlert())
    try await store.close()
  }

  private func damage(_ sql: String) async throws {
    try await fixture.stranger().writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA foreign_keys = OFF")
      try db.execute(sql: sql)
    }
  }

  /// Returns the first report of reading everything; nil if there is none.
  private func report() async throws -> String? {
    do {
      let store = try fixture.store()
      _ = try await store.load(window: .seconds(86_400 * 400), now: instant(day: 10))
      _ = try await store.notifications(of: [1, 2])
      try await store.close()
      let reader = try fixture.reader()
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

  @Test("match what was stored, once or twice, by portions and by an import")
  func matching() async throws {
    try await fill()
    let store = try fixture.store()
    var portion = try Changeset(
      "ecb", 3, valueDate: date(3), at: instant(day: 3), ["EUR/CHF": "0.93"])
    portion.publication = try fixture.reader().publication(3, of: SourceName("ecb"))
    try await store.apply(portion)
    try await store.apply(portion)
    // Another rate of the same series in the same publication replaces the first.
    var other = try Changeset(
      "ecb", 3, valueDate: date(3), at: instant(day: 3), ["EUR/CHF": "0.94"])
    other.publication = portion.publication
    try await store.apply(other)
    try await store.close()
    let days = [-2, -1].map { day in
      ImportedHistory.Day(
        valueDate: date(day), published: instant(day: day), bodyHash: "archive",
        headlines: [Headline(title: "Old", link: nil)])
    }
    let rates = [
      ImportedHistory.DayRate(day: date(-2), rate: try rate("1.05"), publishedChange: "+1 %")
    ]
    _ = try fixture.commands().add(
      ImportedHistory(
        source: SourceName("ecb"), days: days,
        rates: [
          try series("ecb", "EUR/USD"): rates,
          try series("ecb", "EUR/SEK"): [
            ImportedHistory.DayRate(day: date(-1), rate: try rate("11"), publishedChange: nil)
          ],
        ]), now: instant(day: 60)
    ) { _, _ in }
    #expect(try await report() == nil)
    for number in [-1, 0] as [Int64] {
      #expect(try fixture.reader().publication(number, of: SourceName("ecb")) != nil)
    }
    let unchecked = try await fixture.stranger().read { db in
      try Int.fetchOne(
        db,
        sql: """
          SELECT (SELECT count(*) FROM observation WHERE checksum IS NULL)
            + (SELECT count(*) FROM publication WHERE checksum IS NULL)
            + (SELECT count(*) FROM alert WHERE checksum IS NULL)
            + (SELECT count(*) FROM event WHERE checksum IS NULL)
          """)
    }
    #expect(unchecked == 0)
  }

  private static let row =
    "table observation, series ecb EUR/USD, publication 2: the row does not "
    + "match its checksum"
  private static let sum =
    "table publication, source ecb, number 2: the row or its observations do "
    + "not match its checksum"

  @Test(
    "tell what was changed",
    arguments: [
      ("UPDATE observation SET coefficient = 13 WHERE publication = 2 AND series_id = 2", row),
      ("UPDATE observation SET nominal = 100 WHERE publication = 2 AND series_id = 2", row),
      ("UPDATE observation SET version = 2 WHERE publication = 2 AND series_id = 2", row),
      (
        "UPDATE observation SET published_change = '+1' WHERE publication = 2 AND series_id = 2",
        row
      ),
      ("DELETE FROM observation WHERE publication = 2 AND series_id = 1", sum),
      ("UPDATE publication SET body_hash = 'other' WHERE number = 2", sum),
      ("UPDATE publication SET headlines = '[[\"Up\",null]]' WHERE number = 2", sum),
      (
        "UPDATE publication SET first_seen = first_seen + 1 WHERE number = 2",
        "table observation, series ecb EUR/JPY, publication 2: the row does not match its checksum"
      ),
      (
        "UPDATE series SET quote = 'USE' WHERE id = 2",
        "table observation, series ecb EUR/USE, publication 3: the row does not match its checksum"
      ),
      (
        "UPDATE alert SET data = '{\"alert_id\":\"alert-2\"}'",
        "table alert, id alert-1: the row does not match its checksum"
      ),
      (
        "UPDATE alert SET severity = 'critical'",
        "table alert, id alert-1: the row does not match its checksum"
      ),
      (
        "UPDATE event SET data = '{}' WHERE sequence = 2",
        "table event, sequence 2: the row does not match its checksum"
      ),
      (
        "UPDATE event SET timestamp = timestamp + 1 WHERE sequence = 2",
        "table event, sequence 2: the row does not match its checksum"
      ),
    ])
  func changed(sql: String, sentence: String) async throws {
    try await fill()
    #expect(try await report() == nil)
    try await damage(sql)
    #expect(try await report() == "\(fixture.path): \(sentence); \(Self.repair)")
  }

  @Test("are absent from rows of an earlier version, which are read as they are")
  func unchecked() async throws {
    try await fixture.createVersion2()
    let store = try fixture.store()
    _ = try await store.load(window: .seconds(86_400 * 400), now: instant(day: 10))
    try await store.apply(
      Changeset("ecb", 3, valueDate: date(10), at: instant(day: 10), ["EUR/USD": "1.19"]))
    try await store.close()
    let reader = try fixture.reader()
    for number in 1...3 as ClosedRange<Int64> {
      #expect(try reader.publication(number, of: SourceName("ecb")) != nil)
    }
  }
}
