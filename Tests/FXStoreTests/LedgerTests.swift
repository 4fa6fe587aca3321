import FXCore
import FXStore
import GRDB
import Testing

@Suite("The ledger of deliveries")
struct LedgerTests {
  private let fixture: StoreFixture
  private let store: SQLiteStore

  init() async throws {
    fixture = try StoreFixture()
    store = try fixture.store()
    var changeset = Changeset()
    changeset.events = [event(1, at: instant(day: 1), to: ["ops"])]
    try await store.apply(changeset)
  }

  private func settle(
    _ attempts: Int, at instant: Timestamp, _ result: Settlement.Result, _ detail: String
  ) async throws {
    var changeset = Changeset()
    changeset.settlements = [
      Settlement(
        sequence: 1, notifier: "ops", attempts: attempts, at: instant, result: result,
        detail: detail)
    ]
    try await store.apply(changeset)
  }

  private func details() throws -> [String] {
    try fixture.reader().attempts(ofEvent: 1, to: "ops").map(\.detail)
  }

  private func last() throws -> String? {
    try fixture.reader().deliveries(nil, ofEvent: nil).first?.lastAttempt?.detail
  }

  @Test("has attempts in the order in which they were made, whatever the clock said")
  func clockStepsBack() async throws {
    try await settle(1, at: instant(day: 5), .postponed(due: instant(day: 6)), "first")
    try await settle(2, at: instant(day: 2), .postponed(due: instant(day: 3)), "second")
    try await settle(3, at: instant(day: 2), .postponed(due: instant(day: 3)), "third")
    #expect(try last() == "third")
    #expect(try details() == ["first", "second", "third"])
  }

  @Test("goes on where a dead letter is put back, though its attempts are counted anew")
  func reopened() async throws {
    try await settle(1, at: instant(day: 5), .postponed(due: instant(day: 6)), "first")
    try await settle(1, at: instant(day: 5), .dead, "given up")
    _ = try fixture.commands().replay(
      DeadLetterSelection(events: [.init(first: "event-1", last: "event-1")], notifier: nil),
      now: instant(day: 4))
    #expect(try last() == "given up")
    try await settle(1, at: instant(day: 4), .delivered, "arrived")
    #expect(try last() == "arrived")
    #expect(try details() == ["first", "given up", "arrived"])
    #expect(try fixture.reader().deliveries(.delivered, ofEvent: nil).count == 1)
  }

  @Test("has each end once, and none of a delivery that is over")
  func once() async throws {
    for _ in 0..<2 {
      try await settle(1, at: instant(day: 5), .postponed(due: instant(day: 6)), "first")
    }
    for _ in 0..<2 { try await settle(2, at: instant(day: 6), .delivered, "arrived") }
    try await settle(3, at: instant(day: 7), .dead, "too late")
    #expect(try details() == ["first", "arrived"])
    #expect(try fixture.reader().deliveries(nil, ofEvent: nil).map(\.state) == [.delivered])
  }

  @Test("costs no planning: its statements are prepared once, whatever is bound to them")
  func plannedOnce() async throws {
    try await settle(1, at: instant(day: 5), .postponed(due: instant(day: 6)), "first")
    try await settle(2, at: instant(day: 6), .postponed(due: instant(day: 7)), "second")
    _ = try await store.notifications(of: [1])
    _ = try await store.changedSuppressions(now: instant(day: 6))
    try await settle(3, at: instant(day: 6), .dead, "given up")
    #expect(try await store.replans() == 0)
  }

  @Test("An alert's evidence stands once, and is what its event tells")
  func evidence() async throws {
    let data = JSONValue.object([
      .init("alert_id", .string("alert-2")), .init("summary", .string("moved 2 %")),
    ])
    let key = AlertKey(rule: "moved", series: try series("ecb", "EUR/USD"))
    func told(_ sequence: Int64, _ type: NotificationType, _ data: JSONValue) -> OutboxEvent {
      OutboxEvent(
        sequence: sequence,
        notification: Notification(
          id: "event-\(sequence)", type: type, timestamp: instant(day: 2), data: data),
        lane: "ecb EUR/USD", recipients: ["ops"])
    }
    let resolved = JSONValue.object([
      .init("alert_id", .string("alert-2")), .init("summary", .string("back again")),
    ])
    var changeset = Changeset()
    changeset.fired = [
      AlertRecord(
        id: "alert-2", key: key, kind: .state, severity: .info, firedAt: instant(day: 2),
        resolvedAt: nil, data: JSONText(data))
    ]
    changeset.events = [told(2, .alertFiring, data), told(3, .alertResolved, resolved)]
    try await store.apply(changeset)
    try await store.apply(changeset)

    let stored = try await fixture.stranger().read { db in
      try String.fetchAll(db, sql: "SELECT data FROM event WHERE sequence > 1 AND data IS NOT NULL")
    }
    #expect(stored == [resolved.description])
    let reader = try fixture.reader()
    #expect(try reader.notification("event-2") == changeset.events[0].notification)
    #expect(
      try await store.notifications(of: [2, 3])
        == [2: changeset.events[0].notification, 3: changeset.events[1].notification])
    #expect(try reader.events(ofAlert: "alert-2") == [2, 3])
    #expect(try reader.alerts(all: true) == changeset.fired)
    let state = try await store.load(window: .zero, now: instant(day: 2))
    #expect(state.outbox.map(\.summary) == ["moved \"2 %\"\n", "moved 2 %", "back again"])
  }
}
