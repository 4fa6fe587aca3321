import FXCore

/// The rate that an alert fired for, as its evidence names it.
struct AlertEvidence: Sendable {
  private let series: Series
  private let printed: String?
  private let valueDate: String?
  private let firstSeen: String?

  /// The evidence of an alert.
  init(_ alert: AlertRecord) {
    let data = alert.data.value
    series = alert.evidenceSeries
    printed = data["printed"]?.text
    valueDate = data["value_date"]?.text
    firstSeen = data["observed_at"]?.text
  }

  /// True if a rate is the one that the alert fired for.
  func isOf(_ point: SeriesPoint) -> Bool {
    isOf(point.rate, of: point.valueDate, at: point.firstSeen)
  }

  private func isOf(_ rate: Rate, of day: CalendarDay?, at instant: Timestamp) -> Bool {
    rate.printed.description == printed && day?.description == valueDate
      && instant.description == firstSeen
  }

  /// Returns the publications without those of its source from the one on that has the next rate of the
  /// series; all of them where none has the rate.
  func past(in publications: [PastPublication]) -> [PastPublication] {
    let own = publications.filter {
      $0.publication.source == series.source && $0.observations.contains(where: isOfSeries)
    }
    let place = own.lastIndex { past in
      past.observations.contains { observation in
        guard isOfSeries(observation), let rate = observation.rate else { return false }
        return isOf(rate, of: past.publication.valueDate, at: past.publication.firstSeen)
      }
    }
    guard let place, place + 1 < own.count else { return publications }
    let next = own[place + 1].publication.number
    return publications.filter {
      $0.publication.source != series.source || $0.publication.number < next
    }
  }

  private func isOfSeries(_ observation: PastPublication.Observation) -> Bool {
    observation.pair == series.pair && observation.side == series.side
  }
}
