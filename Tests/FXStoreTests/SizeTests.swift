import FXCore
import FXStore
import Foundation
import GRDB
import StoreSuite
import Testing

@Suite("The size of the database")
struct SizeTests {
  @Test("A stored rate takes at most 40 bytes, publications and indexes included")
  func bytesPerRate() async throws {
    let fixture = try StoreFixture()
    let store = try fixture.store()
    let codes = (0..<100).map { number in
      let letters = [number / 10, number % 10].map { String(UnicodeScalar(UInt8(65 + $0))) }
      return "X\(letters.joined())/USD"
    }
    let rounds: Int64 = 100
    for number in 1...rounds {
      var rates: [String: String] = [:]
      for (index, code) in codes.enumerated() {
        rates[code] = "1.\(10_000 + (Int(number) * 7919 + index * 104_729) % 90_000)"
      }
      let moment = Timestamp(milliseconds: 1_767_225_600_123 + number * 900_000)
      try await store.apply(Changeset("cbu", number, valueDate: moment.day, at: moment, rates))
    }
    try await store.close()
    let bytes = try await fixture.stranger().read { db in
      try Int.fetchOne(
        db,
        sql: """
          SELECT sum(pgsize) FROM dbstat
          WHERE name IN (
            'observation', 'publication', 'publication_day',
            'publication_first_seen')
          """) ?? 0
    }
    #expect((1...40).contains(bytes / (Int(rounds) * codes.count)))
  }

  @Test("Of pairs that a source no longer prints only the newest are loaded")
  func unlistedSeries() async throws {
    let fixture = try StoreFixture()
    let store = try fixture.store()
    let names = (0..<2000).map { number in
      let letters = [number / 676, number / 26 % 26, number % 26].map {
        String(UnicodeScalar(UInt8(65 + $0)))
      }
      return letters.joined() + "/USD"
    }
    let start = Timestamp(milliseconds: 1_767_225_600_000)
    for number in stride(from: 0, to: names.count, by: 500) {
      var changes = try Changeset(
        "bank", Int64(number / 500 + 1), at: start + .seconds(number),
        Dictionary(uniqueKeysWithValues: names[number..<number + 500].map { ($0, "1.5") }))
      if number > 0 {
        changes.vanished = names[number - 500..<number].compactMap { name in
          CurrencyPair(name).map { Series(source: SourceName("bank"), pair: $0, side: .mid) }
        }
      }
      try await store.apply(changes)
    }
    let loaded = try await store.load(reach: .none, now: start + .seconds(10_000)).series
    #expect(loaded.count(where: \.isListed) == 500)
    #expect(loaded.count(where: { !$0.isListed }) == 1000)
  }

  @Test("A checkpoint runs at the latest when the log has 4096 pages")
  func log() async throws {
    let fixture = try StoreFixture()
    let store = try fixture.store()
    for sequence in 1...60 { try await store.apply(large(sequence)) }
    try await store.answer()
    let log = try FileManager.default.attributesOfItem(atPath: fixture.path + "-wal")
    let bytes = try #require(log[.size] as? Int)
    #expect((4 << 20...18 << 20).contains(bytes))
  }

  @Test(
    "A checkpoint runs a second after the log has 1000 pages, and not before",
    .timeLimit(.minutes(1)))
  func quietLog() async throws {
    let fixture = try StoreFixture()
    let store = try fixture.store()
    let start = SuspendingClock.now
    for sequence in 1...5 { try await store.apply(large(sequence)) }
    let first = try salt(of: fixture)
    var sequence = 5
    while try salt(of: fixture) == first {
      sequence += 1
      var small = Changeset()
      small.events = [event(Int64(sequence), at: instant(day: 1), to: [])]
      try await store.apply(small)
      // Few commits, so that the log does not reach its utmost first.
      for _ in 0..<500 { try await store.answer() }
    }
    #expect(SuspendingClock.now - start >= .seconds(1))
  }

  /// Returns an event of a mebibyte.
  private func large(_ sequence: Int) -> Changeset {
    var changeset = Changeset()
    changeset.events = [
      OutboxEvent(
        sequence: Int64(sequence),
        notification: Notification(
          id: "event-\(sequence)", type: .digest, timestamp: instant(day: 1),
          data: .string(String(repeating: "x", count: 1 << 20))),
        orderingKey: "lane", recipients: [])
    ]
    return changeset
  }

  /// Returns the part of the log's header that changes each time it starts again
  /// (https://www.sqlite.org/fileformat.html#the_write_ahead_log).
  private func salt(of fixture: StoreFixture) throws -> Data {
    let log = try FileHandle(forReadingFrom: URL(filePath: fixture.path + "-wal"))
    return try #require(try log.read(upToCount: 24))[16...]
  }
}
