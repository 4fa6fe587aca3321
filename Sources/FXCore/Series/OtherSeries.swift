/// The latest rates of all series of all sources, including the publication that is evaluated.
struct OtherSeries {
  private let tables: SeriesTables

  /// The rates of the publication that is evaluated, by series; nil where none is.
  private let fresh: (source: SourceName, rates: [SeriesKey: (rate: Rate, scale: Int)])?

  /// The series as they are between publications.
  init(_ tables: SeriesTables) {
    self.tables = tables
    fresh = nil
  }

  /// The series with a publication that is evaluated.
  ///
  /// Cost: linear in the observations.
  init(_ tables: SeriesTables, with reading: SourceReading, of source: SourceSeries) {
    self.tables = tables
    var rates: [SeriesKey: (rate: Rate, scale: Int)] = [:]
    rates.reserveCapacity(reading.observations.count)
    for observation in reading.observations {
      let key = SeriesKey(pair: observation.pair, side: observation.side)
      let scale =
        source.table[key]?.scale(of: observation.rate.nominal)
        ?? source.source.scale(of: key.pair)
      rates[key] = (observation.rate, max(scale, observation.rate.printed.scale))
    }
    fresh = (source.source.name, rates)
  }

  /// Returns a listed rate with its rounding range; nil where the source does not list it now.
  func range(of key: SeriesKey, at source: SourceName) -> RateRange? {
    if let fresh, fresh.source == source {
      return fresh.rates[key].map { RateRange($0.rate, scale: $0.scale) }
    }
    guard let memory = tables.bySource[source]?.table[key], memory.isListed else { return nil }
    let rate = memory.latest.rate
    return RateRange(rate, scale: max(memory.scale, rate.printed.scale))
  }

  /// Returns the disappearance of a series that was not listed before the publication that is evaluated;
  /// nil for any other.
  func disappearance(of series: Series) -> Disappearance? {
    tables.bySource[series.source]?.disappearances[SeriesKey(series)]
  }

  /// Returns true if a source published less than some time before an instant.
  func isPublished(_ source: SourceName, within age: Duration, of now: Timestamp) -> Bool {
    if fresh?.source == source { return true }
    guard let published = tables.bySource[source]?.latestPublished else { return false }
    return now - published < age
  }

  /// Returns the listed pairs of a source on a side, sorted.
  func pairs(on side: Side, at source: SourceName) -> [CurrencyPair] {
    if let fresh, fresh.source == source {
      return fresh.rates.keys.filter { $0.side == side }.map(\.pair).sorted()
    }
    let series = tables.bySource[source]?.table.all ?? []
    return series.filter { $0.series.side == side && $0.isListed }.map(\.series.pair).sorted()
  }
}
