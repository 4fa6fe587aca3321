import FXCore
import Testing

@Suite("A condition whose result does not depend on the rates")
struct ConstantConditionsTests {
  @Test(
    "is found",
    arguments: [
      ("rate > 1 and rate < 0", ConstantConditions.Result.never), ("rate > 2 and rate < 1", .never),
      ("rate > 1 and rate <= 1", .never), ("rate > 1 or rate <= 1", .always),
      ("rate > 1 or rate < 2", .always), ("rate < 0", .never), ("rate >= 0", .always),
      ("age < 0s", .never), ("abs(change) >= 0%", .always), ("abs(change) < 0%", .never),
      ("change > 5% and change < 1%", .never), ("1 > 2 and rate > 1", .never),
      ("1 < 2 or change > 1%", .always), ("not (rate > 1 or rate < 2)", .never),
      ("crosses(1) and not crosses(1)", .never), ("crosses(1) or not crosses( 1 )", .always),
      ("rate > 1 and rate > 2 and 1.5 > rate", .never),
      ("rate == 1 and rate == 2", .never), ("missed < 0 or rate < 0", .never),
      ("rate > max(30d)", .never), ("min(30d) > rate", .never), ("rate <= max(30d)", .always),
      ("zscore(5 publications) > 2", .never), ("abs(zscore(5 publications)) >= 2.1", .never),
      ("zscore(10 publications) < -3", .never), ("min(5 publications) > max(7d)", .never),
      ("change < -100%", .never), ("change(24h) <= -120%", .never),
      ("spread(ecb) > -100%", .always),
      ("crosses_above(3) and crosses_below(3)", .never), ("crosses_above(3) and rate < 3", .never),
      ("avg(rate, 5 publications) == 1.2", .never), ("atr(5 publications) == 0.1", .never),
      ("change == 0.5%", .never), ("rate * 2 == 3", .never), ("crosses_above(rate)", .never),
      ("avg(4 publications) > max(4 publications)", .never), ("avg(7d) < min( 7d )", .never),
      ("change > change", .never), ("rate > 1 and hour > 23", .never),
      ("rate > 1 and weekday == 8", .never), ("rate > 1 and hour(UTC) < 0", .never),
    ])
  func found(text: String, expected: ConstantConditions.Result) throws {
    #expect(ConstantConditions.result(of: try Condition(text)) == expected)
  }

  @Test(
    "is not reported if rates decide",
    arguments: [
      "rate > 1", "rate > 1 and rate < 2", "change < 0%", "rate > 1 and age > 1h",
      "rate == 1", "not rate == 1", "crosses(1)", "rate > at(24h)", "delta < 0 or delta > 0",
      "rate > 1 and rate >= 1", "abs(change) > 0%", "rate < 0.000000000000000001",
      "crosses(1) and not crosses(2)", "change(24h) > 1% and change(7d) < 0%",
      "rate >= max(30d)", "zscore(5 publications) >= 2", "zscore(6 publications) > 2",
      "zscore(30d) > 9", "avg(5d) > max(1d)", "avg(5d) > avg(20d)", "change > -99%",
      "crosses_above(3) or crosses_below(3)", "rate == max(30d)", "rate > max(30d) * 0.9",
      "min(5 publications) >= max(5 publications)", "rate > 1 and hour >= 23",
      "rate > 1 and weekday == 7",
      "rate > max(abs(delta), 30d)", "avg(change, 30d) < 0%", "max(rate, 5 publications) == 1.2",
    ])
  func innocent(text: String) throws {
    #expect(ConstantConditions.result(of: try Condition(text)) == nil)
  }

  @Test("is found behind the names of definitions, and not where those are facts")
  func defined() throws {
    func result(_ text: String, _ named: String) throws -> ConstantConditions.Result? {
      var scope = ConditionScope()
      scope.definitions = Definitions(stored: .object([.init("x", .string(named))]))
      return ConstantConditions.result(of: try Condition(text, in: scope))
    }
    #expect(try result("x == 9 and rate > 1", "hour") == nil)
    #expect(try result("x == 24 and rate > 1", "hour") == .never)
    #expect(try result("x == 1.5", "rate") == nil)
    #expect(try result("x == 1.5", "rate * 2") == .never)
    #expect(try result("x < -100%", "change") == .never)
  }

  @Test("is found with its reason, and the condition to write instead")
  func reasons() throws {
    let finding = ConstantConditions.finding(
      of: try Condition("rate > max( 30d ) and rate > 1"), certainty: .certain)
    #expect(
      finding?.reasons == [
        "rate > max( 30d ): the window contains the current rate; write new_high(30d)"
      ])
    #expect(
      ConstantConditions.result(of: try Condition("change == 0.5%"), certainty: .printed) == nil)
  }

  @Test("is not checked if it has too many variables")
  func bounded() throws {
    let text = (1...40).map { "change(\($0)h) > \($0)%" }.joined(separator: " or ")
    #expect(ConstantConditions.result(of: try Condition(text)) == nil)
  }
}
