import FXCore
import Testing

@Suite("The template of a summary")
struct SummaryTemplateTests {
  @Test(
    "computes values, and rounds a half away from zero",
    arguments: [
      ("{= rate * 25000 :.2f} KGS", "30750.00 KGS"), ("{=rate}", "1.23"), ("{= rate :.0f}", "1"),
      ("{= rate / 2 :.2f}", "0.62"), ("{= 1 - rate - 0.095 :.2f}", "-0.33"),
      ("{= rate - 1.105 :.2f} {= 1.105 - rate :.2f}", "0.13 -0.13"),
      ("{= change :.1f} up", "2.5 % up"), ("{= rate * 1% }", "0.0123"),
      ("{= at(9d)} or {{", "? or {"),
      ("{= avg(delta, 1 publications) :.3f}", "0.030"),
    ])
  func values(text: String, expected: String) throws {
    let series = try #require(ConditionSeries(["1.2000", "1.2300"], scale: 4))
    let template = try SummaryTemplate(text)
    let values = template.values.map { $0.text(on: series, at: series.lastPublished) }
    #expect(template.rendered(values) { _ in nil } == expected)
  }

  @Test(
    "reports an error",
    arguments: [
      ("{= rate * 2% * 24h}", "cannot compute a rate times a duration"),
      ("{= chnage}", "unknown function 'chnage'; did you mean 'change'?"),
      ("{= rate > 1}", "expected a number, found a condition"), ("{= age}", "is a duration"),
      (
        "{= rate :.2}",
        "'.2' is not a format of numbers; write :.2f for two decimals, at most :.18f"
      ),
      ("{= rate :.19f}", "'.19f' is not a format of numbers"), ("{= }", "the condition is empty"),
      ("{rat}", "unknown field '{rat}'"), ("{= rate", "missing '}'"),
    ])
  func problems(text: String, message: String) {
    let problem = #expect(throws: SummaryTemplate.Problem.self) { try SummaryTemplate(text) }
    #expect(problem?.message.contains(message) == true, "\(problem?.message ?? "")")
  }
}
