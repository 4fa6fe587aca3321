import FXCore
import Support
import Testing

@Suite("A scan of open deliveries")
struct OutboxScanTests {
  private static let now = Timestamp(seconds: 1_771_578_000)

  private static func entries(_ chance: inout SeededRandom) -> [OutboxEntry] {
    let keys = Int.random(in: 1...8, using: &chance)
    return (1...Int64.random(in: 17...60, using: &chance)).map { sequence in
      let isDigest = chance.oneIn(20)
      return OutboxEntry(
        sequence: sequence, id: "evt_\(sequence)", notifier: "ops",
        orderingKey: isDigest
          ? "too late \(sequence)" : "key \(Int.random(in: 1...keys, using: &chance))",
        opened: now - .seconds(Int.random(in: 0...100, using: &chance)), attempts: 0,
        due: now + .seconds(Int.random(in: -60...20, using: &chance)),
        severity: Severity.allCases.randomElement(using: &chance) ?? .info, summary: "")
    }
  }

  @Test("chooses as the plain definition does", arguments: 1...300)
  func agrees(seed: UInt64) {
    var chance = SeededRandom(seed: seed)
    let entries = Self.entries(&chance)
    let query = OutboxQuery(
      notifier: "ops", now: Self.now,
      expiredUntil: Self.now - .seconds(Int.random(in: 50...150, using: &chance)),
      expiredReportedFrom: Int.random(in: 1...6, using: &chance),
      limit: Int.random(in: 1...20, using: &chance),
      lookahead: Int.random(in: 1...80, using: &chance))
    var scan = OutboxScan(query)
    for entry in entries where !scan.isComplete {
      scan.add(
        OutboxScan.Row(
          sequence: entry.sequence, orderingKey: entry.orderingKey, opened: entry.opened,
          due: entry.due, severity: entry.severity))
    }
    let page = scan.page(count: entries.count) { sequence in
      entries.first { $0.sequence == sequence }
    }
    #expect(page == OutboxPage(query, plainlyFrom: entries))
  }
}
