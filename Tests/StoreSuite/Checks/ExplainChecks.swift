import FXCore
import Testing

/// The other questions of commands.
struct ExplainChecks: StoreCheck {
  static let all: [StoreBehaviour] = [
    promise("The start of each source's history is its first fetch") {
      try await $0.beginnings()
    },
    promise("The events of an alert are returned in order") {
      try await $0.events()
    },
    promise("The last rates of each series are returned oldest first") {
      try await $0.recentRates()
    },
  ]

  private let opener: any StoreOpener
  private let store: any EngineStore

  init(_ opener: any StoreOpener) async throws {
    self.opener = opener
    store = try await opener.openForEngine()
  }

  func beginnings() async throws {
    #expect(try opener.openForReading().historyStarts() == [:])
    try await store.apply(Changeset("ecb", 1, at: instant(day: 3), ["EUR/USD": "1.10"]))
    try await store.apply(Changeset("ecb", 2, at: instant(day: 4), ["EUR/USD": "1.20"]))
    try await store.apply(Changeset("cbu", 1, at: instant(day: 5), ["USD/UZS": "12500"]))
    #expect(
      try opener.openForReading().historyStarts() == [
        SourceName("ecb"): instant(day: 3), SourceName("cbu"): instant(day: 5),
      ])
  }

  func events() async throws {
    var changeset = Changeset()
    for (sequence, alert) in [(1, "alert_a_1"), (2, "alert_a_2"), (3, "alert_a_1")] {
      changeset.events.append(
        OutboxEvent(
          sequence: Int64(sequence),
          notification: Notification(
            id: "event-\(sequence)", type: .alertFiring, timestamp: instant(day: sequence),
            data: .object([.init("alert_id", .string(alert))])),
          orderingKey: "lane", recipients: []))
    }
    try await store.apply(changeset)
    let reader = try opener.openForReading()
    #expect(try reader.events(ofAlert: "alert_a_1") == [1, 3])
    #expect(try reader.events(ofAlert: "alert_a_2") == [2])
    #expect(try reader.events(ofAlert: "alert_a_3") == [])
    #expect(try reader.latestEvent() == 3)
    #expect(try reader.events(after: 1, limit: 5).map(\.notification.id) == ["event-2", "event-3"])
    #expect(try reader.events(after: 0, limit: 1).map(\.sequence) == [1])
    #expect(try reader.events(after: 3, limit: 5) == [])
    let mark = try reader.commitMark()
    #expect(try reader.commitMark() == mark)
    try await store.apply(Changeset("ecb", 1, at: instant(day: 3), ["EUR/USD": "1.10"]))
    #expect(try reader.commitMark() != mark)
  }

  func recentRates() async throws {
    for (day, rate) in ["1.1", "1.2", "1.3", "1.4"].enumerated() {
      try await store.apply(
        Changeset("ecb", Int64(day) + 1, at: instant(day: day + 1), ["EUR/USD": rate]))
    }
    let recent = try opener.openForReading().recentRates(3)
    #expect(
      recent.mapValues { $0.map(\.printed.description) }
        == [try series("ecb", "EUR/USD"): ["1.2", "1.3", "1.4"]])
  }
}
