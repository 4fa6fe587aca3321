import FXCore
import Testing

/// Commits: everything a changeset contains is stored, all of it or nothing.
struct CommitChecks: StoreCheck {
  static let all: [StoreBehaviour] =
    [
      promise("A new store is empty and keeps its identity") {
        try await $0.newStore()
      },
      promise("The state of a source is stored whole, optional parts included") {
        try await $0.sourceStates()
      },
      promise("A publication is stored with its headlines and last fetch") {
        try await $0.publications()
      },
      promise("Alert states are stored and deleted; alerts that fired are kept") {
        try await $0.alerts()
      },
      promise("Each notifier has its own delivery of an event, with all attempts") {
        try await $0.outbox()
      },
      promise("A series is unlisted until it is printed again") {
        try await $0.vanishing()
      },
      promise("A changeset is stored whole or not at all") {
        try await $0.allOrNothing()
      },
      promise("A changeset committed twice is stored once") {
        try await $0.retry()
      },
      promise("An event whose identifier is stored under another number is left out") {
        try await $0.toldBefore()
      },
      promise("Rates without their publication are refused") {
        try await $0.strayRates()
      },
      promise("Old events are deleted, except open and late ones and the newest") {
        try await $0.pruning()
      },
      promise("Events of a clock that was ahead keep no older ones from being deleted") {
        try await $0.pruningBehindFuture()
      },
      promise("Held events are kept, and the time of the latest deletion is stored") {
        try await $0.pruningHeld()
      },
    ] + printedRates

  private let opener: any StoreOpener
  private let store: any EngineStore

  init(_ opener: any StoreOpener) async throws {
    self.opener = opener
    store = try await opener.openForEngine()
  }

  /// Loads the state with the rates of so many days before day 30.
  private func loaded(days: Int64 = 30) async throws -> StoredState {
    try await store.load(window: .seconds(days * 86_400), now: instant(day: 30))
  }

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
  }

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
    try await store.apply(changeset)
    #expect(try await loaded().sources == changeset.sources)
    #expect(try opener.openForReading().sources() == changeset.sources)

    changeset.sources = [SourceName("full"): SourceState()]
    try await store.apply(changeset)
    #expect(
      try await loaded().sources
        == [SourceName("full"): SourceState(), SourceName("bare"): SourceState()])
  }

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
    try await store.apply(changeset)
    #expect(try opener.openForReading().publication(1, of: SourceName("timesca")) == publication)

    try await store.apply(seenAgain("timesca", 1, at: instant(day: 2)))
    try await store.apply(seenAgain("timesca", 1, at: instant(day: 1, hour: 5)))
    #expect(
      try opener.openForReading().publication(1, of: SourceName("timesca"))?.lastSeen
        == instant(day: 2))
    #expect(try opener.openForReading().publication(2, of: SourceName("timesca")) == nil)
    #expect(try opener.openForReading().publication(1, of: SourceName("ecb")) == nil)
  }

  /// Rates as sources print them, each with its nominal.
  private static let printedRates: [StoreBehaviour] = [
    ("0.00008", 1), ("42.1500", 1), ("0.0", 1), ("-1.5", 100), ("999999999999999999", 1),
    ("0.000000000000000001", 1_000_000_000), ("7", 10_000),
  ].map { (text: String, nominal: Int64) in
    promise("The rate \(text) for \(nominal) is stored as it was printed") {
      try await $0.printedRate(text, nominal: nominal)
    }
  }

  func printedRate(_ text: String, nominal: Int64) async throws {
    let rate = try rate(text, nominal: nominal)
    let line = try series("cbu", "USD/UZS", .ask)
    var changeset = try Changeset("cbu", 1, valueDate: date(2), at: instant(day: 1), [:])
    let point = SeriesPoint(
      rate: rate, valueDate: date(2), firstSeen: instant(day: 1), publication: 1, version: 3)
    changeset.observations = [
      ObservationRecord(series: line, point: point, publishedChange: "-0,09 %", scale: 18)
    ]
    try await store.apply(changeset)
    let stored = try #require(try await loaded().series.first)
    #expect(
      stored
        == StoredSeries(
          series: line, scale: 18, publishedChange: "-0,09 %", isListed: true, points: [point]))
    #expect(stored.points[0].rate.printed.description == text)
  }

  func alerts() async throws {
    let pending = AlertKey(rule: "big-move", series: try series("timesca", "KGS/USD"))
    let firing = AlertKey(rule: "big-move", series: try series("timesca", "TJS/USD", .bid))
    let record = AlertRecord(
      id: "alert-1", key: firing, kind: .state, severity: .critical, firedAt: instant(day: 1),
      resolvedAt: nil, data: JSONText(.object([.init("rate", .string("0.10563"))])))
    let moment = AlertRecord(
      id: "alert-0", key: pending, kind: .event, severity: .info, firedAt: instant(day: 1),
      resolvedAt: nil, data: JSONText(.null))
    let several = AlertKey(rule: "many", series: .group(of: SourceName("timesca")))
    var changeset = Changeset()
    changeset.alerts = [
      pending: AlertState(
        .pending(publications: 2, since: instant(day: 1)), ruleFingerprint: "f1"),
      several: AlertState(
        .pending(publications: 1, since: instant(day: 1)), ruleFingerprint: "f3"),
      firing: AlertState(
        .firing(alertID: "alert-1", since: instant(day: 1)), ruleFingerprint: "f2"),
    ]
    changeset.fired = [record, moment]
    try await store.apply(changeset)
    #expect(try await loaded().alerts == changeset.alerts.compactMapValues { $0 })
    #expect(try opener.openForReading().alerts(all: false) == [record])
    #expect(try opener.openForReading().alerts(all: true) == [moment, record])

    var ending = Changeset()
    ending.alerts = [firing: nil as AlertState?]
    ending.resolved = ["alert-1": instant(day: 2)]
    try await store.apply(ending)
    #expect(try await loaded().alerts.keys.sorted() == [pending, several])
    #expect(try await loaded().series == [])
    #expect(try opener.openForReading().alerts(all: false) == [])
    #expect(
      try opener.openForReading().alerts(all: true)
        == [
          moment,
          AlertRecord(
            id: "alert-1", key: firing, kind: .state, severity: .critical,
            firedAt: instant(day: 1), resolvedAt: instant(day: 2), data: record.data),
        ])
  }

  /// Stores events 1 to 3: to two notifiers, to one, and to none; returns them.
  private func storeEvents() async throws -> [OutboxEvent] {
    var changeset = Changeset()
    changeset.events = [
      event(1, at: instant(day: 1), to: ["ops", "console"]),
      event(2, at: instant(day: 2), to: ["ops"]), event(3, at: instant(day: 3), to: []),
    ]
    try await store.apply(changeset)
    return changeset.events
  }

  private func entry(
    _ sequence: Int64, _ notifier: String, _ attempts: Int, due: Timestamp
  ) -> OutboxEntry {
    OutboxEntry(
      sequence: sequence, id: "event-\(sequence)", notifier: notifier,
      orderingKey: "timesca KGS/USD",
      opened: instant(day: Int(sequence)), attempts: attempts, due: due,
      summary: "moved \"2 %\"\n")
  }

  private func attempt(
    _ number: Int, of sequence: Int64, _ notifier: String, _ result: DeliveryResult.State,
    _ detail: String
  ) -> DeliveryResult {
    DeliveryResult(
      sequence: sequence, notifier: notifier, attempts: number,
      at: instant(day: 4, hour: number), state: result, detail: detail)
  }

  func outbox() async throws {
    let events = try await storeEvents()
    let state = try await loaded()
    #expect(state.latestEvent == 3)
    #expect(
      state.outbox == [
        entry(1, "console", 0, due: instant(day: 1)), entry(1, "ops", 0, due: instant(day: 1)),
        entry(2, "ops", 0, due: instant(day: 2)),
      ])
    #expect(
      try await store.notifications(of: [2, 1, 99])
        == [1: events[0].notification, 2: events[1].notification])
  }

  func attempts() async throws {
    _ = try await storeEvents()
    var changeset = Changeset()
    changeset.deliveryResults = [
      attempt(1, of: 1, "console", .delivered, "printed"),
      attempt(1, of: 1, "ops", .postponed(due: instant(day: 5)), "HTTP 500"),
      attempt(2, of: 1, "ops", .postponed(due: instant(day: 6)), "HTTP 429"),
      attempt(1, of: 2, "ops", .dead, "HTTP 410"),
      attempt(1, of: 9, "missing", .delivered, "no such delivery"),
    ]
    try await store.apply(changeset)
    #expect(try await loaded().outbox == [entry(1, "ops", 2, due: instant(day: 6))])
    let reader = try opener.openForReading()
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

  func vanishing() async throws {
    try await store.apply(
      Changeset("ecb", 1, at: instant(day: 1), ["EUR/RUB": "9", "EUR/USD": "1"]))
    try await store.apply(
      Changeset("ecb", 2, at: instant(day: 2), ["EUR/USD": "2"], vanished: ["EUR/RUB"]))
    let unlisted = try await loaded().series
    #expect(unlisted.map(\.series.pair.description) == ["EUR/RUB", "EUR/USD"])
    #expect(unlisted.map(\.isListed) == [false, true])
    #expect(unlisted[0].points.map(\.rate.printed.description) == ["9"])
    try await store.apply(Changeset("ecb", 3, at: instant(day: 3), ["EUR/RUB": "9"]))
    #expect(try await loaded().series.map(\.isListed) == [true, true])
    #expect(try await loaded().series[0].points.map(\.publication) == [1, 3])
  }

  func allOrNothing() async throws {
    var first = try Changeset("ecb", 1, at: instant(day: 1), ["EUR/USD": "1.1"])
    first.events = [event(1, at: instant(day: 1), to: ["ops"])]
    try await store.apply(first)
    let before = try await store.load(window: .seconds(86_400 * 30), now: instant(day: 2))

    var second = try Changeset("ecb", 2, at: instant(day: 2), ["EUR/JPY": "160", "EUR/USD": "1.2"])
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
    second.deliveryResults = [
      DeliveryResult(
        sequence: 1, notifier: "ops", attempts: 1, at: instant(day: 2), state: .delivered,
        detail: "")
    ]
    second.events = [event(1, id: "another", at: instant(day: 2), to: ["console"])]
    await #expect(
      throws: StoreProblem.duplicate("event 1", at: opener.location)
    ) { try await store.apply(second) }
    #expect(try await store.load(window: .seconds(86_400 * 30), now: instant(day: 2)) == before)
    #expect(try opener.openForReading().alerts(all: true) == [])
    #expect(try opener.openForReading().publication(2, of: SourceName("ecb")) == nil)

    second.events = [event(2, at: instant(day: 2), to: ["console"])]
    try await store.apply(second)
    #expect(try await store.load(window: .zero, now: instant(day: 2)).series.count == 2)
    #expect(try await loaded().latestEvent == 2)
  }

  func retry() async throws {
    var changeset = try Changeset(
      "ecb", 1, at: instant(day: 1), ["EUR/USD": "1.1"], vanished: ["EUR/RUB"])
    changeset.events = [event(1, at: instant(day: 1), to: ["ops"])]
    changeset.deliveryResults = [
      DeliveryResult(
        sequence: 1, notifier: "ops", attempts: 1, at: instant(day: 1),
        state: .postponed(due: instant(day: 2)), detail: "HTTP 500")
    ]
    try await store.apply(changeset)
    let once = try await loaded()
    try await store.apply(changeset)
    #expect(try await loaded() == once)
    #expect(try opener.openForReading().attempts(ofEvent: 1, to: "ops").count == 1)

    let other = try Changeset("ecb", 1, at: instant(day: 3), ["EUR/USD": "1.1"])
    await #expect(
      throws: StoreProblem.duplicate("publication 1 of ecb", at: opener.location)
    ) { try await store.apply(other) }
  }

  func toldBefore() async throws {
    var changeset = Changeset()
    changeset.events = [event(1, id: "evt_a", at: instant(day: 1), to: ["ops"])]
    try await store.apply(changeset)
    changeset.events = [
      event(2, id: "evt_a", at: instant(day: 2), to: ["ops"]),
      event(3, id: "evt_b", at: instant(day: 2), to: ["ops"]),
    ]
    try await store.apply(changeset)
    let open = try opener.openForReading().deliveries(.open, ofEvent: nil)
    #expect(open.map { "\($0.sequence) \($0.eventID)" } == ["1 evt_a", "3 evt_b"])
    #expect(try await store.openDeliveries(among: [1, 2, 3], of: "ops") == [1, 3])
    #expect(try await store.openDeliveries(among: [3, 4], of: "chat") == [])
  }

  func strayRates() async throws {
    var changeset = try Changeset("ecb", 1, at: instant(day: 1), ["EUR/USD": "1.1"])
    changeset.publication = nil
    await #expect(
      throws: StoreProblem.strayRates(at: opener.location)
    ) { try await store.apply(changeset) }
  }

  func pruning() async throws {
    var changeset = Changeset()
    changeset.events = (1...5).map { event($0, at: instant(day: 1), to: ["ops"]) }
    changeset.deliveryResults = [1, 3, 4, 5].map { sequence in
      DeliveryResult(
        sequence: sequence, notifier: "ops", attempts: 1,
        at: instant(day: sequence == 3 ? 6 : 1), state: sequence == 1 ? .dead : .delivered,
        detail: "")
    }
    try await store.apply(changeset)
    #expect(try await store.pruneAll(.month, now: instant(day: 31)) == 0)
    #expect(try await store.pruneAll(.month, now: instant(day: 32)) == 2)
    #expect(try opener.openForReading().deliveries(nil, ofEvent: nil).map(\.sequence) == [2, 3, 5])
    #expect(try opener.openForReading().attempts(ofEvent: 1, to: "ops") == [])
    #expect(try await store.pruneAll(.month, now: instant(day: 300)) == 1)
    #expect(try await loaded().latestEvent == 5)
  }

  func pruningBehindFuture() async throws {
    var changeset = Changeset()
    changeset.events =
      (1...2500).map { event($0, at: instant(day: 900), to: []) }
      + (2501...2510).map { event($0, at: instant(day: 1), to: []) }
    try await store.apply(changeset)
    #expect(try await store.pruneAll(.month, now: instant(day: 40)) == 9)
    #expect(try await store.pruneAll(.month, now: instant(day: 40)) == 0)
  }

  func pruningHeld() async throws {
    #expect(try await store.retentionTime() == nil)
    var changeset = Changeset()
    changeset.events = (1...3).map { event($0, at: instant(day: 1), to: []) }
    changeset.held = [
      HeldEvent(
        key: .init(sequence: 1, notifier: "ops"), notification: changeset.events[0].notification)
    ]
    try await store.apply(changeset)
    #expect(try await store.pruneAll(.month, now: instant(day: 40)) == 1)
    #expect(try await store.retentionTime() == instant(day: 40))
    changeset = Changeset()
    changeset.released = [.init(sequence: 1, notifier: "ops")]
    try await store.apply(changeset)
    #expect(try await store.pruneAll(.month, now: instant(day: 41)) == 1)
    #expect(try await store.retentionTime() == instant(day: 41))
  }
}
