import CBench
import FXCore

/// Measures the engine alone: its decisions and its state, without storing or sending anything.
enum EngineRows {
  /// One new rate on a page of 160 pairs, with many rules of `rate > x`, none of which it crosses.
  static func thresholds(_ environment: Environment) throws -> [Result] {
    try [1000, 1_000_000].map(thresholds)
  }

  private static func thresholds(_ count: Int) throws -> Result {
    let pairs = try Bank.pairs(160)
    let rules = try (0..<count).map { index in
      try Bank.rule(
        "above-\(index)", "rate > 1.\(50_000 + index / pairs.count * 7)", pairs[index % pairs.count]
      )
    }
    var bank = Bank(rules)
    try bank.publish(pairs, at: 0) { _ in 100_000 }
    var times: [Double] = []
    for round in 1...1000 {
      let before = bench_now()
      try bank.publish(pairs, at: round) { $0 == 7 ? 100_000 + Int64(round % 4) : 100_000 }
      times.append(1e6 * (bench_now() - before - bank.preparing))
    }
    return Result(
      name: "one new rate among \(count) thresholds", goal: .atMost(50), value: times.median,
      unit: "µs")
  }

  /// A window of 30 days on each of 10 000 series, with one publication of all per day.
  static func windows(_ environment: Environment) throws -> [Result] {
    let pairs = try Bank.pairs(10_000)
    return try ["rate > max(30d)", "rate > avg(30d)"].map { condition in
      var bank = Bank([try Bank.rule("window", condition)])
      var rates: [Double] = []
      for day in 0..<60 {
        let before = bench_now()
        // Rates fall, so that no alert fires.
        try bank.publish(pairs, at: day * 1440) { 500_000 - Int64(day * 100 + $0 * 7919 % 97) }
        let took = bench_now() - before - bank.preparing
        if day >= 40 { rates.append(Double(pairs.count) / took) }
      }
      return Result(
        name: "\(condition) on \(pairs.count) series", goal: .atLeast(1_000_000),
        value: rates.median, unit: "rates/s")
    }
  }

  /// Ten thousand rules, one per pair: from creating the engine to the first publication.
  static func rules(_ environment: Environment) throws -> [Result] {
    let pairs = try Bank.pairs(10_000)
    let rules = try pairs.enumerated().map { try Bank.rule("moved-\($0)", "abs(change) > 1%", $1) }
    var bank = Bank([])
    var starts: [Double] = []
    for _ in 0..<5 {
      let before = bench_now()
      bank = Bank(rules)
      try bank.publish(pairs, at: 0) { _ in 100_000 }
      starts.append(1e3 * (bench_now() - before - bank.preparing))
    }
    return [
      Result(
        name: "start and first page with 10000 rules, a pair each", goal: .atMost(250),
        value: starts.median, unit: "ms")
    ]
  }

  /// 7000 days of 32 currencies, as many rates as the ECB has published since 1999, with ten rules.
  static func backtest(_ environment: Environment) throws -> [Result] {
    let past = try self.past(days: 7000, pairs: try Bank.pairs(32))
    var times: [Double] = []
    for _ in 0..<3 {
      let before = bench_now()
      let backtest = try backtested(past)
      times.append(bench_now() - before)
      guard backtest.transitions.count > 100 else { throw BenchFailure("no rule ever fired") }
    }
    return [
      Result(
        name: "back-test of \(past.count * 32) rates with ten rules", goal: .atMost(1),
        value: times.median, unit: "s")
    ]
  }

  /// Runs a back-test of ten rules over publications.
  static func backtested(_ past: [PastPublication]) throws -> Backtest {
    let conditions = [
      "abs(change) > 1%", "rate > max(30d)", "zscore(90d) > 3", "crosses(1.1)", "new_high(365d)",
      "new_low(365d)", "abs(change(7d)) > 5%", "rate > avg(200 publications)", "rate > 1.5",
      "age > 5d",
    ]
    let plan = Plan(
      sources: [Bank.source(dating: .fixing)],
      rules: try conditions.enumerated().map { try Bank.rule("rule-\($0)", $1, nil) }, notifiers: []
    )
    var backtest = Backtest(plan: plan, zones: Bank.Greenwich(), countingFrom: nil)
    for publication in past { backtest.append(publication) }
    return backtest
  }

  /// Creates fixings of working days that change by up to 0.6 % a day.
  static func past(days: Int, pairs: [CurrencyPair]) throws -> [PastPublication] {
    var state: UInt64 = 42
    func chance() -> Int64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int64(state >> 33)
    }
    var coefficients = pairs.map { _ in 50_000 + chance() % 100_000 }
    return try (0..<days).map { number in
      let day = CalendarDay(daysSinceEpoch: 10_600 + number * 7 / 5)
      let instant = Timestamp(seconds: Int64(day.daysSinceEpoch) * 86_400 + 57_600)
      for index in coefficients.indices {
        coefficients[index] += coefficients[index] * (chance() % 121 - 60) / 10_000
      }
      return PastPublication(
        Publication(
          number: Int64(number + 1), source: Bank.name, valueDate: day, firstSeen: instant,
          lastSeen: instant, bodyHash: "", headlines: []),
        try zip(pairs, coefficients).map { pair, coefficient in
          PastPublication.Observation(
            pair: pair, side: .mid, rate: try Bank.rate(coefficient), publishedChange: nil)
        })
    }
  }
}
