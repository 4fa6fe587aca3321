import FXCore
import Testing

/// Replays of failed deliveries.
struct ReplayChecks: StoreCheck {
  static let all: [StoreBehaviour] = [
    promise("A replayed delivery is open, due at once, and keeps its attempts") {
      try await $0.opens()
    },
    promise("A range is replayed to all notifiers or to one") {
      try await $0.range()
    },
    promise("A replay of a delivery that has not failed changes nothing") {
      try await $0.allOrNothing()
    },
    promise("A delivery is replayed once, and never after it succeeded") {
      try await $0.isExact()
    },
  ]

  private let opener: any StoreOpener
  private let store: any EngineStore
  private let now = instant(day: 9)

  init(_ opener: any StoreOpener) async throws {
    self.opener = opener
    store = try await opener.openForEngine()
  }

  /// Stores three events to two notifiers: all failed at `ops`, the first at `console` too.
  private func storeFailures() async throws {
    var changeset = Changeset()
    changeset.events = (1...3).map { event($0, at: instant(day: Int($0)), to: ["console", "ops"]) }
    changeset.deliveryResults = [(1, "console"), (1, "ops"), (2, "ops"), (3, "ops")].map {
      DeliveryResult(
        sequence: $0.0, notifier: $0.1, attempts: 8, at: instant(day: 4), state: .dead,
        detail: "HTTP 500")
    }
    changeset.disabled = [
      "ops": DisabledNotifier(fingerprint: "1", since: instant(day: 4), reason: "gone")
    ]
    changeset.failing = ["ops": instant(day: 4), "console": instant(day: 5)]
    try await store.apply(changeset)
  }

  /// Replays a range; returns `event notifier` of each.
  private func replay(
    _ first: String, _ last: String? = nil, to notifier: String? = nil
  ) throws(StoreProblem) -> [String] {
    try opener.openForWriting(creating: false).replay(
      DeadLetterSelection(
        events: [.init(first: first, last: last ?? first)], notifier: notifier),
      now: now
    ).map { "\($0.eventID) \($0.notifier)" }
  }

  func opens() async throws {
    try await storeFailures()
    #expect(try replay("event-2") == ["event-2 ops"])
    let state = try await store.load(window: .zero, now: now)
    let entry = try #require(state.outbox.first { $0.sequence == 2 && $0.notifier == "ops" })
    #expect(
      entry
        == OutboxEntry(
          sequence: 2, id: "event-2", notifier: "ops", orderingKey: "timesca KGS/USD", opened: now,
          attempts: 0,
          due: now, summary: "moved \"2 %\"\n"))
    #expect(state.disabled.isEmpty)
    #expect(state.failing == ["console": instant(day: 5)])
    let attempts = try opener.openForReading().attempts(ofEvent: 2, to: "ops")
    #expect(attempts.map(\.detail) == ["HTTP 500"])
  }

  func range() async throws {
    try await storeFailures()
    #expect(try replay("event-1", "event-2", to: "ops") == ["event-1 ops", "event-2 ops"])
    #expect(try replay("event-1", "event-3") == ["event-1 console", "event-3 ops"])
  }

  func allOrNothing() async throws {
    try await storeFailures()
    let before = try await store.load(window: .zero, now: now)
    let selection = DeadLetterSelection(
      events: [.init(first: "event-1", last: "event-1"), .init(first: "lost", last: "lost")],
      notifier: nil)
    #expect(
      throws: StoreProblem.noDeadLetter(of: .init(first: "lost", last: "lost"), to: nil)
    ) {
      try opener.openForWriting(creating: false).replay(selection, now: now)
    }
    #expect(try await store.load(window: .zero, now: now) == before)
  }

  func isExact() async throws {
    try await storeFailures()
    #expect(try replay("event-2") == ["event-2 ops"])
    #expect(throws: StoreProblem.self) { try replay("event-2") }
    var changeset = Changeset()
    changeset.deliveryResults = [
      DeliveryResult(
        sequence: 2, notifier: "ops", attempts: 1, at: now, state: .delivered, detail: "HTTP 204")
    ]
    try await store.apply(changeset)
    #expect(throws: StoreProblem.self) { try replay("event-2") }
    #expect(
      try opener.openForReading().deliveries(.delivered, ofEvent: nil).map(\.eventID) == ["event-2"]
    )
  }
}
