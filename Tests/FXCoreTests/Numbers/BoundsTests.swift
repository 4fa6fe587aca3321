import FXCore
import Testing

@Suite("The bounds of an extreme")
struct BoundsTests {
  @Test("are as wide as the coarsest nominal of the series requires")
  func nominals() throws {
    // An hour at 1.00, then 82 hours at 150.00 for 100: the average is 1.494 ± 0.005, and the highest
    // rate 1.5, which is as coarse as the first one.
    var series = try #require(
      ConditionSeries(Array(repeating: "150.00", count: 84), scale: 2, nominal: 100))
    let printed = try #require(ExactDecimal("1.00"))
    series.points[0] = SeriesPoint(
      rate: try #require(Rate(printed: printed)), valueDate: nil,
      firstSeen: ConditionSeries.start, publication: 1, version: 1)
    #expect(try series.verdict("max(83h) > avg(83h)") == .undecided)
    #expect(try series.verdict("max(83h) > avg(83h)", .printed) == .holds)
  }
}
