import FXCore
import Testing

@Suite("A condition")
struct ConditionTests {
  /// The ticker's series that rose by 15 %.
  private static let somoni = ConditionSeries(["0.09168", "0.10563"], scale: 5)

  @Test(
    "is an event if it depends only on one publication",
    arguments: [
      ("change > 1%", Condition.Kind.event), ("abs(change) > 1%", .event), ("delta < 0", .event),
      ("crosses(0.1)", .event), ("crosses_above(at(24h))", .event), ("enters(1, 2)", .event),
      ("leaves(1, 2) or change > 1%", .event), ("not crosses_below(1)", .event),
      ("published", .event), ("published and weekday == mon", .event),
      ("rate > 1", .state), ("at(24h) > 1", .state), ("age > 24h", .state),
      ("change(24h) > 1%", .state), ("delta(7d) > 0", .state),
      ("change > 1% and rate > 1", .state), ("change > change(24h)", .state),
      ("change > 1% and 1 > 0", .event),
    ])
  func kind(text: String, kind: Condition.Kind) throws {
    #expect(try Condition(text).kind == kind)
  }

  @Test(
    "knows the history that it needs and whether it uses the clock",
    arguments: [
      ("change > 1%", Duration.zero, false), ("rate > 1", .zero, false),
      ("change(24h) > 1%", .seconds(86_400), false),
      ("change(24h) > 1% or delta(7d) > 0 or at(90s) > 1", .seconds(604_800), false),
      ("crosses(at(15m) * 2)", .seconds(900), false), ("age > 7d", .zero, true),
      ("rate > 1 and not age > 7d", .zero, true), ("crosses(age / 1h)", .zero, true),
    ])
  func needs(text: String, window: Duration, usesClock: Bool) throws {
    let condition = try Condition(text)
    #expect(condition.reach == Lookback(window: window))
    #expect(condition.usesClock == usesClock)
  }

  @Test(
    "decides moves by the range their rounding leaves",
    arguments: [
      // from, to, condition, certain, printed, possible
      ("0.09168", "0.10563", "abs(change) > 1%", Verdict.holds, Verdict.holds, Verdict.holds),
      ("0.09168", "0.10563", "change > 15.20%", .holds, .holds, .holds),
      ("0.09168", "0.10563", "change > 15.21%", .undecided, .holds, .holds),
      ("0.09168", "0.10563", "change > 15.22%", .undecided, .doesNotHold, .holds),
      ("0.09168", "0.10563", "change > 15.23%", .doesNotHold, .doesNotHold, .doesNotHold),
      ("0.00199", "0.00202", "abs(change) > 1%", .holds, .holds, .holds),
      ("0.00199", "0.00202", "change > 2%", .undecided, .doesNotHold, .holds),
      ("0.01154", "0.01144", "abs(change) > 1%", .doesNotHold, .doesNotHold, .doesNotHold),
      ("0.00008", "0.00009", "abs(change) > 1%", .undecided, .holds, .holds),
      ("0.00008", "0.00009", "not abs(change) > 1%", .undecided, .doesNotHold, .holds),
      ("0.00008", "0.00009", "change >= 0%", .holds, .holds, .holds),
      ("0.00008", "0.00009", "change < 0%", .doesNotHold, .doesNotHold, .doesNotHold),
      ("0.00008", "0.00009", "change == 12.5%", .undecided, .holds, .holds),
      ("0.00008", "0.00010", "change > 1%", .holds, .holds, .holds),
      ("0.00008", "0.00008", "abs(change) > 1%", .undecided, .doesNotHold, .holds),
      ("0.00008", "0.00008", "change == 0%", .undecided, .holds, .holds),
      ("0.5", "0.6", "delta > 0.09998", .holds, .holds, .holds),
      ("0.50000", "0.60000", "delta > 0.1", .undecided, .doesNotHold, .holds),
      ("0.50000", "0.60000", "delta >= 0.1", .undecided, .holds, .holds),
      ("0.60000", "0.50000", "delta < -0.09999", .undecided, .holds, .holds),
      ("0.60000", "0.50000", "-delta > 0.09998", .holds, .holds, .holds),
      ("0.60000", "0.50000", "abs(delta) > 0.09998", .holds, .holds, .holds),
      ("0.60000", "0.50000", "change * 2 < -30%", .holds, .holds, .holds),
      ("0.60000", "0.50000", "change / 2 < -10%", .doesNotHold, .doesNotHold, .doesNotHold),
    ])
  func moves(
    old: String, new: String, text: String, certain: Verdict, printed: Verdict, possible: Verdict
  ) throws {
    let series = try #require(ConditionSeries([old, new], scale: 5))
    #expect(try series.verdict(text) == certain)
    #expect(try series.verdict(text, .printed) == printed)
    #expect(try series.verdict(text, .possible) == possible)
  }

  @Test(
    "compares printed rates as the facts they are",
    arguments: [
      ("rate > 0.10562", true), ("rate > 0.10563", false), ("rate >= 0.10563", true),
      ("rate < 0.10563", false), ("rate <= 0.105630", true), ("rate == 0.1056300", true),
      ("rate == 0.10564", false), ("0.1 < rate", true), ("0.2 <= rate", false),
      ("0.10563 == rate", true), ("0.10563 >= rate", true), ("0.10563 > rate", false),
      ("rate + 1 > 1.1", true), ("-rate < -0.1", true), ("-rate == -0.10563", true),
      ("abs(-rate) == rate", true), ("rate > at(1h)", true), ("rate == at(30m)", false),
      ("at(1h) == 0.09168", true), ("at(30m) == 0.09168", true),
      ("not rate > 1", true), ("not (rate > 0.1)", false), ("not not rate > 0.1", true),
      ("rate > 1 or rate > 0.1", true), ("rate > 1 and rate > 0.1", false),
      ("rate > 0.1 or rate > 1 and rate > 2", true),
      ("(rate > 0.1 or rate > 1) and rate > 2", false),
      ("not rate > 0.1 or rate > 0.1", true), ("not (rate > 0.1 or rate > 0.1)", false),
      ("rate > 1 - 2 - 3", true), ("rate == 0.10563 + 2 * 3 - 6", true),
      ("rate == 0.10563 * 8 / 4 / 2", true), ("rate > (1 + 2) * 0.03521", false),
      ("rate > - - 0.1", true), ("rate > 1 - -1", false), ("1h == 60m and rate > 0", true),
      ("1d / 1h == 24 and rate > 0", true), ("1% == 1.0% and rate > 0", true),
      ("100% / 4 == 25% and rate > 0", true), ("rate\n  >\t0.1", true),
      // A number times a percentage is what its place needs.
      ("rate == 10.563 * 1%", true), ("rate < 0.1 + 0.1 * 5%", false),
      ("rate > 1% * 10.563 / 2", true), ("2 * 1% / 1% == 2 and rate > 0", true),
      ("2 * 1% == 2% and rate > 0", true), ("enters(50 * 0.2%, 1)", true),
      ("weekday >= mon and weekday <= sun and rate > 0", true),
    ])
  func facts(text: String, holds: Bool) throws {
    let series = try #require(Self.somoni)
    for certainty in Certainty.allCases {
      #expect(try series.verdict(text, certainty) == (holds ? .holds : .doesNotHold))
    }
  }

  @Test(
    "compares what is computed from a printed rate by its range",
    arguments: [
      // condition, and its verdict under certain, printed and possible
      ("rate * 2 > 0.21125", .undecided, .holds, .holds),
      ("rate * 2 > 0.21124", .holds, .holds, .holds),
      ("rate * 2 > 0.21126", .undecided, .doesNotHold, .holds),
      ("rate * 2 > 0.21127", .doesNotHold, .doesNotHold, .doesNotHold),
      ("rate - 0.1 == 0.00563", .undecided, .holds, .holds),
      ("1 / rate > 9.466", .holds, .holds, .holds),
      ("1 / rate > 9.467", .undecided, .holds, .holds),
      ("rate / 3 == 0.03521", .undecided, .holds, .holds),
      ("rate * 10% == 0.010563", .undecided, .holds, .holds),
      ("rate > at(1h) * 1.1521", .undecided, .holds, .holds),
      ("rate > at(1h) * 1.152", .holds, .holds, .holds),
    ] as [(String, Verdict, Verdict, Verdict)])
  func computed(text: String, certain: Verdict, printed: Verdict, possible: Verdict) throws {
    let series = try #require(Self.somoni)
    #expect(try series.verdict(text) == certain)
    #expect(try series.verdict(text, .printed) == printed)
    #expect(try series.verdict(text, .possible) == possible)
  }

  @Test("is asked through a long chain as through a short one")
  func chain() throws {
    let series = try #require(Self.somoni)
    let sum = "rate" + String(repeating: " + 1", count: 120)
    #expect(try series.verdict(sum + " == 120.10563", .printed) == .holds)
    #expect(try series.verdict(sum + " > 120.10562") == .holds)
  }

  @Test("divides by the nominal before it compares, and knows the finer tick")
  func nominal() throws {
    let series = try #require(ConditionSeries(["7.18", "7.19"], scale: 2, nominal: 10))
    #expect(try series.verdict("rate == 0.719") == .holds)
    #expect(try series.verdict("delta > 0") == .undecided)
    #expect(try series.verdict("delta > -0.0001") == .holds)
    #expect(try series.verdict("delta == 0.001", .printed) == .holds)
    #expect(try series.verdict("change > 0.13%", .printed) == .holds)
  }

  @Test(
    "crosses a level only with the publication that does",
    arguments: [
      // from, to, crosses, crosses_above, crosses_below the level 0.5
      ("0.4", "0.6", true, true, false), ("0.6", "0.4", true, false, true),
      ("0.5", "0.6", true, true, false), ("0.5", "0.4", true, false, true),
      ("0.4", "0.5", false, false, false), ("0.6", "0.5", false, false, false),
      ("0.5", "0.5", false, false, false), ("0.6", "0.7", false, false, false),
      ("0.3", "0.4", false, false, false),
    ])
  func crossings(old: String, new: String, either: Bool, above: Bool, below: Bool) throws {
    let series = try #require(ConditionSeries([old, new], scale: 1))
    for (text, holds) in [
      ("crosses(0.5)", either), ("crosses_above(0.5)", above), ("crosses_below(0.5)", below),
      ("crosses(1 / 2)", either),
    ] {
      for certainty in Certainty.allCases {
        #expect(try series.verdict(text, certainty) == (holds ? .holds : .doesNotHold))
      }
    }
  }

  @Test(
    "enters and leaves a channel whose edges belong to it",
    arguments: [
      ("0.3", "0.4", true, false), ("0.7", "0.6", true, false), ("0.4", "0.3", false, true),
      ("0.6", "0.7", false, true), ("0.3", "0.7", false, false), ("0.4", "0.6", false, false),
      ("0.7", "0.8", false, false),
    ])
  func channels(old: String, new: String, enters: Bool, leaves: Bool) throws {
    let series = try #require(ConditionSeries([old, new], scale: 1))
    #expect(try series.verdict("enters(0.4, 0.6)") == (enters ? .holds : .doesNotHold))
    #expect(try series.verdict("leaves(0.4, 0.6)") == (leaves ? .holds : .doesNotHold))
  }

  @Test("measures a window against the rate valid when it began")
  func windows() throws {
    let series = try #require(ConditionSeries(["1.00", "2.00", "4.00"], scale: 2))
    #expect(try series.verdict("at(1h) == 2") == .holds)
    #expect(try series.verdict("at(61m) == 1") == .holds)
    #expect(try series.verdict("at(119m) == 1") == .holds)
    #expect(try series.verdict("change(2h) > 290%") == .holds)
    #expect(try series.verdict("change(1h) < 102%") == .holds)
    #expect(try series.verdict("delta(2h) >= 2.99") == .holds)
    #expect(try series.verdict("change > 99%") == .holds)
    // Asked later, the window has moved on.
    #expect(try series.verdict("at(1h) == 4", after: .seconds(3600)) == .holds)
  }

  @Test("is undecided about a rate that is repeated, in every window")
  func repeated() throws {
    let series = try #require(ConditionSeries(["0.00008", "0.00008"], scale: 5))
    for text in ["change == 0%", "delta(1h) == 0", "abs(change(1 publication)) < 0.5%"] {
      #expect(try series.verdict(text) == .undecided)
      #expect(try series.verdict(text, .printed) == .holds)
    }
    for text in ["change(24h) == 0%", "delta(24h) == 0", "abs(change(24h)) < 0.5%"] {
      #expect(try series.verdict(text, after: .seconds(90_000)) == .undecided)
      #expect(try series.verdict(text, .printed, after: .seconds(90_000)) == .holds)
    }
  }

  @Test(
    "is unknown if a value is missing, unless the rest decides",
    arguments: [
      ("change > 1%", Verdict.unknown(because: "there is no rate before this one")),
      ("delta > 1", .unknown(because: "there is no rate before this one")),
      ("crosses(1)", .unknown(because: "there is no rate before this one")),
      ("enters(1, 2)", .unknown(because: "there is no rate before this one")),
      ("change(24h) > 1%", .unknown(because: "no rate from 24h ago is known")),
      ("delta(7d) > 1", .unknown(because: "no rate from 7d ago is known")),
      ("at(90s) > 1", .unknown(because: "no rate from 90s ago is known")),
      ("crosses(at(1h))", .unknown(because: "there is no rate before this one")),
      ("not change > 1%", .unknown(because: "there is no rate before this one")),
      ("abs(-change * 2) > 1%", .unknown(because: "there is no rate before this one")),
      ("change > 1% and rate > 0.1", .unknown(because: "there is no rate before this one")),
      ("rate > 0.1 and change > 1%", .unknown(because: "there is no rate before this one")),
      ("change > 1% or rate > 1", .unknown(because: "there is no rate before this one")),
      ("change > 1% and rate > 1", .doesNotHold), ("rate > 1 and change > 1%", .doesNotHold),
      ("change > 1% or rate > 0.1", .holds), ("rate > 0.1 or change > 1%", .holds),
      ("not (change > 1% and rate > 1)", .holds),
      ("change > 1% and at(1h) > 1", .unknown(because: "there is no rate before this one")),
      (
        "rate - rate > 0 and change > 1%",
        .unknown(because: "there is no rate before this one")
      ),
      ("rate - rate > 0 or rate > 0.1", .holds),
      ("rate - rate > 0 and rate > 0.1", .undecided),
      ("1 / (rate - rate) > 1", .unknown(because: "a divisor may be zero")),
      ("1 / (rate - 0.5) > 1", .unknown(because: "a divisor may be zero")),
      (
        "rate * 999999999999999999 * 999999999999999999 * 999999999999999999 > 1",
        .unknown(because: "a value is too large to be computed")
      ),
    ])
  func missing(text: String, expected: Verdict) throws {
    let series = try #require(ConditionSeries(["0.5"], scale: 1))
    #expect(try series.verdict(text) == expected)
    if expected != .undecided { #expect(try series.verdict(text, .possible) == expected) }
  }

  @Test("has no move against zero")
  func zero() throws {
    let series = try #require(ConditionSeries(["0.00", "0.01"], scale: 2))
    #expect(
      try series.verdict("change > 1%") == .unknown(because: "the previous rate is zero"))
    #expect(try series.verdict("delta > -1") == .holds)
  }

  @Test(
    "knows its age to the millisecond",
    arguments: [
      ("age > 1h", 3_600_000, false), ("age > 1h", 3_600_001, true), ("age >= 1h", 3_600_000, true),
      ("age == 1h", 3_600_000, true), ("age == 1h", 3_600_001, false),
      ("age < 1h", 3_599_999, true), ("age <= 1h", 3_600_000, true), ("1h < age", 3_600_001, true),
      ("age - 30m > 30m", 3_600_001, true), ("age / 30m > 2", 3_600_001, true),
      ("age * 2 > 1h + 1h", 3_600_001, true), ("abs(0s - age) > 1h", 3_600_001, true),
      ("age < 0s", -5, true),
    ])
  func age(text: String, milliseconds: Int, holds: Bool) throws {
    let series = try #require(Self.somoni)
    #expect(
      try series.verdict(text, after: .milliseconds(milliseconds))
        == (holds ? .holds : .doesNotHold))
  }

  @Test(
    "names the next instant at which the clock alone can change it",
    arguments: [
      // milliseconds after the last publication: asked at, expected
      ("age > 1h", 0, 3_600_001), ("age > 1h", 3_600_000, 3_600_001), ("age > 1h", 3_600_001, nil),
      ("age >= 1h", 0, 3_600_000), ("age < 1h", 0, 3_600_000), ("age <= 1h", 0, 3_600_001),
      ("1h < age", 0, 3_600_001), ("1h >= age", 0, 3_600_001), ("1h <= age", 0, 3_600_000),
      ("age == 1h", 0, 3_600_000), ("age == 1h", 3_600_000, 3_600_001),
      ("age > 1h or age > 2h", 3_600_001, 7_200_001), ("not age > 1h and rate > 1", 5, 3_600_001),
      ("age > 1s / 7", 0, 143), ("age >= 1s / 7", 0, 143), ("age == 1s / 7", 0, nil),
      ("age > 1h - 2h", 0, nil), ("rate > 1", 0, nil), ("change(24h) > 1%", 0, nil),
      ("age * 2 > 1h", 7, 60_007), ("abs(age) > 1h or age > 30s", 7, 30_001),
      ("crosses(age / 1h)", 0, 60_000), ("age > age - 1h", 0, 60_000),
    ])
  func clock(text: String, asked: Int, expected: Int?) throws {
    let series = try #require(Self.somoni)
    let instant = expected.map { series.lastPublished + .milliseconds($0) }
    #expect(
      try Condition(text).nextClockChange(
        after: series.lastPublished + .milliseconds(asked), on: series) == instant)
  }

  @Test("is evaluated at each quarter of an hour where it reads the clock and the time of day")
  func timeOfDay() throws {
    let series = try #require(Self.somoni)
    let late = series.lastPublished + .seconds(86_400)
    let quarter = late.milliseconds / 900_000 * 900_000 + 900_000
    for text in ["age > 2h and hour >= 8", "not (age > 2h and weekday <= 5)"] {
      #expect(
        try Condition(text).nextClockChange(after: late, on: series)
          == Timestamp(milliseconds: quarter))
    }
    #expect(try Condition("rate > 1 and hour >= 8").nextClockChange(after: late, on: series) == nil)
  }

  @Test("reads the sides of a publication, and cannot tell where one is missing")
  func sides() throws {
    var series = try #require(Self.somoni)
    #expect(
      try series.verdict("ask - bid > 0.01")
        == .unknown(because: "the source prints no ask rate of the pair"))
    for (side, text) in [(Side.ask, "1.32"), (.bid, "1.30"), (.mid, "1.31")] {
      let decimal = try #require(ExactDecimal(text))
      series.sides[side] = RateRange(try #require(Rate(printed: decimal, nominal: 1)), scale: 2)
    }
    for (text, verdict) in [
      ("ask - bid > 0.005", Verdict.holds), ("ask - bid > 0.015", .undecided),
      ("ask - bid > 0.03", .doesNotHold), ("ask > 1.31", .holds),
      ("(ask - bid) / mid < 0.03", .holds),
    ] {
      #expect(try series.verdict(text) == verdict, "\(text)")
    }
    for (text, side) in [
      ("bid > 1", Side.bid), ("mid > bid", .bid), ("mid - bid < ask", .ask), ("mid > 1", .mid),
    ] {
      var rule = Rule(name: "r", condition: try Condition(text))
      func watched() -> [Side] {
        Side.allCases.filter {
          rule.watches(Series(source: SourceName("s"), pair: series.pair, side: $0))
        }
      }
      #expect(watched() == [side])
      rule.sides = [.mid, .ask]
      #expect(watched() == [.mid, .ask])
    }
  }

  @Test("reads the hour and the weekday of a time zone, also after its clocks changed")
  func zones() throws {
    var series = try #require(Self.somoni)
    var scope = ConditionScope()
    scope.zones = BerlinZones()
    for (instant, hour, weekday) in [
      ("2026-03-28T22:59:59Z", 23, 6), ("2026-03-28T23:00:00Z", 0, 7),
      ("2026-03-29T00:59:59Z", 1, 7), ("2026-03-29T01:00:00Z", 3, 7),
      ("2026-03-29T22:00:00Z", 0, 1), ("2026-10-25T00:30:00Z", 2, 7),
      ("2026-10-25T01:30:00Z", 2, 7),
    ] {
      let now = try #require(Timestamp(text: instant))
      series.lastPublished = now
      let text = "hour(Europe/Berlin) == \(hour) and weekday(Europe/Berlin) == \(weekday)"
      let condition = try Condition("rate > 0 and \(text)", in: scope)
      #expect(condition.evaluate(on: series, at: now, certainty: .certain) == .holds)
    }
  }

  @Test("changes with the clock at exactly the instants it names")
  func clockAgrees() throws {
    let series = try #require(Self.somoni)
    for text in [
      "age > 1h", "age >= 1h", "age < 1h", "age <= 1h", "age == 1h", "1s / 7 <= age",
      "age > 1h and not age > 2h or age == 3h",
    ] {
      let condition = try Condition(text)
      var now = series.lastPublished
      var verdict = condition.evaluate(on: series, at: now, certainty: .certain)
      while let next = condition.nextClockChange(after: now, on: series) {
        let before = next - .milliseconds(1)
        #expect(condition.evaluate(on: series, at: before, certainty: .certain) == verdict)
        now = next
        verdict = condition.evaluate(on: series, at: now, certainty: .certain)
      }
      #expect(
        condition.evaluate(on: series, at: now + .seconds(864_000), certainty: .certain) == verdict)
    }
  }

  @Test(
    "returns the point against which its first move is measured",
    arguments: [
      ("rate > 1", "2.00"), ("change > 1%", "2.00"), ("crosses(1)", "2.00"), ("age > 1h", "2.00"),
      ("abs(change(2h)) > 1%", "1.00"), ("rate > 1 and delta(2h) > 1", "1.00"),
      ("change > 1% and change(2h) > 1%", "2.00"), ("at(2h) > 1 or change > 1%", "1.00"),
      ("crosses(1) and change(2h) > 1%", "1.00"), ("change(24h) > 1%", nil),
    ])
  func anchor(text: String, expected: String?) throws {
    let series = try #require(ConditionSeries(["1.00", "2.00", "4.00"], scale: 2))
    let anchor = try Condition(text).anchor(on: series, at: series.current.firstSeen)
    #expect(anchor?.rate.printed.description == expected)
  }

  @Test(
    "shows itself as a threshold where it is no more than that",
    arguments: [
      ("rate > 0.5", Comparison.above), ("0.5 > rate", .below), ("(rate >= 1 / 2)", .atLeast),
      ("0.5 >= rate", .atMost), ("rate == 0.5", .equal), ("rate * 2 > 1", nil),
      ("rate > at(24h)", nil), ("not rate > 0.5", nil), ("rate > 0.5 and rate > 0.4", nil),
    ])
  func threshold(text: String, comparison: Comparison?) throws {
    let threshold = try Condition(text).threshold
    #expect(threshold?.comparison == comparison)
    if let threshold { #expect(threshold.level == Fraction(numerator: 1, denominator: 2)) }
  }

  @Test("certain fires on no move that did not happen, and misses none clear of its range")
  func honesty() throws {
    var numbers = ModelNumbers(seed: 8)
    let condition = try Condition("abs(change) > 1%")
    let onePercent = Fraction(numerator: 1, denominator: 100)
    var outcomes: [Verdict: Int] = [:]
    for _ in 0..<20_000 {
      // True rates in thousandths of a tick.
      let before = Int64.random(in: 2000...2_000_000, using: &numbers)
      let after = max(1000, before + Int64.random(in: -before / 20...before / 20, using: &numbers))
      let rates = [before, after].map { value in
        ExactDecimal(coefficient: (value + 500) / 1000, scale: 5)?.description ?? ""
      }
      let series = try #require(ConditionSeries(rates, scale: 5))
      let verdict = condition.evaluate(
        on: series, at: series.current.firstSeen, certainty: .certain)
      outcomes[verdict, default: 0] += 1
      let move = Fraction(
        numerator: Int128((after - before).magnitude), denominator: Int128(before))
      switch verdict {
      case .holds where move <= onePercent:
        Issue.record("\(rates) holds, though truly \(before) moved to \(after)")
      case .doesNotHold where move > onePercent:
        Issue.record("\(rates) does not hold, though truly \(before) moved to \(after)")
      case .holds, .doesNotHold: break
      case .undecided:
        // Only if one tick of either rate could have made the difference.
        let reach = Fraction(numerator: 2200, denominator: Int128(min(before, after)))
        if let distance = move.subtracting(onePercent, rounding: .up)?.magnitude, distance > reach {
          Issue.record("\(rates) is undecided, though truly \(before) moved to \(after)")
        }
      case .unknown: Issue.record("nothing is missing here")
      }
    }
    #expect(outcomes.values.allSatisfy { $0 > 1000 } && outcomes.count == 3)
  }
}
