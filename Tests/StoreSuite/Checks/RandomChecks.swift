import FXCore
import InMemoryStore
import Testing

/// Random changesets, read as `StoreModel` reads them.
struct RandomChecks: StoreCheck {
  static let all: [StoreBehaviour] = (1...12).map { seed in
    promise("Random changesets of seed \(seed) are read as the model reads them") {
      try await $0.apply(seed: seed)
    }
  }

  private static let pairs = ["EUR/JPY", "EUR/RUB", "EUR/USD"]

  private let opener: any StoreOpener

  init(_ opener: any StoreOpener) async throws { self.opener = opener }

  private func apply(seed: UInt64) async throws {
    var store = try await opener.openForEngine()
    var model = StoreModel()
    model.installation = try await store.load(reach: .none, now: instant(day: 0)).installation
    var changes = RandomChanges(seed: seed, pairs: Self.pairs)
    for _ in 0..<80 {
      let changeset = try changes.next()
      try await store.apply(changeset)
      try model.apply(changeset)
      if changes.happens(1, in: 20) {
        let selection = changes.deadLetters()
        let now = changes.now
        let replayed = try? opener.openForWriting(creating: false).replay(selection, now: now)
        let expected = try? model.replay(selection, now: now)
        #expect(replayed == expected)
      }
      if changes.happens(1, in: 10) { store = try await opener.openForEngine() }
    }
    try await expectSameState(store, model, at: changes.now)
    try expectSameHistory(try opener.openForReading(), model, at: changes.now)
    try expectSameDeliveries(try opener.openForReading(), model)
    try expectIntact(model)
    let later = changes.now + .seconds(86_400 * 29)
    #expect(
      try await store.pruneAll(.month, now: later) == model.prune(.month, now: later))
    try expectSameDeliveries(try opener.openForReading(), model)
    try expectIntact(model)
    var retention = Retention(figures: .seconds(86_400 * 30))
    retention.reach = StoredReach(Lookback(publications: 4), fixings: [SourceName("ecb")])
    _ = try await store.pruneAll(retention, now: later)
    _ = model.prune(retention, now: later)
    let all = StoredReach(Lookback(window: .seconds(86_400 * 1000)))
    #expect(
      try await store.load(reach: all, now: later).series
        == model.load(reach: all, now: later).series)
  }

  /// Every row matches its checksum, and every publication those of its observations.
  private func expectIntact(_ model: StoreModel) throws {
    let reader = try opener.openForReading()
    let verification = try reader.verify { _ in }
    #expect(verification.findings == [])
    #expect(verification.unchecked == 0)
    for publication in model.publications.values.joined() {
      #expect(
        try reader.publication(publication.number, of: publication.source)
          == model.publication(publication.number, of: publication.source))
    }
  }

  private func expectSameState(
    _ store: any EngineStore, _ model: StoreModel, at now: Timestamp
  ) async throws {
    for reach in [
      .none, Lookback(window: .seconds(86_400)), Lookback(window: .seconds(86_400 * 30)),
      Lookback(window: .seconds(86_400 * 400)), Lookback(publications: 5),
      Lookback(window: .seconds(3600), publications: 20, since: date(20)),
    ] {
      for fixings in [[], [SourceName("ecb")]] as [Set<SourceName>] {
        let reach = StoredReach(reach, fixings: fixings)
        #expect(try await store.load(reach: reach, now: now) == model.load(reach: reach, now: now))
      }
    }
    let sequences = Array(1...20 as ClosedRange<Int64>)
    #expect(
      try await store.notifications(of: sequences) == model.notifications(of: sequences))
  }

  private func expectSameHistory(
    _ reader: any HistoryReading, _ model: StoreModel, at now: Timestamp
  ) throws {
    #expect(try reader.latestRates() == model.latestRates)
    #expect(try reader.recentRates(3) == model.recentRates(3))
    #expect(try reader.sources() == model.sources)
    #expect(try reader.historyStarts() == model.historyStarts)
    let plain = ModelStore(model)
    for days in [0, 30, 90] {
      let day = now.day.advanced(by: -days)
      #expect(try reader.rates(upTo: day) == plain.openForReading().rates(upTo: day))
    }
    for instant in [nil, now - .seconds(86_400 * 30), now - .seconds(86_400 * 90)] {
      #expect(try reader.rates(asOf: instant) == model.rates(asOf: instant))
      for source in model.publications.keys {
        #expect(
          try reader.publications(of: [source], until: instant)
            == model.publications(of: [source], until: instant))
      }
      for pair in Self.pairs {
        var query = HistoryQuery(pair: try unwrapped(CurrencyPair(pair)))
        query.asOf = instant
        #expect(try reader.history(query) == model.history(query))
        query.allVersions = true
        #expect(try reader.history(query) == model.history(query))
        for all in [false, true] {
          query.allVersions = all
          for (limit, offset) in [(1, 0), (7, 3), (5, 40), (1000, 2)] {
            (query.limit, query.offset) = (limit, offset)
            #expect(try reader.history(query) == model.history(query))
          }
          (query.limit, query.offset, query.newest) = (nil, 0, 4)
          #expect(try reader.history(query) == model.history(query))
          query.newest = nil
        }
        query.since = now.day.advanced(by: -60)
        query.until = now.day.advanced(by: -10)
        #expect(try reader.history(query) == model.history(query))
      }
    }
  }

  private func expectSameDeliveries(_ reader: any HistoryReading, _ model: StoreModel) throws {
    for state in [nil] + DeliveryState.allCases.map(Optional.some) {
      #expect(
        try reader.deliveries(state, ofEvent: nil) == model.deliveries(state, ofEvent: nil))
    }
    let plain = try ModelStore(model).openForReading()
    let pair = try unwrapped(CurrencyPair(Self.pairs[0]))
    for state in [nil, DeliveryState.dead] {
      var query = DeliveryQuery(limit: 5)
      (query.state, query.offset) = (state, 2)
      #expect(try reader.latestDeliveries(query) == plain.latestDeliveries(query))
      query.notifier = "ops"
      #expect(try reader.latestDeliveries(query) == plain.latestDeliveries(query))
    }
    for pair in [nil, pair] {
      #expect(
        try reader.latestAlerts(of: pair, limit: 3) == plain.latestAlerts(of: pair, limit: 3))
    }
    #expect(
      try reader.events(after: 3, limit: 10).map(\.sequence)
        == plain.events(after: 3, limit: 10).map(\.sequence))
    #expect(try reader.latestEvent() == plain.latestEvent())
    for delivery in model.deliveries(nil, ofEvent: nil) {
      #expect(
        try reader.attempts(ofEvent: delivery.sequence, to: delivery.notifier)
          == model.attempts(ofEvent: delivery.sequence, to: delivery.notifier))
    }
    #expect(try reader.alerts(all: true) == model.alerts(all: true))
    #expect(try reader.activeAlerts() == model.activeAlerts)
  }
}
