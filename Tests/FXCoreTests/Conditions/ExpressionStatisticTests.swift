import FXCore
import Testing

@Suite("A statistic of values over a window")
struct ExpressionStatisticTests {
  private static let rates = ["1.0000", "1.0100", "1.0000", "1.0300", "1.0300", "1.0200"]

  @Test(
    "counts each publication once",
    arguments: [
      // Moves: 0.01, -0.01, 0.03, 0, -0.01.
      ("avg(delta, 5 publications)", "0.0039", "0.0041"),
      ("avg(abs(delta), 5 publications)", "0.0119", "0.0121"),
      ("atr(5 publications)", "0.0119", "0.0121"),
      ("atr(3 publications)", "0.0133", "0.0134"), ("atr(3)", "0.0133", "0.0134"),
      ("atr(3 publications before)", "0.0133", "0.0134"),
      ("max(abs(delta), 5 publications)", "0.0299", "0.0301"),
      ("max(abs(delta), 2 publications)", "0.0099", "0.0101"),
      ("min(delta, 5 publications)", "-0.0101", "-0.0099"),
      ("min(change, 5 publications) / 1%", "-1.0", "-0.99"),
      // The standard deviation of 1, -1, 3, 0 and -1 is 1.4966…
      ("stddev(delta, 5 publications)", "0.0149", "0.0150"),
      ("stddev(delta * 100, 4h30m)", "1.4966", "1.4967"),
      ("avg(abs(delta), 4h30m)", "0.0119", "0.0121"),
      ("avg(abs(delta), 1h30m)", "0.0049", "0.0051"),
      ("avg(abs(delta), 2h30m before)", "0.0149", "0.0151"),
    ])
  func values(text: String, low: String, high: String) throws {
    let series = try #require(ConditionSeries(Self.rates, scale: 4))
    #expect(try series.verdict("\(text) > \(low) and \(text) < \(high)", .printed) == .holds)
  }

  @Test("counts a publication that repeats the rate")
  func repeats() throws {
    var series = try #require(ConditionSeries(["1.00", "1.10", "1.30"], scale: 2))
    series.repeats = 3
    series.lastPublished = series.lastPublished + .seconds(10_800)
    // Moves: 0.2, 0, 0, 0.
    #expect(
      try series.verdict("avg(delta, 4 publications) == 0.05", .printed, after: .seconds(10_800))
        == .holds)
    #expect(
      try series.verdict("max(delta, 3 publications) == 0", .printed, after: .seconds(10_800))
        == .holds)
    #expect(
      try series.verdict("avg(delta, 3h30m) == 0.05", .printed, after: .seconds(10_800)) == .holds)
  }

  @Test("keeps the ranges of rounding")
  func rounding() throws {
    let series = try #require(ConditionSeries(["1.0", "1.1", "1.3"], scale: 1))
    // 0.1 and 0.2, each up to 0.1 more or less.
    for (text, verdict) in [
      ("avg(delta, 2 publications) > 0.04", Verdict.holds),
      ("avg(delta, 2 publications) > 0.06", .undecided),
      ("avg(delta, 2 publications) > 0.26", .doesNotHold),
      ("max(delta, 2 publications) > 0.09", .holds),
      ("max(delta, 2 publications) > 0.2", .undecided),
      ("min(delta, 2 publications) < 0.21", .holds),
      ("stddev(delta, 2 publications) < 0.16", .holds),
      ("stddev(delta, 2 publications) < 0.14", .undecided),
      ("max(rate, 2 publications) > 1.2", .holds), ("max(rate, 2 publications) == 1.3", .holds),
    ] {
      #expect(try series.verdict(text) == verdict, "\(text)")
    }
  }

  @Test("cannot tell while the window is not covered, or has no publication")
  func coverage() throws {
    let series = try #require(ConditionSeries(Self.rates, scale: 4))
    for (text, delay, verdict) in [
      ("atr(5 publications) > 0", 0, Verdict.holds),
      ("atr(6 publications) > 0", 0, .unknown(because: "no rate from 7 publications ago is known")),
      ("avg(rate, 6 publications) > 0", 0, .holds),
      (
        "avg(rate, 7 publications) > 0", 0,
        .unknown(because: "no rate from 7 publications ago is known")
      ),
      ("atr(6h) > 0", 0, .unknown(because: "no rate from 6h ago is known")),
      ("atr(5h) > 0", 0, .unknown(because: "no rate from 5h ago is known")),
      ("atr(1h) > 0", 7200, .unknown(because: "nothing was published in the window")),
      ("atr(1h before) < 1", 0, .holds),
      ("atr(30m before) > 0", 0, .unknown(because: "nothing was published in the window")),
    ] {
      #expect(try series.verdict(text, after: .seconds(delay)) == verdict, "\(text)")
    }
  }

  @Test("of the rate is the same as the function of the rates of as many publications")
  func sameAsRates() throws {
    var numbers = ModelNumbers(seed: 11)
    for _ in 0..<300 {
      let rates = (0..<Int.random(in: 3...30, using: &numbers)).map { _ in
        "1.0\(Int.random(in: 100...999, using: &numbers))"
      }
      var series = try #require(ConditionSeries(rates, scale: 4))
      series.repeats = Int64.random(in: 0...2, using: &numbers)
      let window =
        "\(Int.random(in: 1...12, using: &numbers)) publications"
        + (series.repeats == 0 && Bool.random(using: &numbers) ? " before" : "")
      let level = rates[0]
      for name in ["avg", "min", "max", "stddev"] {
        let other = name == "stddev" ? "0.02" : level
        for certainty in Certainty.allCases {
          let verdicts = try ["\(name)(\(window))", "\(name)(rate, \(window))"].map {
            try series.verdict("\($0) > \(other)", certainty)
          }
          switch (verdicts[0], verdicts[1]) {
          case (.unknown, .unknown): break
          default: #expect(verdicts[0] == verdicts[1], "\(name) \(window) \(rates)")
          }
        }
      }
    }
  }
}
