import FXCore
import FXPostgres
import StoreSuite
import Testing

@Suite("A copy of a store")
struct CopyTests {
  @Test("has the same rows, and can be begun again")
  func copied() async throws {
    let (first, second) = (try PostgresServer.newStore(), try PostgresServer.newStore())
    let store = try await first.openForEngine()
    var changeset = try Changeset(
      "ecb", 1, valueDate: date(1), at: instant(day: 1), ["EUR/USD": "1.1"], vanished: ["EUR/RUB"])
    changeset.sources = [SourceName("ecb"): SourceState()]
    changeset.events = [event(1, at: instant(day: 1), to: ["ops"])]
    try await store.apply(changeset)
    var parts: [String] = []
    func copy() throws(StoreProblem) -> Int {
      try StoreCopy(
        from: try first.openForCopying(creating: false),
        to: try second.openForCopying(creating: true)
      ).run { part, percent in parts.append("\(part) \(percent)") }
    }
    let rows = try copy()
    #expect(rows > 7)
    #expect(parts.last == "comparing 100")
    #expect(try copy() == rows)
    let copied = try await second.openForEngine()
    let original = try await store.load(window: .seconds(86_400), now: instant(day: 2))
    #expect(try await copied.load(window: .seconds(86_400), now: instant(day: 2)) == original)
    // New identifiers follow those that were copied.
    try await copied.apply(try Changeset("cbu", 1, at: instant(day: 2), ["USD/UZS": "12000"]))
    #expect(throws: StoreProblem.self) { try copy() }
  }
}
