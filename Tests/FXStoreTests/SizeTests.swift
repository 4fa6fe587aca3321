import FXCore
import FXStore
import Foundation
import GRDB
import Testing

@Suite("What history costs")
struct SizeTests {
  @Test("A stored figure takes at most 40 bytes, publications and indexes included")
  func bytesPerFigure() async throws {
    let fixture = try StoreFixture()
    let store = try fixture.store()
    let codes = (0..<100).map { number in
      let letters = [number / 10, number % 10].map { String(UnicodeScalar(UInt8(65 + $0))) }
      return "X\(letters.joined())/USD"
    }
    let rounds: Int64 = 100
    for number in 1...rounds {
      var figures: [String: String] = [:]
      for (index, code) in codes.enumerated() {
        figures[code] = "1.\(10_000 + (Int(number) * 7919 + index * 104_729) % 90_000)"
      }
      let moment = Timestamp(milliseconds: 1_767_225_600_123 + number * 900_000)
      try await store.apply(published("cbu", number, valueDate: moment.day, at: moment, figures))
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

  @Test("The log is taken over into the database between commits, and does not grow with them")
  func log() async throws {
    let fixture = try StoreFixture()
    let store = try fixture.store()
    for sequence in 1...20 {
      var changeset = Changeset()
      changeset.events = [
        OutboxEvent(
          sequence: Int64(sequence),
          notification: Notification(
            id: "event-\(sequence)", type: .digest, timestamp: instant(day: 1),
            data: .string(String(repeating: "x", count: 1 << 20))),
          lane: "lane", recipients: [])
      ]
      try await store.apply(changeset)
    }
    try await store.answer()
    let log = try FileManager.default.attributesOfItem(atPath: fixture.path + "-wal")
    let bytes = try #require(log[.size] as? Int)
    // A thousand pages are reached by the fourth commit.
    #expect((4 << 20...6 << 20).contains(bytes))
  }
}
