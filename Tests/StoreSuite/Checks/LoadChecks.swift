import FXCore
import Testing

/// The state the engine starts from.
struct LoadChecks: StoreCheck {
  static let all: [StoreBehaviour] = [
    promise("A clock that was set back leaves no rate of the window out") {
      try await $0.clockSetBack()
    },
    promise("A lookback in publications loads at least that many") {
      try await $0.publications()
    },
    promise("A revision and a fixing found again are no publications of a lookback") {
      try await $0.revisions()
    },
    promise("Publications without the series are no publications of a lookback") {
      try await $0.absences()
    },
    promise("Suspect rates are left out of a lookback") { try await $0.suspects() },
    promise("Of a long lookback all is loaded, in several steps where it has revisions") {
      try await $0.longLookback()
    },
    promise("The rates that rules look back on are never deleted, however old they are") {
      try await $0.deletion()
    },
    promise(
      "Where rules look back to when alerts were armed, the rates of that source since then are loaded"
    ) {
      try await $0.sinceArmed()
    },
    promise("Beyond the window the rate before it and that of the day before are loaded") {
      try await $0.beyondTheWindow()
    },
  ]

  private let store: any EngineStore

  init(_ opener: any StoreOpener) async throws { store = try await opener.openForEngine() }

  private func loaded(
    _ reach: Lookback, day: Int, fixings: Set<SourceName> = []
  ) async throws -> [[Int64]] {
    let reach = StoredReach(reach, fixings: fixings)
    return try await store.load(reach: reach, now: instant(day: day)).series.map {
      $0.points.map(\.publication)
    }
  }

  /// A fixing that is revised three times each day.
  private func revisedFixing(days: ClosedRange<Int>) async throws {
    for day in days {
      for version in 1...4 {
        let number = Int64((day - days.lowerBound) * 4 + version)
        try await store.apply(
          Changeset(
            "ecb", number, valueDate: date(day), at: instant(day: day, hour: version),
            ["EUR/USD": "1.\(1000 + number)"], version: version))
      }
    }
  }

  func revisions() async throws {
    try await revisedFixing(days: 1...5)
    let ecb: Set = [SourceName("ecb")]
    #expect(try await loaded(.none, day: 30, fixings: ecb) == [[16, 17, 18, 19, 20]])
    #expect(
      try await loaded(Lookback(publications: 2), day: 30, fixings: ecb) == [Array(8...20)])
    #expect(
      try await loaded(Lookback(publications: 9), day: 30, fixings: ecb) == [Array(1...20)])
    #expect(try await loaded(Lookback(publications: 2), day: 30) == [[16, 17, 18, 19, 20]])
  }

  func absences() async throws {
    for number in 1...9 as ClosedRange<Int64> {
      let isAbsent = (3...7).contains(number)
      var rates = ["EUR/JPY": "\(number)"]
      if !isAbsent { rates["EUR/USD"] = "\(number)" }
      try await store.apply(
        Changeset(
          "ecb", number, at: instant(day: Int(number)), rates,
          vanished: number == 3 ? ["EUR/USD"] : []))
    }
    let state = try await store.load(
      reach: StoredReach(Lookback(publications: 2)), now: instant(day: 30))
    #expect(state.series.map { $0.points.map(\.publication) } == [[6, 7, 8, 9], [1, 2, 8, 9]])
    #expect(state.series.map(\.absences) == [[], [3]])
    #expect(try await loaded(Lookback(publications: 1), day: 30) == [[7, 8, 9], [2, 8, 9]])
  }

  func suspects() async throws {
    for number in 1...6 as ClosedRange<Int64> {
      var changeset = try Changeset(
        "ecb", number, valueDate: date(Int(number)), at: instant(day: Int(number)),
        ["EUR/USD": "\(number)"])
      if (4...5).contains(number) {
        changeset.observations = changeset.observations.map(\.asSuspect)
      }
      try await store.apply(changeset)
    }
    #expect(
      try await loaded(Lookback(publications: 1), day: 30, fixings: [SourceName("ecb")])
        == [[2, 3, 6]])
  }

  func longLookback() async throws {
    try await revisedFixing(days: 1...400)
    #expect(
      try await loaded(Lookback(publications: 300), day: 500, fixings: [SourceName("ecb")])
        == [Array(396...1600)])
  }

  func deletion() async throws {
    try await revisedFixing(days: 1...10)
    for number in 41...60 as ClosedRange<Int64> {
      let isAbsent = (43...57).contains(number)
      try await store.apply(
        Changeset(
          "cbu", number, at: instant(day: Int(number)),
          isAbsent ? ["UZS/RUB": "1"] : ["UZS/USD": "\(number)"],
          vanished: number == 43 ? ["UZS/USD"] : []))
    }
    var retention = Retention(figures: .seconds(30 * 86_400))
    retention.reach = StoredReach(Lookback(publications: 4), fixings: [SourceName("ecb")])
    let before = try await loaded(Lookback(publications: 3), day: 900, fixings: [SourceName("ecb")])
    _ = try await store.pruneAll(retention, now: instant(day: 900))
    let all = Lookback(window: .seconds(86_400 * 1000))
    #expect(try await loaded(all, day: 900) == [[56, 57], [41, 42, 58, 59, 60], Array(24...40)])
    #expect(
      try await loaded(Lookback(publications: 3), day: 900, fixings: [SourceName("ecb")]) == before)
    retention.reach = .none
    _ = try await store.pruneAll(retention, now: instant(day: 900))
    #expect(try await loaded(all, day: 900) == [[57], [60], [40]])
  }

  func clockSetBack() async throws {
    for (number, day) in [(1, 10), (2, 20), (3, 15), (4, 25)] as [(Int64, Int)] {
      try await store.apply(
        Changeset("ecb", number, at: instant(day: day), ["EUR/USD": "\(number)"]))
    }
    #expect(try await loaded(Lookback(window: .seconds(86_400 * 7)), day: 25) == [[1, 2, 3, 4]])
  }

  func publications() async throws {
    for number in 1...6 as ClosedRange<Int64> {
      try await store.apply(
        Changeset("ecb", number, at: instant(day: Int(number)), ["EUR/USD": "\(number)"]))
    }
    #expect(try await loaded(.none, day: 30) == [[5, 6]])
    #expect(try await loaded(Lookback(publications: 2), day: 30) == [[3, 4, 5, 6]])
    #expect(try await loaded(Lookback(since: date(5)), day: 30) == [[4, 5, 6]])
  }

  func sinceArmed() async throws {
    for number in 1...6 as ClosedRange<Int64> {
      for source in ["ecb", "cbu"] {
        var changeset = try Changeset(
          source, number, at: instant(day: Int(number)), ["EUR/USD": "\(number)"])
        if number == 5, source == "ecb" {
          var progress = AlertProgress(.inactive)
          progress.arming = AlertArming(at: instant(day: 5), before: instant(day: 4))
          let key = AlertKey(rule: "stop", series: try series("ecb", "EUR/USD"))
          changeset.alerts = [key: AlertState(progress, ruleFingerprint: "f")]
        }
        try await store.apply(changeset)
      }
    }
    #expect(
      try await loaded(Lookback(isSinceArmed: true), day: 30) == [[5, 6], [3, 4, 5, 6]])
    #expect(try await loaded(.none, day: 30) == [[5, 6], [5, 6]])
    #expect(
      try await loaded(Lookback(since: date(2), isSinceArmed: true), day: 30)
        == [[1, 2, 3, 4, 5, 6], [1, 2, 3, 4, 5, 6]])
  }

  func beyondTheWindow() async throws {
    for (number, day) in [(1, 1), (2, 2), (3, 3), (4, 3)] as [(Int64, Int)] {
      try await store.apply(
        Changeset(
          "ecb", number, valueDate: date(day), at: instant(day: Int(number)),
          ["EUR/USD": "\(number)"]))
    }
    #expect(try await loaded(.none, day: 30) == [[2, 3, 4]])
    #expect(
      try await loaded(Lookback(window: .seconds(86_400 * 26)), day: 30) == [[2, 3, 4]])
  }
}
