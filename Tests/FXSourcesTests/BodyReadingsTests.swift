import FXCore
import FXSources
import Testing

@Suite("The readings of several responses")
struct BodyReadingsTests {
  private static func reading(_ day: String?, _ rates: [(String, String)]) -> SourceReading {
    SourceReading(
      valueDate: day.flatMap { CalendarDay(text: $0) },
      observations: rates.compactMap { pair, rate in
        guard let pair = CurrencyPair(pair), let value = ExactDecimal(rate),
          let rate = Rate(printed: value)
        else { return nil }
        return Observation(pair: pair, rate: rate)
      })
  }

  private static func text(_ reading: SourceReading) -> String {
    (["\(reading.valueDate?.description ?? "-")"]
      + reading.observations.map { "\($0.pair) \($0.rate.printed)" }).joined(separator: " ")
  }

  @Test(
    "are those of the newest day, with the first rate of each series, and of full days before it")
  func merged() {
    let merged = BodyReadings.merged([
      BodyReadings(
        earlier: [Self.reading("2026-03-01", [("USD/KGS", "87.1")])],
        newest: Self.reading("2026-03-02", [("USD/KGS", "87.2")])),
      BodyReadings(
        earlier: [Self.reading("2026-03-01", [("EUR/KGS", "101.1")])],
        newest: Self.reading("2026-03-02", [("EUR/KGS", "101.2"), ("USD/KGS", "9")])),
      BodyReadings(earlier: [], newest: Self.reading("2026-02-27", [("CHF/KGS", "1")])),
      BodyReadings(earlier: [], newest: Self.reading(nil, [])),
    ])
    #expect(Self.text(merged.newest) == "2026-03-02 USD/KGS 87.2 EUR/KGS 101.2")
    #expect(
      merged.earlier.map(Self.text) == [
        "2026-02-27 CHF/KGS 1", "2026-03-01 USD/KGS 87.1 EUR/KGS 101.1",
      ])
  }

  @Test("without a date are one reading without a date")
  func undated() {
    let merged = BodyReadings.merged([
      BodyReadings(earlier: [], newest: Self.reading(nil, [("USD/KGS", "87.2")])),
      BodyReadings(earlier: [], newest: Self.reading(nil, [("EUR/KGS", "101.2")])),
    ])
    #expect(Self.text(merged.newest) == "- USD/KGS 87.2 EUR/KGS 101.2")
    #expect(merged.earlier == [])
  }
}
