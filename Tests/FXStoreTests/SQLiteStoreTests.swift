import FXCore
import FXStore
import Testing

@Suite("What is committed")
struct SQLiteStoreTests {
  private let fixture: StoreFixture

  init() throws { fixture = try StoreFixture() }

  private func loaded(days: Int64 = 30) async throws -> StoredState {
    try await fixture.store().load(window: .seconds(days * 86_400), now: instant(day: 30))
  }

  @Test("A new store is empty and has an identity of its own that survives reopening")
  func newStore() async throws {
    let first = try await loaded()
    #expect(
      first
        == StoredState(
          installation: first.installation, latestEvent: 0, sources: [:], series: [], alerts: [:],
          outbox: []))
    #expect(first.installation.count == 16)
    #expect(first.installation.allSatisfy { $0.isHexDigit })
    #expect(try await loaded() == first)
    let other = try await StoreFixture().store().load(window: .zero, now: instant(day: 0))
    #expect(other.installation != first.installation)
  }

  @Test("A source's state comes back whole, and without its optional parts")
  func sourceStates() async throws {
    var state = SourceState()
    state.lastAttempt = instant(day: 5)
    state.lastSuccess = instant(day: 4)
    state.failures = 3
    state.lastFailure = "HTTP 503"
    state.downSince = instant(day: 4, hour: 3)
    state.due = instant(day: 6)
    state.validators = .init(
      url: "https://bank.example/rates", etag: "\"a\"", lastModified: "Mon, 05 Jan 2026")
    state.latestPublication = 17
    state.latestFirstSeen = instant(day: 3)
    state.latestValueDate = date(3)
    state.unfinished = .init(
      bodyHash: "ab", valueDate: date(5), firstSeen: instant(day: 5), lines: 512)
    var changeset = Changeset()
    changeset.sources = [SourceName("full"): state, SourceName("bare"): SourceState()]
    try await fixture.store().apply(changeset)
    #expect(try await loaded().sources == changeset.sources)
    #expect(try fixture.reader().sources() == changeset.sources)

    changeset.sources = [SourceName("full"): SourceState()]
    try await fixture.store().apply(changeset)
    #expect(
      try await loaded().sources
        == [SourceName("full"): SourceState(), SourceName("bare"): SourceState()])
  }

  @Test("A publication comes back with its headlines, its day before 1970 and its last moment")
  func publications() async throws {
    let publication = Publication(
      number: 1, source: SourceName("timesca"), valueDate: CalendarDay(daysSinceEpoch: -3),
      firstSeen: instant(day: 1), lastSeen: instant(day: 1), bodyHash: "00ff",
      headlines: [
        Headline(title: "Som \"steady\"", link: "https://timesca.example/1"),
        Headline(title: "Без ссылки"),
      ])
    var changeset = Changeset()
    changeset.publication = publication
    let store = try fixture.store()
    try await store.apply(changeset)
    #expect(try fixture.reader().publication(1, of: SourceName("timesca")) == publication)

    try await store.apply(seenAgain("timesca", 1, at: instant(day: 2)))
    try await store.apply(seenAgain("timesca", 1, at: instant(day: 1, hour: 5)))
    #expect(
      try fixture.reader().publication(1, of: SourceName("timesca"))?.lastSeen == instant(day: 2))
    #expect(try fixture.reader().publication(2, of: SourceName("timesca")) == nil)
    #expect(try fixture.reader().publication(1, of: SourceName("ecb")) == nil)
  }

  @Test(
    "A figure comes back as it was printed",
    arguments: [
      ("0.00008", 1), ("42.1500", 1), ("0.0", 1), ("-1.5", 100), ("999999999999999999", 1),
      ("0.000000000000000001", 1_000_000_000), ("7", 10_000),
    ] as [(String, Int64)])
  func figures(text: String, nominal: Int64) async throws {
    let rate = try rate(text, nominal: nominal)
    let line = try series("cbu", "USD/UZS", .ask)
    var changeset = try published("cbu", 1, valueDate: date(2), at: instant(day: 1), [:])
    let point = SeriesPoint(
      rate: rate, valueDate: date(2), firstSeen: instant(day: 1), publication: 1, version: 3)
    changeset.observations = [
      ObservationRecord(series: line, point: point, publishedChange: "-0,09 %", scale: 18)
    ]
    try await fixture.store().apply(changeset)
    let stored = try #require(try await loaded().series.first)
    #expect(
      stored
        == StoredSeries(
          series: line, scale: 18, publishedChange: "-0,09 %", isListed: true, points: [point]))
    #expect(stored.points[0].rate.printed.description == text)
  }

  @Test("Alert states come and go; an alert that fired is kept with its evidence")
  func alerts() async throws {
    let pending = AlertKey(rule: "big-move", series: try series("timesca", "KGS/USD"))
    let firing = AlertKey(rule: "big-move", series: try series("timesca", "TJS/USD", .bid))
    let record = AlertRecord(
      id: "alert-1", key: firing, kind: .state, severity: .critical, firedAt: instant(day: 1),
      resolvedAt: nil, data: JSONText(.object([.init("rate", .string("0.10563"))])))
    let moment = AlertRecord(
      id: "alert-0", key: pending, kind: .event, severity: .info, firedAt: instant(day: 1),
      resolvedAt: nil, data: JSONText(.null))
    var changeset = Changeset()
    changeset.alerts = [
      pending: AlertState(
        .pending(publications: 2, since: instant(day: 1)), ruleFingerprint: "f1"),
      firing: AlertState(
        .firing(alertID: "alert-1", since: instant(day: 1)), ruleFingerprint: "f2"),
    ]
    changeset.fired = [record, moment]
    let store = try fixture.store()
    try await store.apply(changeset)
    #expect(try await loaded().alerts == changeset.alerts.compactMapValues { $0 })
    #expect(try fixture.reader().alerts(all: false) == [record])
    #expect(try fixture.reader().alerts(all: true) == [moment, record])

    var ending = Changeset()
    ending.alerts = [firing: nil as AlertState?]
    ending.resolved = ["alert-1": instant(day: 2)]
    try await store.apply(ending)
    #expect(try await loaded().alerts.keys.sorted() == [pending])
    #expect(try fixture.reader().alerts(all: false) == [])
    #expect(
      try fixture.reader().alerts(all: true)
        == [
          moment,
          AlertRecord(
            id: "alert-1", key: firing, kind: .state, severity: .critical,
            firedAt: instant(day: 1), resolvedAt: instant(day: 2), data: record.data),
        ])
  }

  @Test("An event is delivered to each of its notifiers on its own, and every attempt is on record")
  func outbox() async throws {
    let store = try fixture.store()
    var changeset = Changeset()
    changeset.events = [
      event(1, at: instant(day: 1), to: ["ops", "console"]),
      event(2, at: instant(day: 2), to: ["ops"]), event(3, at: instant(day: 3), to: []),
    ]
    try await store.apply(changeset)
    func entry(_ sequence: Int64, _ notifier: String, _ attempts: Int, due: Timestamp)
      -> OutboxEntry
    {
      OutboxEntry(
        sequence: sequence, notifier: notifier, lane: "timesca KGS/USD",
        opened: instant(day: Int(sequence)), attempts: attempts, due: due,
        summary: "moved \"2 %\"\n")
    }
    let open = try await loaded()
    #expect(open.latestEvent == 3)
    #expect(
      open.outbox == [
        entry(1, "console", 0, due: instant(day: 1)), entry(1, "ops", 0, due: instant(day: 1)),
        entry(2, "ops", 0, due: instant(day: 2)),
      ])
    #expect(
      try await store.notifications(of: [2, 1, 99])
        == [1: changeset.events[0].notification, 2: changeset.events[1].notification])

    func settlement(
      _ sequence: Int64, _ notifier: String, _ attempts: Int, _ result: Settlement.Result,
      _ detail: String
    ) -> Settlement {
      Settlement(
        sequence: sequence, notifier: notifier, attempts: attempts,
        at: instant(day: 4, hour: attempts), result: result, detail: detail)
    }
    var settled = Changeset()
    settled.settlements = [
      settlement(1, "console", 1, .delivered, "printed"),
      settlement(1, "ops", 1, .postponed(due: instant(day: 5)), "HTTP 500"),
      settlement(1, "ops", 2, .postponed(due: instant(day: 6)), "HTTP 429"),
      settlement(2, "ops", 1, .dead, "HTTP 410"),
      settlement(9, "gone", 1, .delivered, "no such delivery"),
    ]
    try await store.apply(settled)
    #expect(try await loaded().outbox == [entry(1, "ops", 2, due: instant(day: 6))])
    let reader = try fixture.reader()
    #expect(
      try reader.attempts(ofEvent: 1, to: "ops").map { [$0.result.rawValue, $0.detail] }
        == [["postponed", "HTTP 500"], ["postponed", "HTTP 429"]])
    #expect(
      try reader.deliveries(nil, ofEvent: nil).map { [$0.eventID, $0.notifier, $0.state.rawValue] }
        == [
          ["event-1", "console", "delivered"], ["event-1", "ops", "open"],
          ["event-2", "ops", "dead"],
        ])
    #expect(try reader.deliveries(.dead, ofEvent: nil).map(\.lastAttempt?.detail) == ["HTTP 410"])
    #expect(try reader.deliveries(.open, ofEvent: nil).map(\.lastAttempt?.number) == [2])
  }

  @Test("A series that vanished is known as no longer listed until it is printed again")
  func vanishing() async throws {
    let store = try fixture.store()
    try await store.apply(
      published("ecb", 1, at: instant(day: 1), ["EUR/RUB": "9", "EUR/USD": "1"]))
    try await store.apply(
      published("ecb", 2, at: instant(day: 2), ["EUR/USD": "2"], vanished: ["EUR/RUB"]))
    let gone = try await loaded().series
    #expect(gone.map(\.series.pair.description) == ["EUR/RUB", "EUR/USD"])
    #expect(gone.map(\.isListed) == [false, true])
    #expect(gone[0].points.map(\.rate.printed.description) == ["9"])
    try await store.apply(published("ecb", 3, at: instant(day: 3), ["EUR/RUB": "9"]))
    #expect(try await loaded().series.map(\.isListed) == [true, true])
    #expect(try await loaded().series[0].points.map(\.publication) == [1, 3])
  }

  @Test("A changeset of which one part cannot be stored leaves nothing behind")
  func allOrNothing() async throws {
    let store = try fixture.store()
    var first = try published("ecb", 1, at: instant(day: 1), ["EUR/USD": "1.1"])
    first.events = [event(1, at: instant(day: 1), to: ["ops"])]
    try await store.apply(first)
    let before = try await store.load(window: .seconds(86_400 * 30), now: instant(day: 2))

    var second = try published("ecb", 2, at: instant(day: 2), ["EUR/JPY": "160", "EUR/USD": "1.2"])
    let key = AlertKey(rule: "new", series: try series("cbu", "USD/UZS"))
    second.sources = [SourceName("nbkr"): SourceState()]
    second.alerts = [
      key: AlertState(.firing(alertID: "a", since: instant(day: 2)), ruleFingerprint: "f")
    ]
    second.fired = [
      AlertRecord(
        id: "a", key: key, kind: .state, severity: .info, firedAt: instant(day: 2),
        resolvedAt: nil, data: JSONText(.null))
    ]
    second.settlements = [
      Settlement(
        sequence: 1, notifier: "ops", attempts: 1, at: instant(day: 2), result: .delivered,
        detail: "")
    ]
    second.events = [event(1, id: "another", at: instant(day: 2), to: ["console"])]
    await #expect(
      throws: StoreProblem.duplicate("event 1", at: fixture.path)
    ) { try await store.apply(second) }
    #expect(try await store.load(window: .seconds(86_400 * 30), now: instant(day: 2)) == before)
    #expect(try fixture.reader().alerts(all: true) == [])
    #expect(try fixture.reader().publication(2, of: SourceName("ecb")) == nil)

    second.events = [event(2, at: instant(day: 2), to: ["console"])]
    try await store.apply(second)
    #expect(try await store.load(window: .zero, now: instant(day: 2)).series.count == 2)
    #expect(try await loaded().latestEvent == 2)
  }

  @Test("A changeset committed twice, because the first answer was lost, counts once")
  func retry() async throws {
    let store = try fixture.store()
    var changeset = try published(
      "ecb", 1, at: instant(day: 1), ["EUR/USD": "1.1"], vanished: ["EUR/RUB"])
    changeset.events = [event(1, at: instant(day: 1), to: ["ops"])]
    changeset.settlements = [
      Settlement(
        sequence: 1, notifier: "ops", attempts: 1, at: instant(day: 1),
        result: .postponed(due: instant(day: 2)), detail: "HTTP 500")
    ]
    try await store.apply(changeset)
    let once = try await loaded()
    try await store.apply(changeset)
    #expect(try await loaded() == once)
    #expect(try fixture.reader().attempts(ofEvent: 1, to: "ops").count == 1)

    let other = try published("ecb", 1, at: instant(day: 3), ["EUR/USD": "1.1"])
    await #expect(
      throws: StoreProblem.duplicate("publication 1 of ecb", at: fixture.path)
    ) { try await store.apply(other) }
  }

  @Test("Rates without their publication are refused")
  func strayRates() async throws {
    var changeset = try published("ecb", 1, at: instant(day: 1), ["EUR/USD": "1.1"])
    changeset.publication = nil
    let store = try fixture.store()
    await #expect(
      throws: StoreProblem.strayRates(at: fixture.path)
    ) { try await store.apply(changeset) }
  }

  @Test("What people rely on waits for the disk; a poll that found nothing new does not")
  func durability() async throws {
    let store = try fixture.store()
    var polled = Changeset()
    polled.sources = [SourceName("ecb"): SourceState()]
    try await store.apply(polled)
    #expect(try await store.durability() == 1)
    try await store.apply(published("ecb", 1, at: instant(day: 1), ["EUR/USD": "1"]))
    #expect(try await store.durability() == 2)
    try await store.apply(seenAgain("ecb", 1, at: instant(day: 2)))
    #expect(try await store.durability() == 1)
  }

  @Test(
    "Events told more than 30 days ago are forgotten, but for open and late ones and the newest")
  func pruning() async throws {
    let store = try fixture.store()
    var changeset = Changeset()
    changeset.events = (1...5).map { event($0, at: instant(day: 1), to: ["ops"]) }
    changeset.settlements = [1, 3, 4, 5].map { sequence in
      Settlement(
        sequence: sequence, notifier: "ops", attempts: 1,
        at: instant(day: sequence == 3 ? 6 : 1), result: sequence == 1 ? .dead : .delivered,
        detail: "")
    }
    try await store.apply(changeset)
    #expect(try await store.prune(now: instant(day: 31)) == 0)
    #expect(try await store.prune(now: instant(day: 32)) == 2)
    #expect(try fixture.reader().deliveries(nil, ofEvent: nil).map(\.sequence) == [2, 3, 5])
    #expect(try fixture.reader().attempts(ofEvent: 1, to: "ops") == [])
    #expect(try await store.prune(now: instant(day: 300)) == 1)
    #expect(try await loaded().latestEvent == 5)
  }

  @Test("The store answers the watchdog, and says so when it cannot")
  func heartbeat() async throws {
    let store = try fixture.store()
    try await store.answer()
    try await store.close()
    try await store.close()
    await #expect(
      throws: StoreProblem(.permanent, "\(fixture.path): is closed; restart fxwatch")
    ) { try await store.answer() }
  }
}
