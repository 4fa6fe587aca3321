import FXCore
import FXStore
import Testing

@Suite("Silences and what is held in the store")
struct SilenceWriterTests {
  private let fixture: StoreFixture
  private let store: SQLiteStore

  init() throws {
    fixture = try StoreFixture()
    store = try fixture.store()
  }

  private func attribution() throws -> Attribution {
    try Attribution(author: "ana", reason: "moving house")
  }

  /// An alert that fires on a series of its own.
  private func firing(_ id: String) async throws {
    let key = AlertKey(rule: "high", series: try series("timesca", "KGS/USD"))
    var changeset = Changeset()
    changeset.alerts = [
      key: AlertState(
        AlertProgress(
          .firing(alertID: id, since: instant(day: 1)), lastTold: instant(day: 2),
          turns: [3, 17], brake: true), ruleFingerprint: "f")
    ]
    changeset.fired = [
      AlertRecord(
        id: id, key: key, kind: .state, severity: .warning, firedAt: instant(day: 1),
        resolvedAt: nil, data: JSONText(.object([.init("alert_id", .string(id))])))
    ]
    try await store.apply(changeset)
  }

  @Test("A silence made beside the daemon is seen by its next look, and only once")
  func silences() async throws {
    #expect(try await store.changedSuppressions(now: instant(day: 1)) == Suppressions())
    #expect(try await store.changedSuppressions(now: instant(day: 1)) == nil)
    let writer = try fixture.commands()
    let matchers = [try SilenceMatcher("rule=high"), try SilenceMatcher("pair=*/USD")]
    let silence = try writer.silence(
      matchers, by: try attribution(), from: instant(day: 1), until: instant(day: 2))
    #expect(
      silence
        == Silence(
          id: 1, matchers: matchers, author: "ana", reason: "moving house",
          created: instant(day: 1), until: instant(day: 2)))
    #expect(
      try await store.changedSuppressions(now: instant(day: 1)) == Suppressions(silences: [silence])
    )
    try await store.apply(seenAgain("timesca", 1, at: instant(day: 1)))
    #expect(try await store.changedSuppressions(now: instant(day: 1)) == nil)
    #expect(
      try await store.load(reach: .none, now: instant(day: 1)).suppressions.silences == [silence])
    #expect(try await store.load(reach: .none, now: instant(day: 2)).suppressions.silences == [])

    #expect(try !writer.endSilence(2, at: instant(day: 1)))
    #expect(try writer.endSilence(1, at: instant(day: 1, hour: 2)))
    #expect(try !writer.endSilence(1, at: instant(day: 1, hour: 3)))
    #expect(try await store.changedSuppressions(now: instant(day: 1)) == Suppressions())
    let book = try fixture.reader().suppressions(at: nil)
    #expect(book.silences.map(\.ended) == [instant(day: 1, hour: 2)])
    #expect(try fixture.reader().suppressions(at: instant(day: 1)).silences == [])
  }

  @Test("An acknowledgement needs an alert that fires, and is over with it")
  func acknowledgements() async throws {
    let writer = try fixture.commands()
    #expect(
      try writer.acknowledge("a-1", by: try attribution(), from: instant(day: 1), until: nil) == nil
    )
    try await firing("a-1")
    let known = try writer.acknowledge(
      "a-1", by: try attribution(), from: instant(day: 1), until: nil)
    #expect(
      try await store.changedSuppressions(now: instant(day: 9))
        == Suppressions(acknowledgements: [try #require(known)]))
    #expect(try writer.endAcknowledgement(1, at: instant(day: 2)))
    #expect(try !writer.endAcknowledgement(1, at: instant(day: 2)))
    _ = try writer.acknowledge("a-1", by: try attribution(), from: instant(day: 2), until: nil)
    var ending = Changeset()
    ending.resolved = ["a-1": instant(day: 3)]
    try await store.apply(ending)
    #expect(try fixture.reader().suppressions(at: instant(day: 3)).acknowledgements == [])
    #expect(try fixture.reader().suppressions(at: nil).acknowledgements.map(\.id) == [1, 2])
  }

  @Test("An alert comes back as it stood, with whether it is held")
  func standings() async throws {
    try await firing("a-1")
    var changeset = Changeset()
    let data = JSONValue.object([.init("alert_id", .string("a-1"))])
    let notification = Notification(
      id: "event-1", type: .alertFiring, timestamp: instant(day: 1), data: data)
    changeset.events = [
      OutboxEvent(sequence: 1, notification: notification, lane: "x", recipients: [])
    ]
    let held = ["console", "ops"].map {
      HeldEvent(key: .init(sequence: 1, notifier: $0), notification: notification)
    }
    changeset.held = held
    try await store.apply(changeset)
    try await store.apply(changeset)
    let loaded = try await store.load(reach: .none, now: instant(day: 2))
    #expect(loaded.held == held)
    let state = try #require(loaded.alerts.first)
    #expect(
      state.value.standing
        == AlertProgress(
          .firing(alertID: "a-1", since: instant(day: 1)), lastTold: instant(day: 2),
          turns: [3, 17], brake: true))
    let standings = try fixture.reader().activeAlerts()
    #expect(standings.map(\.key) == [state.key])
    #expect(standings.map(\.isHeld) == [true])
    #expect(standings.first?.record?.id == "a-1")

    changeset = Changeset()
    changeset.released = held.map(\.key)
    try await store.apply(changeset)
    #expect(try await store.load(reach: .none, now: instant(day: 2)).held == [])
    #expect(try fixture.reader().activeAlerts().map(\.isHeld) == [false])
  }

  @Test("A silence needs a database that the daemon made")
  func nothingThere() throws {
    let other = try StoreFixture()
    #expect(throws: StoreProblem.self) { try other.commands() }
    #expect(throws: StoreProblem.self) { try other.reader() }
  }
}
