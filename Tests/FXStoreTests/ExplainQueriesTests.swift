import FXCore
import FXStore
import Testing

@Suite("What an explanation asks of the store")
struct ExplainQueriesTests {
  private let fixture: StoreFixture
  private let store: SQLiteStore

  init() throws {
    fixture = try StoreFixture()
    store = try fixture.store()
  }

  @Test("when each source's history begins")
  func beginnings() async throws {
    #expect(try fixture.reader().historyStarts() == [:])
    try await store.apply(published("ecb", 1, at: instant(day: 3), ["EUR/USD": "1.10"]))
    try await store.apply(published("ecb", 2, at: instant(day: 4), ["EUR/USD": "1.20"]))
    try await store.apply(published("cbu", 1, at: instant(day: 5), ["USD/UZS": "12500"]))
    #expect(
      try fixture.reader().historyStarts() == [
        SourceName("ecb"): instant(day: 3), SourceName("cbu"): instant(day: 5),
      ])
  }

  @Test("the events that told of an alert, in their order, and of no other")
  func events() async throws {
    var changeset = Changeset()
    for (sequence, alert) in [(1, "alert_a_1"), (2, "alert_a_2"), (3, "alert_a_1")] {
      changeset.events.append(
        OutboxEvent(
          sequence: Int64(sequence),
          notification: Notification(
            id: "event-\(sequence)", type: .alertFiring, timestamp: instant(day: sequence),
            data: .object([.init("alert_id", .string(alert))])),
          lane: "lane", recipients: []))
    }
    try await store.apply(changeset)
    let reader = try fixture.reader()
    #expect(try reader.events(ofAlert: "alert_a_1") == [1, 3])
    #expect(try reader.events(ofAlert: "alert_a_2") == [2])
    #expect(try reader.events(ofAlert: "alert_a_3") == [])
  }

  @Test("the last figures of each series, oldest first, and no more than asked for")
  func recentRates() async throws {
    for (day, figure) in ["1.1", "1.2", "1.3", "1.4"].enumerated() {
      try await store.apply(
        published("ecb", Int64(day) + 1, at: instant(day: day + 1), ["EUR/USD": figure]))
    }
    let recent = try fixture.reader().recentRates(3)
    #expect(
      recent.mapValues { $0.map(\.printed.description) }
        == [try series("ecb", "EUR/USD"): ["1.2", "1.3", "1.4"]])
  }
}
