import FXCore
import Testing

/// The ledger of delivery attempts.
struct LedgerChecks: StoreCheck {
  static let all: [StoreBehaviour] = [
    promise("Attempts are kept in their order even if the clock steps back") {
      try await $0.clockStepsBack()
    },
    promise("Attempts are recorded after a replay too") {
      try await $0.replayed()
    },
    promise("A result is stored once, and none after the end of a delivery") {
      try await $0.once()
    },
    promise("A step of the clock moves open deliveries, once") {
      try await $0.clockStep()
    },
    promise("The data of an alert and of its event are the same") {
      try await $0.evidence()
    },
  ]

  private let opener: any StoreOpener
  private let store: any EngineStore

  init(_ opener: any StoreOpener) async throws {
    self.opener = opener
    store = try await opener.openForEngine()
    var changeset = Changeset()
    changeset.events = [event(1, at: instant(day: 1), to: ["ops"])]
    try await store.apply(changeset)
  }

  /// Stores the result of an attempt.
  private func record(
    _ attempts: Int, at instant: Timestamp, _ result: DeliveryResult.State, _ detail: String
  ) async throws {
    var changeset = Changeset()
    changeset.deliveryResults = [
      DeliveryResult(
        sequence: 1, notifier: "ops", attempts: attempts, at: instant, state: result,
        detail: detail)
    ]
    try await store.apply(changeset)
  }

  /// Returns the details of all attempts.
  private func details() throws -> [String] {
    try opener.openForReading().attempts(ofEvent: 1, to: "ops").map(\.detail)
  }

  /// Returns the detail of the last attempt.
  private func last() throws -> String? {
    try opener.openForReading().deliveries(nil, ofEvent: nil).first?.lastAttempt?.detail
  }

  func clockStepsBack() async throws {
    try await record(1, at: instant(day: 5), .postponed(due: instant(day: 6)), "first")
    try await record(2, at: instant(day: 2), .postponed(due: instant(day: 3)), "second")
    try await record(3, at: instant(day: 2), .postponed(due: instant(day: 3)), "third")
    #expect(try last() == "third")
    #expect(try details() == ["first", "second", "third"])
  }

  func clockStep() async throws {
    try await record(1, at: instant(day: 1), .postponed(due: instant(day: 3)), "first")
    var changeset = Changeset()
    changeset.clockStep = ClockStep(at: instant(day: 12), by: .seconds(10 * 86_400))
    for _ in 0..<2 { try await store.apply(changeset) }
    func times() async throws -> [[Timestamp]] {
      try await store.load(reach: .none, now: instant(day: 20)).outbox.map { [$0.opened, $0.due] }
    }
    #expect(try await times() == [[instant(day: 11), instant(day: 13)]])
    changeset.clockStep = ClockStep(at: instant(day: 3), by: .seconds(-10 * 86_400))
    try await store.apply(changeset)
    #expect(try await times() == [[instant(day: 1), instant(day: 3)]])
  }

  func replayed() async throws {
    try await record(1, at: instant(day: 5), .postponed(due: instant(day: 6)), "first")
    try await record(1, at: instant(day: 5), .dead, "HTTP 410")
    _ = try opener.openForWriting(creating: false).replay(
      DeadLetterSelection(events: [.init(first: "event-1", last: "event-1")], notifier: nil),
      now: instant(day: 4))
    #expect(try last() == "HTTP 410")
    try await record(1, at: instant(day: 4), .delivered, "HTTP 204")
    #expect(try last() == "HTTP 204")
    #expect(try details() == ["first", "HTTP 410", "HTTP 204"])
    #expect(try opener.openForReading().deliveries(.delivered, ofEvent: nil).count == 1)
  }

  func once() async throws {
    for _ in 0..<2 {
      try await record(1, at: instant(day: 5), .postponed(due: instant(day: 6)), "first")
    }
    for _ in 0..<2 { try await record(2, at: instant(day: 6), .delivered, "HTTP 204") }
    try await record(3, at: instant(day: 7), .dead, "too late")
    #expect(try details() == ["first", "HTTP 204"])
    #expect(try opener.openForReading().deliveries(nil, ofEvent: nil).map(\.state) == [.delivered])
  }

  func evidence() async throws {
    let data = JSONValue.object([
      .init("alert_id", .string("alert-2")), .init("summary", .string("moved 2 %")),
    ])
    let key = AlertKey(rule: "moved", series: try series("ecb", "EUR/USD"))
    func event(_ sequence: Int64, _ type: NotificationType, _ data: JSONValue) -> OutboxEvent {
      OutboxEvent(
        sequence: sequence,
        notification: Notification(
          id: "event-\(sequence)", type: type, timestamp: instant(day: 2), data: data),
        orderingKey: "ecb EUR/USD", recipients: ["ops"])
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
    changeset.events = [event(2, .alertFiring, data), event(3, .alertResolved, resolved)]
    try await store.apply(changeset)
    try await store.apply(changeset)

    let reader = try opener.openForReading()
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
