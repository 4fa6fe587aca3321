import FXCore
import Testing

@Suite("The result of a back-test for a rule")
struct BacktestTallyTests {
  private static let source = SourceName("page")

  private static let zero = Timestamp(seconds: 1_771_578_000)

  private static func hour(_ hour: Int) -> Timestamp { zero + .seconds(3600 * hour) }

  /// A back-test of rates of EUR/USD, one an hour.
  private func backtest(_ rules: [Rule], _ rates: [String], from hour: Int = 0) throws -> Backtest {
    let plan = Plan(
      sources: [
        PlannedSource(
          name: Self.source, schedule: .interval(.seconds(3600)), dating: .pageDay,
          host: "page.example")
      ], rules: rules, notifiers: [])
    var backtest = Backtest(plan: plan, zones: TestZones(), countingFrom: Self.hour(hour))
    let pair = try #require(CurrencyPair("EUR/USD"))
    for (index, rate) in rates.enumerated() {
      let at = Self.hour(index)
      backtest.append(
        PastPublication(
          Publication(
            number: Int64(index) + 1, source: Self.source, valueDate: at.day, firstSeen: at,
            lastSeen: at, bodyHash: "", headlines: []),
          [
            .init(
              pair: pair, side: .mid,
              rate: Rate(printed: try #require(ExactDecimal(rate))), publishedChange: nil)
          ]))
    }
    return backtest
  }

  private func rule(_ condition: String) throws -> Rule {
    Rule(name: "rule", condition: try Condition(condition))
  }

  @Test("counts how often and how long a state fired, and the longest time without a notification")
  func state() throws {
    let rule = try rule("rate > 2")
    let backtest = try backtest([rule], ["1.0", "3.0", "3.1", "1.0", "1.1", "1.2", "4.0", "4.1"])
    let tally = BacktestTally(of: rule, in: backtest, from: Self.hour(0), to: Self.hour(10))
    #expect(tally.rule == "rule")
    #expect([tally.fires, tally.resolves, tally.flaps] == [2, 1, 0])
    #expect(tally.timeFiring == .seconds(3600 * (2 + 4)))
    #expect(tally.longestSilence == .seconds(3600 * 4))
    #expect(
      tally.moves.prefix(3).map { "\($0.move.change.text(places: 2, .toNearest)) \($0.fired)" } == [
        "2.33 true", "2.00 true", "-0.68 false",
      ])
  }

  @Test("counts only the period, and a state that began before from the start of the period")
  func period() throws {
    let rule = try rule("rate > 2")
    let backtest = try backtest(
      [rule], ["3.0", "3.1", "1.0", "3.0", "1.0", "9.0", "1.0"], from: 1)
    let tally = BacktestTally(of: rule, in: backtest, from: Self.hour(1), to: Self.hour(4))
    #expect([tally.fires, tally.resolves] == [1, 2])
    #expect(tally.timeFiring == .seconds(3600 * (1 + 1)))
    #expect(tally.longestSilence == .seconds(3600))
    #expect(tally.moves.count == 4)
    #expect(!tally.moves.contains { $0.move.at > Self.hour(4) })
  }

  @Test("an event fires without an end, and flapping events and states are counted as such")
  func eventsAndFlaps() throws {
    let event = try rule("abs(change) > 10%")
    let rates = (0..<12).map { $0.isMultiple(of: 2) ? "1.0" : "3.0" }
    let tally = BacktestTally(
      of: event, in: try backtest([event], rates), from: Self.hour(0), to: Self.hour(12))
    #expect([tally.fires, tally.resolves, tally.flaps] == [5, 0, 1])
    #expect(tally.timeFiring == .zero)
    let state = try rule("rate > 2")
    let flapping = BacktestTally(
      of: state, in: try backtest([state], rates), from: Self.hour(0), to: Self.hour(12))
    #expect([flapping.fires, flapping.resolves, flapping.flaps] == [3, 2, 1])
  }
}
