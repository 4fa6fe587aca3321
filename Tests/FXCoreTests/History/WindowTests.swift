import FXCore
import Testing

@Suite("A window")
struct WindowTests {
  /// One rate per hour; the last is evaluated when it is published, so its weight is still zero.
  private static let series = ConditionSeries(["1.00", "2.00", "6.00", "3.00", "4.00"], scale: 2)

  @Test(
    "contains the rates that were valid in it",
    arguments: [
      ("min(4h) == 1", true), ("min(3h) == 2", true), ("min(150m) == 2", true),
      ("min(90m) == 3", true), ("max(4h) == 6", true), ("max(2h) == 6", true),
      ("max(1h) == 4", true), ("min(1h) == 3", true), ("rate >= max(1h)", true),
      ("rate >= max(4h)", false), ("min(2 publications) == 3", true),
      ("max(2 publications) == 4", true), ("max(3 publications) == 6", true),
      ("min(1 publication) == 4", true), ("min(since 2026-02-20) == 1", false),
      ("at(3 publications) == 2", true), ("at(since 2026-02-20) == 1", false),
      ("delta(1 publication) > 0.98", true), ("change(2 publications) < -32%", true),
      ("change(4 publications) > 295%", true),
      // 1, 2, 6 and 3, an hour each
      ("abs(avg(4h) - 3) <= 0.01", true), ("abs(avg(2h) - 4.5) <= 0.01", true),
      ("abs(avg(90m) - 4) <= 0.01", true), ("abs(avg(1h) - 3) <= 0.01", true),
      // 6, 3 and 4, one publication each
      ("abs(avg(3 publications) - 13 / 3) <= 0.01", true),
      ("abs(avg(5 publications) - 16 / 5) <= 0.01", true),
      ("abs(stddev(2h) - 1.5) <= 0.02", true), ("abs(stddev(4h) - 1.8708) <= 0.02", true),
      ("stddev(2 publications) - 0.5 > 0.02", false), ("zscore(2h) < -0.3", true),
      ("zscore(2h) > -0.35", true),
    ])
  func values(text: String, holds: Bool) throws {
    let series = try #require(Self.series)
    let expected = holds ? Verdict.holds : .doesNotHold
    #expect(try series.verdict(text, .printed) == Self.orMissing(text, expected))
  }

  /// Returns the result for a window that may begin before the series, which begins at 09:00 of a day.
  private static func orMissing(_ text: String, _ expected: Verdict) -> Verdict {
    text.contains("since")
      ? .unknown(because: "no rate from 2026-02-20 is known") : expected
  }

  @Test(
    "is printed exactly where it can be",
    arguments: [
      "avg(4h) == 3", "avg(2h) == 4.5", "avg(3 publications) == 13 / 3", "stddev(2h) == 1.5",
      "stddev(2 publications) == 0.5", "zscore(2h) * 3 == -1", "stddev(1 publication) == 0",
    ])
  func exact(text: String) throws {
    #expect(try #require(Self.series).verdict(text, .printed) == .holds)
  }

  @Test("since a day begins with the rate valid at its first instant")
  func since() throws {
    // Hour 15 is the first of 21 February.
    let rates = (0..<20).map { "\($0 + 1).00" }
    let series = try #require(ConditionSeries(rates, scale: 2))
    #expect(try series.verdict("at(since 2026-02-21) == 16") == .holds)
    #expect(try series.verdict("min(since 2026-02-21) == 16") == .holds)
    #expect(try series.verdict("avg(since 2026-02-21) == 17.5", .printed) == .holds)
    #expect(
      try series.verdict("at(since 2026-02-22) > 0")
        == .unknown(because: "no rate from 2026-02-22 is known"))
    #expect(
      try series.verdict("avg(since 2026-02-22) > 0")
        == .unknown(because: "no rate from 2026-02-22 is known"))
  }

  @Test(
    "is unknown if the history does not reach back so far",
    arguments: [
      ("min(5h) > 0", "5h ago"), ("avg(5h) > 0", "5h ago"), ("zscore(5h) > 0", "5h ago"),
      ("min(6 publications) > 0", "6 publications ago"),
      ("change(5 publications) > 0%", "5 publications ago"), ("new_high(5h)", "5h ago"),
    ])
  func missing(text: String, window: String) throws {
    #expect(
      try #require(Self.series).verdict(text)
        == .unknown(because: "no rate from \(window) is known"))
  }

  @Test("has no score if its printed rates are all equal")
  func sameness() throws {
    let series = try #require(ConditionSeries(["1.00", "1.00", "2.00"], scale: 2))
    #expect(
      try series.verdict("zscore(2h) > 1")
        == .unknown(because: "all printed rates of the window are equal"))
  }

  @Test("scores with certainty where the deviation may be nothing but rounding")
  func coarseScore() throws {
    let series = try #require(ConditionSeries(["0.00008", "0.00009", "0.00020"], scale: 5))
    #expect(try series.verdict("zscore(2h) > 5") == .holds)
    #expect(try series.verdict("zscore(2h) > 50") == .undecided)
    #expect(try series.verdict("zscore(2h) < 0") == .doesNotHold)
  }

  @Test(
    "knows a new high and a new low",
    arguments: [
      (["1", "3", "2", "4"], true, false), (["1", "3", "2", "3"], false, false),
      (["2", "3", "4", "1"], false, true), (["2", "3", "4", "2"], false, false),
    ])
  func extremes(rates: [String], isHigh: Bool, isLow: Bool) throws {
    let series = try #require(ConditionSeries(rates, scale: 0))
    for window in ["3h", "4 publications"] {
      #expect(try series.verdict("new_high(\(window))") == (isHigh ? .holds : .doesNotHold))
      #expect(try series.verdict("new_low(\(window))") == (isLow ? .holds : .doesNotHold))
    }
  }

  @Test("new highs and lows hold only for the publication that contains them")
  func repeated() throws {
    let series = try #require(ConditionSeries(["1", "2"], scale: 0))
    let history = SeriesHistory(series.points, keeping: [.lows, .highs])
    let unchanged = HeldSeries(series: series, history: history, repeats: 1)
    let condition = try Condition("new_high(1h)")
    #expect(
      condition.evaluate(on: unchanged, at: unchanged.current.firstSeen, certainty: .certain)
        == .doesNotHold)
  }

  @Test(
    "goes on where the clock was set back",
    arguments: [
      ("max(1h) == 5", Verdict.holds), ("min(1h) == 1", .holds), ("max(2h) == 9", .holds),
      ("avg(1h) > 2.3", .holds), ("avg(1h) < 2.4", .holds),
      ("max(3h) > 0", .unknown(because: "no rate from 3h ago is known")),
    ])
  func clockSetBack(text: String, verdict: Verdict) throws {
    var series = try #require(ConditionSeries(["9", "5", "1", "2", "3", "4"], scale: 0))
    let minutes = [0, 60, 120, 180, 90, 150]
    series.points = zip(series.points, minutes).map { point, minute in
      SeriesPoint(
        rate: point.rate, valueDate: nil, firstSeen: ConditionSeries.start + .seconds(60 * minute),
        publication: point.publication, version: 1)
    }
    #expect(try series.verdict(text, .printed) == verdict)
  }

  @Test("encloses the true values, whatever they were before rounding")
  func honesty() throws {
    var numbers = ModelNumbers(seed: 21)
    let questions = ["avg", "stddev", "min", "max"]
    for _ in 0..<400 {
      // True rates in thousandths of a tick, at irregular hours.
      let count = Int.random(in: 3...12, using: &numbers)
      let truths = (0..<count).map { _ in Int64.random(in: 1000...60_000, using: &numbers) }
      let rates = truths.map {
        ExactDecimal(coefficient: ($0 + 500) / 1000, scale: 5)?.description ?? ""
      }
      let series = try #require(ConditionSeries(rates, scale: 5))
      let hours = Int.random(in: 1..<count, using: &numbers)
      // Each rate is valid for an hour; the evaluated one only from now on.
      let valid = truths.dropLast().suffix(hours).map(Double.init)
      let mean = valid.reduce(0, +) / Double(hours)
      let variance = valid.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(hours)
      let expected: [String: Double] = [
        "avg": mean, "stddev": variance.squareRoot(),
        "min": truths.suffix(hours + 1).min().map(Double.init) ?? 0,
        "max": truths.suffix(hours + 1).max().map(Double.init) ?? 0,
      ]
      for name in questions {
        let value = try #require(expected[name])
        // A bound that the truth does not reach by a millionth of a tick.
        let above = Int64((value + 0.001).rounded(.up) + 1)
        let below = Int64((value - 0.001).rounded(.down) - 1)
        let text = "\(name)(\(hours)h) * 1"
        if below > 0 {
          let bound = try #require(ExactDecimal(coefficient: below, scale: 8))
          #expect(try series.verdict("\(text) + rate - rate < \(bound)") != .holds)
        }
        let bound = try #require(ExactDecimal(coefficient: above, scale: 8))
        #expect(try series.verdict("\(text) + rate - rate > \(bound)") != .holds)
      }
    }
  }

  @Test("is the same over a history whose beginning was removed and whose unit got finer")
  func incremental() throws {
    var numbers = ModelNumbers(seed: 4)
    let conditions = try [
      "rate >= max(24h)", "rate <= min(24h)", "avg(24h) > rate", "zscore(24h) > 1",
      "stddev(24h) > 2", "rate >= max(7 publications)", "avg(7 publications) > rate",
      "stddev(7 publications) > 2", "new_high(12h)", "new_low(12 publications)",
    ].map { try Condition($0) }
    var series = try #require(ConditionSeries(["1.00"], scale: 3))
    var history = SeriesHistory(
      series.points, keeping: [.lows, .highs, .timeSums, .publicationSums])
    var seen: Set<Verdict> = []
    for hour in 1..<160 {
      let printed = try #require(
        ExactDecimal(
          coefficient: Int64.random(in: 100...999, using: &numbers), scale: hour < 80 ? 2 : 3))
      let point = SeriesPoint(
        rate: try #require(Rate(printed: printed, nominal: hour % 50 == 7 ? 10 : 1)),
        valueDate: nil, firstSeen: ConditionSeries.start + .seconds(3600 * hour),
        publication: Int64(hour) + 1, version: 1)
      series.points.append(point)
      let kept = HeldSeries(series: series, history: history)
      let whole = HeldSeries(series: series, history: series.history)
      for condition in conditions {
        for certainty in Certainty.allCases {
          let verdict = condition.evaluate(on: kept, at: point.firstSeen, certainty: certainty)
          #expect(
            verdict == condition.evaluate(on: whole, at: point.firstSeen, certainty: certainty),
            "\(condition) at hour \(hour)")
          seen.insert(verdict)
        }
      }
      history.append(point)
      // The smallest nominal ever seen stays, so that ticks are those of the whole history.
      if history.points.count == 60 { history.removeFirst(30) }
    }
    #expect(seen.isSuperset(of: [.holds, .doesNotHold]))
  }
}

/// A series over a history of its own.
private struct HeldSeries: SeriesView {
  let series: ConditionSeries
  let history: SeriesHistory
  var repeats: Int64 = 0

  var current: SeriesPoint { series.current }
  var previous: SeriesPoint? { series.previous }
  var publication: Int64 { series.current.publication + repeats }
  var lastPublished: Timestamp { series.lastPublished }
  var scale: Int { series.scale }
  var publishedChange: String? { nil }
  var changeScale: Int? { nil }
  var otherDay: SeriesPoint? { nil }
  var isRevision: Bool { false }
  var isSuspect: Bool { false }
  var pair: CurrencyPair { series.pair }
  var siblings: [CurrencyPair] { [] }

  func start(of mark: AlertMark) -> Timestamp? { nil }
  func missedPublications(at now: Timestamp) -> Int? { nil }
  func nextMissedPublication(after now: Timestamp) -> Timestamp? { nil }
  func rate(at source: SourceName) -> RateRange? { nil }
  func isPublished(at source: SourceName, within age: Duration, of now: Timestamp) -> Bool {
    true
  }
  func rate(on side: Side) -> RateRange? { nil }
  func rate(of sibling: CurrencyPair) -> RateRange? { nil }
}
