import FXCore
import Testing

@Suite("The times in which sources did not print series")
struct SeriesAbsencesTests {
  private static func series() throws -> Series {
    Series(
      source: SourceName("bank"), pair: try #require(CurrencyPair("EUR/ISK")), side: .mid)
  }

  private static func hour(_ hour: Int) -> Timestamp { Timestamp(seconds: Int64(hour) * 3600) }

  private static func back() throws -> Changeset {
    let rate = try #require(ExactDecimal("1.5").flatMap { Rate(printed: $0) })
    let point = SeriesPoint(
      rate: rate, valueDate: nil, firstSeen: hour(0), publication: 1, version: 1)
    var changeset = Changeset()
    changeset.observations = [
      ObservationRecord(series: try series(), point: point, publishedChange: nil, scale: 1)
    ]
    return changeset
  }

  @Test("are subtracted from the time in which alerts fire")
  func subtracted() throws {
    let series = try Self.series()
    var absences = SeriesAbsences()
    var gone = Changeset()
    gone.vanished = [series]
    absences.record(gone, at: Self.hour(2))
    absences.record(try Self.back(), at: Self.hour(5))
    absences.record(try Self.back(), at: Self.hour(6))
    absences.record(gone, at: Self.hour(8))
    func hours(_ start: Int, _ end: Int) -> Duration {
      absences.time(of: series, from: Self.hour(start), to: Self.hour(end))
    }
    #expect(hours(0, 1) == .seconds(3600))
    #expect(hours(0, 4) == .seconds(2 * 3600))
    #expect(hours(3, 4) == .zero)
    #expect(hours(3, 7) == .seconds(2 * 3600))
    #expect(hours(0, 20) == .seconds(5 * 3600))
  }
}
