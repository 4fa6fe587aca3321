import FXCore
import Testing

/// Silences, acknowledgements, and events held during quiet hours.
struct SuppressionChecks: StoreCheck {
  static let all: [StoreBehaviour] = [
    promise("A silence is returned once as changed, and until it ends") {
      try await $0.silences()
    },
    promise("An acknowledgement requires a firing alert and ends with it") {
      try await $0.acknowledgements()
    },
    promise("An active alert has its state and whether it is held") {
      try await $0.activeAlerts()
    },
  ]

  private let opener: any StoreOpener
  private let store: any EngineStore

  init(_ opener: any StoreOpener) async throws {
    self.opener = opener
    store = try await opener.openForEngine()
  }

  private func attribution() throws -> Attribution {
    try Attribution(author: "ana", reason: "moving house")
  }

  /// The progress of an alert, with all that it can have.
  private static func progress(_ id: String) -> AlertProgress {
    var progress = AlertProgress(
      .firing(alertID: id, since: instant(day: 1)), lastNotified: instant(day: 2),
      transitions: [3, 17], flapping: true)
    progress.sent = [instant(day: 1), instant(day: 2)]
    progress.withheld = 3
    progress.arming = AlertArming(at: instant(day: 1), before: instant(day: 0))
    return progress
  }

  /// Stores a firing alert, held back because it flaps.
  private func fire(_ id: String) async throws {
    let key = AlertKey(rule: "high", series: try series("timesca", "KGS/USD"))
    var changeset = Changeset()
    changeset.alerts = [key: AlertState(Self.progress(id), ruleFingerprint: "f")]
    changeset.fired = [
      AlertRecord(
        id: id, key: key, kind: .state, severity: .warning, firedAt: instant(day: 1),
        resolvedAt: nil, data: JSONText(.object([.init("alert_id", .string(id))])))
    ]
    try await store.apply(changeset)
  }

  func silences() async throws {
    #expect(try await store.changedSuppressions(now: instant(day: 1)) == Suppressions())
    #expect(try await store.changedSuppressions(now: instant(day: 1)) == nil)
    let writer = try opener.openForWriting(creating: false)
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
    let book = try opener.openForReading().suppressions(at: nil)
    #expect(book.silences.map(\.ended) == [instant(day: 1, hour: 2)])
    #expect(try opener.openForReading().suppressions(at: instant(day: 1)).silences == [])
  }

  func acknowledgements() async throws {
    let writer = try opener.openForWriting(creating: false)
    #expect(
      try writer.acknowledge("a-1", by: try attribution(), from: instant(day: 1), until: nil) == nil
    )
    try await fire("a-1")
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
    #expect(try opener.openForReading().suppressions(at: instant(day: 3)).acknowledgements == [])
    #expect(try opener.openForReading().suppressions(at: nil).acknowledgements.map(\.id) == [1, 2])
  }

  func activeAlerts() async throws {
    try await fire("a-1")
    var changeset = Changeset()
    let data = JSONValue.object([.init("alert_id", .string("a-1"))])
    let notification = Notification(
      id: "event-1", type: .alertFiring, timestamp: instant(day: 1), data: data)
    changeset.events = [
      OutboxEvent(sequence: 1, notification: notification, orderingKey: "x", recipients: [])
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
    #expect(state.value.progress == Self.progress("a-1"))
    let active = try opener.openForReading().activeAlerts()
    #expect(active.map(\.key) == [state.key])
    #expect(active.map(\.isHeld) == [true])
    #expect(active.first?.record?.id == "a-1")

    changeset = Changeset()
    changeset.released = held.map(\.key)
    try await store.apply(changeset)
    #expect(try await store.load(reach: .none, now: instant(day: 2)).held == [])
    #expect(try opener.openForReading().activeAlerts().map(\.isHeld) == [false])
  }
}
