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

  private func loaded(_ reach: Lookback, day: Int) async throws -> [[Int64]] {
    try await store.load(reach: reach, now: instant(day: day)).series.map {
      $0.points.map(\.publication)
    }
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
    #expect(try await loaded(.none, day: 30) == [[6]])
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
      try await loaded(Lookback(isSinceArmed: true), day: 30) == [[6], [3, 4, 5, 6]])
    #expect(try await loaded(.none, day: 30) == [[6], [6]])
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
    #expect(try await loaded(.none, day: 30) == [[2, 4]])
    #expect(
      try await loaded(Lookback(window: .seconds(86_400 * 26)), day: 30) == [[2, 3, 4]])
  }
}
