import FXCore
import InMemoryStore
import Support
import Testing

/// Open deliveries that are read as far as they fit in memory.
struct OutboxChecks: StoreCheck {
  static let all: [StoreBehaviour] =
    (1...8).map { seed in
      promise("Open deliveries of seed \(seed) are read as the model reads them") {
        try await $0.read(seed: seed)
      }
    } + [
      promise("Of a notifier with many open deliveries only their number is loaded at a start") {
        try await $0.start()
      },
      promise("Open deliveries of a notifier become dead letters together, once") {
        try await $0.abandoned()
      },
      promise("Expired deliveries become dead letters together, without their digests") {
        try await $0.expired()
      },
    ]

  private let opener: any StoreOpener
  private let store: any EngineStore

  init(_ opener: any StoreOpener) async throws {
    self.opener = opener
    store = try await opener.openForEngine()
  }

  /// Returns events to `ops`, each a minute after the one before.
  private static func events(_ sequences: ClosedRange<Int64>, keys: Int64 = 5) -> [OutboxEvent] {
    sequences.map { sequence in
      OutboxEvent(
        sequence: sequence,
        notification: Notification(
          id: "event-\(sequence)", type: .alertFiring,
          timestamp: instant(day: 1) + .seconds(60 * sequence),
          data: .object([
            .init("summary", .string("moved")),
            .init("severity", .string(Severity.allCases[Int(sequence % 4)].rawValue)),
          ])), orderingKey: "key \(sequence % keys)",
        recipients: sequence % 7 == 0 ? ["ops", "console"] : ["ops"])
    }
  }

  private func read(seed: UInt64) async throws {
    var model = StoreModel()
    var random = SeededRandom(seed: seed)
    var changeset = Changeset()
    changeset.events = Self.events(1...400, keys: Int64.random(in: 1...40, using: &random))
    try await store.apply(changeset)
    try model.apply(changeset)
    for _ in 0..<10 {
      var results = Changeset()
      results.deliveryResults = (0..<30).map { _ in
        let due = instant(day: 1) + .seconds(Int64.random(in: 0...30_000, using: &random))
        return DeliveryResult(
          sequence: Int64.random(in: 1...400, using: &random), notifier: "ops", attempts: 1,
          at: instant(day: 1), state: random.oneIn(2) ? .delivered : .postponed(due: due),
          detail: "")
      }
      try await store.apply(results)
      try model.apply(results)
      for notifier in ["ops", "console", "unused"] {
        let query = OutboxQuery(
          notifier: notifier,
          now: instant(day: 1) + .seconds(Int64.random(in: 0...30_000, using: &random)),
          expiredUntil: instant(day: 1) + .seconds(Int64.random(in: -3000...9000, using: &random)),
          expiredReportedFrom: random.oneIn(2) ? 1 : 100,
          limit: Int.random(in: 1...40, using: &random),
          lookahead: Int.random(in: 1...500, using: &random))
        #expect(try await store.openDeliveries(query) == model.openDeliveries(query))
      }
    }
  }

  private func start() async throws {
    var changeset = Changeset()
    changeset.events = Self.events(1...112)
    try await store.apply(changeset)
    let state = try await store.load(reach: .none, now: instant(day: 2))
    #expect(state.waiting == ["ops": 112, "console": 16])
    #expect(state.outbox.map(\.sequence) == (1...16).map { 7 * $0 })
    #expect(Set(state.outbox.map(\.notifier)) == ["console"])
  }

  private func abandoned() async throws {
    var changeset = Changeset()
    changeset.events = Self.events(1...40)
    changeset.deliveryResults = [
      DeliveryResult(
        sequence: 1, notifier: "ops", attempts: 1, at: instant(day: 2), state: .delivered,
        detail: "HTTP 204")
    ]
    changeset.abandoned = [
      AbandonedDeliveries(notifier: "ops", at: instant(day: 3), detail: "HTTP 410")
    ]
    try await store.apply(changeset)
    try await store.apply(changeset)
    let reader = try opener.openForReading()
    #expect(try reader.deliveries(.delivered, ofEvent: nil).map(\.sequence) == [1])
    #expect(try reader.deliveries(.dead, ofEvent: nil).map(\.sequence) == Array(2...40))
    #expect(
      try reader.deliveries(.open, ofEvent: nil).map(\.notifier)
        == Array(repeating: "console", count: 5))
    #expect(
      try reader.attempts(ofEvent: 2, to: "ops")
        == [DeliveryAttempt(number: 0, at: instant(day: 3), result: .dead, detail: "HTTP 410")])
  }

  private func expired() async throws {
    var changeset = Changeset()
    changeset.events = Self.events(1...3)
    changeset.events.append(
      OutboxEvent(
        sequence: 4,
        notification: Notification(
          id: "event-4", type: .digest, timestamp: instant(day: 1), data: .object([])),
        orderingKey: "too late 1", recipients: ["ops"]))
    changeset.abandoned = [
      AbandonedDeliveries(
        notifier: "ops", openedUntil: instant(day: 1) + .seconds(120), at: instant(day: 3),
        detail: "expired")
    ]
    try await store.apply(changeset)
    let reader = try opener.openForReading()
    #expect(try reader.deliveries(.dead, ofEvent: nil).map(\.sequence) == [1, 2])
    #expect(try reader.deliveries(.open, ofEvent: nil).map(\.sequence) == [3, 4])
  }
}
