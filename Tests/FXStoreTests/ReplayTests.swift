import FXCore
import FXStore
import Testing

@Suite("Dead letters")
struct DeadLettersTests {
  private let fixture: StoreFixture
  private let now = instant(day: 9)

  init() throws { fixture = try StoreFixture() }

  /// Three events to two notifiers: all dead at `ops`, the first dead at `console` too.
  private func prepare() async throws -> SQLiteStore {
    let store = try fixture.store()
    var changeset = Changeset()
    changeset.events = (1...3).map { event($0, at: instant(day: Int($0)), to: ["console", "ops"]) }
    changeset.settlements = [(1, "console"), (1, "ops"), (2, "ops"), (3, "ops")].map {
      Settlement(
        sequence: $0.0, notifier: $0.1, attempts: 8, at: instant(day: 4), result: .dead,
        detail: "HTTP 500")
    }
    changeset.disabled = [
      "ops": DisabledNotifier(fingerprint: "1", since: instant(day: 4), reason: "gone")
    ]
    changeset.failing = ["ops": instant(day: 4), "console": instant(day: 5)]
    try await store.apply(changeset)
    return store
  }

  private func reopen(_ first: String, _ last: String? = nil, to notifier: String? = nil)
    throws(StoreProblem) -> [String]
  {
    try fixture.commands().replay(
      DeadLetterSelection(
        events: [.init(first: first, last: last ?? first)], notifier: notifier),
      now: now
    ).map { "\($0.eventID) \($0.notifier)" }
  }

  @Test("are put back under their identifiers, due at once and with all attempts before them")
  func reopens() async throws {
    let store = try await prepare()
    #expect(try reopen("event-2") == ["event-2 ops"])
    let state = try await store.load(window: .zero, now: now)
    let entry = try #require(state.outbox.first { $0.sequence == 2 && $0.notifier == "ops" })
    #expect(
      entry
        == OutboxEntry(
          sequence: 2, notifier: "ops", lane: "timesca KGS/USD", opened: now, attempts: 0,
          due: now, summary: "moved \"2 %\"\n"))
    #expect(state.disabled.isEmpty)
    #expect(state.failing == ["console": instant(day: 5)])
    let attempts = try fixture.reader().attempts(ofEvent: 2, to: "ops")
    #expect(attempts.map(\.detail) == ["HTTP 500"])
  }

  @Test("of a range are put back together, to all notifiers or to one")
  func range() async throws {
    _ = try await prepare()
    #expect(try reopen("event-1", "event-2", to: "ops") == ["event-1 ops", "event-2 ops"])
    #expect(try reopen("event-1", "event-3") == ["event-1 console", "event-3 ops"])
  }

  @Test("that are not there change nothing, whatever else was asked for")
  func allOrNothing() async throws {
    let store = try await prepare()
    let before = try await store.load(window: .zero, now: now)
    let selection = DeadLetterSelection(
      events: [.init(first: "event-1", last: "event-1"), .init(first: "lost", last: "lost")],
      notifier: nil)
    #expect(
      throws: StoreProblem(
        .permanent,
        "no failed delivery of 'lost'; 'fxwatch deliveries list --state dead' lists them")
    ) {
      try fixture.commands().replay(selection, now: now)
    }
    #expect(try await store.load(window: .zero, now: now) == before)
  }

  @Test("put back twice are open once, and what was delivered stays delivered")
  func isExact() async throws {
    let store = try await prepare()
    #expect(try reopen("event-2") == ["event-2 ops"])
    #expect(throws: StoreProblem.self) { try reopen("event-2") }
    var changeset = Changeset()
    changeset.settlements = [
      Settlement(
        sequence: 2, notifier: "ops", attempts: 1, at: now, result: .delivered, detail: "HTTP 204")
    ]
    try await store.apply(changeset)
    #expect(throws: StoreProblem.self) { try reopen("event-2") }
    #expect(
      try fixture.reader().deliveries(.delivered, ofEvent: nil).map(\.eventID) == ["event-2"])
  }

  @Test("are in no database that is not there, and none is made")
  func noDatabase() throws {
    #expect(throws: StoreProblem.self) { try reopen("event-1") }
    #expect(throws: StoreProblem.self) { try fixture.reader() }
  }
}
