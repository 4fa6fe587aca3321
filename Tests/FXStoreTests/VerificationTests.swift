import FXCore
import FXStore
import Foundation
import GRDB
import StoreSuite
import Support
import Testing

@Suite("The verification of a database")
struct VerificationTests {
  private let fixture: StoreFixture

  init() throws { fixture = try StoreFixture() }

  /// Creates a database with rows of an earlier version and of this one.
  private func fill() async throws {
    try await fixture.createVersion2()
    let store = try fixture.store()
    try await store.apply(
      Changeset(
        "ecb", 3, valueDate: date(10), at: instant(day: 10), ["EUR/USD": "1.19", "EUR/JPY": "161"]))
    try await store.close()
  }

  private func damage(_ sql: String) async throws {
    try await fixture.stranger().writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = 1")
      try db.execute(sql: sql)
    }
  }

  private func verify() throws -> StoreVerification {
    var progress: [Int] = []
    let result = try fixture.reader().verify { progress.append($0) }
    #expect(progress == progress.sorted())
    #expect(progress.first == 0 && progress.last == 100)
    return result
  }

  @Test("finds nothing in a sound one, and counts the rows without checksums")
  func sound() async throws {
    try await fill()
    let result = try verify()
    #expect(result.findings == [])
    #expect(result.rows > 30)
    #expect((10..<result.rows).contains(result.unchecked))
  }

  @Test("runs beside a daemon and changes nothing")
  func beside() async throws {
    try await fill()
    let store = try fixture.store()
    #expect(try verify().findings == [])
    try await store.apply(seenAgain("ecb", 3, at: instant(day: 11)))
    #expect(try verify().findings == [])
  }

  @Test("lists every damaged row, and reads on behind it")
  func damaged() async throws {
    try await fill()
    try await damage("UPDATE observation SET coefficient = 120 WHERE publication = 3")
    try await damage("UPDATE observation SET scale = 99 WHERE publication = 2 AND series_id = 1")
    try await damage("UPDATE silence SET until = \(Int64.max) WHERE id = 1")
    try await damage("UPDATE delivery SET state = 'lost' WHERE event_sequence = 3")
    try await damage("UPDATE event SET urgency = 'high' WHERE sequence = 2")
    try await damage("DELETE FROM publication WHERE source_id = 1 AND number = 1")
    try await damage("DELETE FROM event WHERE sequence = 4")
    let lines = try verify().findings.map { "\($0.table) | \($0.key) | \($0.problem)" }
    let expected = [
      "held |  | refers to a row of event that is missing",
      "silence | id 1 | until is 9223372036854775807, which fxwatch does not write",
      "delivery | event_sequence 3, notifier ops | state is not a value that fxwatch writes",
      "event | sequence 2, id event_a1b2_2 | urgency is not a value that fxwatch writes",
      "observation | series ecb EUR/USD, publication 2 | scale is 99, which fxwatch does not write",
      "observation | series ecb EUR/USD, publication 3 | the row does not match its checksum",
      "observation | series ecb EUR/USD, publication 1 | its publication is missing",
      "publication | source ecb, number 3 | the row or its observations do not match its checksum",
    ]
    for line in expected { #expect(lines.contains(line), "\(line) is not in \(lines)") }
  }

  @Test("reports random damage that readings report")
  func random() async throws {
    try await fill()
    let original = try Data(contentsOf: URL(fileURLWithPath: fixture.path))
    var random = SeededRandom(seed: 11)
    for _ in 0..<40 {
      var bytes = original
      for _ in 0..<30 { bytes[Int.random(in: 100..<bytes.count, using: &random)] = 0xA7 }
      for ending in ["-wal", "-shm"] {
        try? FileManager.default.removeItem(atPath: fixture.path + ending)
      }
      try bytes.write(to: URL(fileURLWithPath: fixture.path))
      var isReported = false
      do throws(StoreProblem) {
        let reader = try fixture.reader()
        _ = try reader.alerts(all: true)
        _ = try reader.latestRates()
      } catch {
        isReported = true
      }
      do throws(StoreProblem) {
        let result = try fixture.reader().verify { _ in }
        #expect(!isReported || !result.findings.isEmpty)
      } catch {
        #expect(error.message.hasPrefix(fixture.path))
      }
    }
  }
}
