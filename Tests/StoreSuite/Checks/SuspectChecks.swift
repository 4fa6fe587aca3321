import FXCore
import Testing

/// Suspect rates, and the rates that alerts were based on.
struct SuspectChecks: StoreCheck {
  static let all: [StoreBehaviour] = [
    promise("A suspect rate is loaded apart from the trusted ones") {
      try await $0.loads()
    },
    promise("A series without a trusted rate is loaded with its suspect one") {
      try await $0.nothingTrusted()
    },
    promise("The latest rate is suspect until a trusted one follows") {
      try await $0.rates()
    },
    promise("A suspect rate never replaces a trusted one of its day") {
      try await $0.history()
    },
    promise("The rate an alert was based on is the latest of each alert") {
      try await $0.bases()
    },
    promise("The failures of a source are stored whole") {
      try await $0.sourceState()
    },
  ]

  private let opener: any StoreOpener
  private let store: any EngineStore

  private static let suspicion = Suspicion(
    guardName: "power-of-ten", reason: "110 is about 100 of the last rate, 1.10")

  init(_ opener: any StoreOpener) async throws {
    self.opener = opener
    store = try await opener.openForEngine()
  }

  /// Returns a publication whose rates are all suspect.
  private func suspect(
    _ number: Int64, day: Int, _ rates: [String: String]
  ) throws -> Changeset {
    var changeset = try Changeset("ecb", number, valueDate: date(day), at: instant(day: day), rates)
    changeset.observations = changeset.observations.map { record in
      ObservationRecord(
        series: record.series, point: record.point, publishedChange: nil, scale: 2,
        suspicion: Self.suspicion)
    }
    return changeset
  }

  /// Loads the first series.
  private func loaded() async throws -> StoredSeries? {
    try await store.load(window: .seconds(86_400 * 30), now: instant(day: 20)).series.first
  }

  func loads() async throws {
    try await store.apply(
      Changeset("ecb", 1, valueDate: date(1), at: instant(day: 1), ["EUR/USD": "1.10"]))
    try await store.apply(suspect(2, day: 2, ["EUR/USD": "110"]))
    let series = try #require(try await loaded())
    #expect(series.points.map(\.rate.printed.description) == ["1.10"])
    #expect(series.scale == 2)
    #expect(series.suspect?.point.rate.printed.description == "110")
    #expect(series.suspect?.suspicion == Self.suspicion)
    #expect(series.suspect?.point.publication == 2)
  }

  func nothingTrusted() async throws {
    try await store.apply(suspect(1, day: 1, ["EUR/USD": "110"]))
    let series = try #require(try await loaded())
    #expect(series.points == [])
    #expect(series.suspect?.suspicion == Self.suspicion)
  }

  func rates() async throws {
    try await store.apply(
      Changeset("ecb", 1, valueDate: date(1), at: instant(day: 1), ["EUR/USD": "1.10"]))
    try await store.apply(suspect(2, day: 2, ["EUR/USD": "110"]))
    let held = try #require(try opener.openForReading().latestRates().first)
    #expect(held.point.rate.printed.description == "110")
    #expect(held.suspicion == Self.suspicion)
    #expect(held.previous?.rate.printed.description == "1.10")
    #expect(held.previousDay?.rate.printed.description == "1.10")
    try await store.apply(
      Changeset("ecb", 3, valueDate: date(3), at: instant(day: 3), ["EUR/USD": "1.11"]))
    let cleared = try #require(try opener.openForReading().latestRates().first)
    #expect(cleared.point.rate.printed.description == "1.11")
    #expect(cleared.suspicion == nil)
    #expect(cleared.previous?.rate.printed.description == "1.10")
  }

  func history() async throws {
    try await store.apply(
      Changeset("ecb", 1, valueDate: date(1), at: instant(day: 1), ["EUR/USD": "1.10"]))
    try await store.apply(suspect(2, day: 1, ["EUR/USD": "110"]))
    try await store.apply(suspect(3, day: 2, ["EUR/USD": "111"]))
    try await store.apply(
      Changeset("ecb", 4, valueDate: date(2), at: instant(day: 3), ["EUR/USD": "1.11"]))
    let query = HistoryQuery(pair: try unwrapped(CurrencyPair("EUR/USD")))
    func lines(_ query: HistoryQuery) throws -> [String] {
      try opener.openForReading().history(query).map { row in
        "\(row.rate?.printed.description ?? "-") \(row.suspicion?.guardName ?? "trusted")"
      }
    }
    #expect(try lines(query) == ["1.10 trusted", "110 power-of-ten", "1.11 trusted"])
    var all = query
    all.allVersions = true
    #expect(
      try lines(all) == ["1.10 trusted", "110 power-of-ten", "111 power-of-ten", "1.11 trusted"])
  }

  func bases() async throws {
    let key = AlertKey(rule: "big-move", series: try series("ecb", "EUR/USD"))
    func basis(_ id: String, _ day: Int, _ rate: String) -> AlertBasis {
      AlertBasis(alertID: id, firedAt: instant(day: day), valueDate: date(day), rate: rate)
    }
    for basis in [basis("alert_1", 1, "1.10"), basis("alert_2", 2, "1.20")] {
      var changeset = Changeset()
      changeset.alertBases[key] = basis
      try await store.apply(changeset)
    }
    let state = try await store.load(window: .zero, now: instant(day: 3))
    #expect(state.alertBases == [key: basis("alert_2", 2, "1.20")])
  }

  func sourceState() async throws {
    var state = SourceState()
    state.failures = 4
    state.lastFailure = "no address is known for ecb.example"
    state.failingSince = instant(day: 1)
    state.isUnreachable = true
    state.downSince = instant(day: 2)
    state.staleSince = instant(day: 3)
    state.retired = ["BGN", "HRK"].compactMap { Currency($0) }
    var changeset = Changeset()
    changeset.sources[SourceName("ecb")] = state
    changeset.sources[.network] = SourceState()
    try await store.apply(changeset)
    let stored = try await store.load(window: .zero, now: instant(day: 3)).sources
    #expect(stored == [SourceName("ecb"): state, .network: SourceState()])
  }
}
