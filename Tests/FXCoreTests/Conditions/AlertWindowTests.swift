import FXCore
import Testing

@Suite("Windows since an alert was armed or fired")
struct AlertWindowTests {
  /// One rate per hour; armed with the second, fired with the fourth.
  private func series() throws -> ConditionSeries {
    var series = try #require(
      ConditionSeries(["1.50", "1.10", "1.30", "1.20", "1.25"], scale: 2))
    series.marks = [
      .armed: ConditionSeries.start + .seconds(3600),
      .fired: ConditionSeries.start + .seconds(10_800),
    ]
    return series
  }

  @Test(
    "have the rate of that instant and those after it",
    arguments: [
      "max(since armed) == 1.30", "min(since armed) == 1.10", "at(since armed) == 1.10",
      "max(since fired) == 1.25", "at(since fired) == 1.20", "min(since armed before) == 1.10",
      "change(since armed) > 12% and change(since armed) < 15%", "delta(since fired) > 0.03",
      "max(rate, since fired) == 1.25", "not new_high(since armed)", "new_high(since fired)",
      "avg(since armed) > 1.18 and avg(since armed) < 1.22",
    ])
  func values(_ text: String) throws {
    #expect(try series().verdict(text, .printed) == .holds)
  }

  @Test("cannot be evaluated where the alert has no such instant, or it is now")
  func unknown() throws {
    var series = try series()
    series.marks = [.armed: series.current.firstSeen]
    #expect(
      try series.verdict("max(since armed) > 1")
        == .unknown(because: "the rule is armed only from now on"))
    #expect(
      try series.verdict("change(since armed) > 1%")
        == .unknown(because: "the rule is armed only from now on"))
    #expect(
      try series.verdict("max(since fired) > 1")
        == .unknown(because: "the alert does not fire, or only from now on"))
    #expect(try series.verdict("max(since armed) > 1", after: .seconds(60)) == .holds)
  }

  @Test("begin with the time of a condition that looks back to it")
  func requirements() throws {
    for (text, isArmed) in [
      ("rate < max(since armed) * 0.97", true), ("change(since fired) > 1%", true),
      ("rate > 1 or max(rate, since armed) > 1", true), ("change(since week) > 1%", false),
    ] {
      let condition = try Condition(text)
      #expect(condition.isArmed == isArmed, "\(text)")
      #expect(condition.reach.isSinceArmed == isArmed, "\(text)")
      #expect(condition.levels == nil, "\(text)")
    }
  }

  @Test("since it fired are recognized where nothing else can fire the alert")
  func firing() throws {
    for (text, prevents) in [
      ("change(since fired) > 1%", true), ("rate > 1 or change(since fired) > 1%", false),
      ("rate > 1 and change(since fired) > 1%", true),
      ("not (rate > 1 or change(since fired) > 1%)", true),
      ("not (rate > 1 and change(since fired) > 1%)", false), ("rate < max(since armed)", false),
    ] {
      #expect(FiringWindows.preventFiring(by: try Condition(text)) == prevents, "\(text)")
    }
    var scope = ConditionScope()
    scope.definitions = Definitions(
      stored: .object([.init("gain", .string("change(since fired)"))]))
    let defined = try Condition("gain > 1%", in: scope)
    #expect(FiringWindows.preventFiring(by: defined))
    #expect(FiringWindows.areUsed(in: defined))
    #expect(!FiringWindows.areUsed(in: try Condition("rate > 1")))
  }
}
