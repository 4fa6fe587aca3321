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
    ])
  func innocent(text: String) throws {
    #expect(ConstantConditions.result(of: try Condition(text)) == nil)
  }

  @Test("is not checked if it has too many variables")
  func bounded() throws {
    let text = (1...40).map { "change(\($0)h) > \($0)%" }.joined(separator: " or ")
    #expect(ConstantConditions.result(of: try Condition(text)) == nil)
  }
}
