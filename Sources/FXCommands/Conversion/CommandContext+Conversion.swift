import FXCore
package import FXDaemon
import FXSources
import FXSystem

extension CommandContext {
  /// The days before the requested one in which its rate is searched: longer than any holidays.
  private static let longestAge = 366

  /// Returns the rate of a pair at each source that prints it, its inverse, or two pairs that connect
  /// the currencies; throws where no source does.
  package func convert(_ options: ConversionOptions) throws(CommandFailure) -> Report {
    let latest = try stored { reader throws(StoreProblem) in try reader.latestRates() }
    if let source = options.source { try requireSource(source, among: latest.map(\.series)) }
    let rates = try rates(options, latest)
    let order = setup.sources.map(\.name)
    let sources = Set(rates.map(\.series.source)).sorted { left, right in
      (order.firstIndex(of: left) ?? .max, left.text)
        < (order.firstIndex(of: right) ?? .max, right.text)
    }
    let routes = sources.flatMap { source in
      RateRoutes(rates.filter { $0.series.source == source }, of: source)
        .routes(for: options.pair)
    }
    guard !routes.isEmpty else { throw noRoute(options, among: rates) }
    return .conversion(routes, of: options, now: SystemClock().now())
  }

  /// Returns the trusted rates that a question is about.
  private func rates(
    _ options: ConversionOptions, _ latest: [LatestRate]
  ) throws(CommandFailure) -> [RateAsOf] {
    let all: [RateAsOf]
    if let day = options.day {
      all = try rates(of: day, options, latest)
    } else {
      let listed = Set(latest.filter(\.isListed).map(\.series))
      all = try stored { reader throws(StoreProblem) in try reader.rates(asOf: options.asOf) }
        .filter { options.asOf != nil || listed.contains($0.series) }
    }
    return all.filter { options.source == nil || $0.series.source.text == options.source }
  }

  /// Returns the rates of a day: of each series that has one of the two currencies the last one up to
  /// it.
  private func rates(
    of day: CalendarDay, _ options: ConversionOptions, _ latest: [LatestRate]
  ) throws(CommandFailure) -> [RateAsOf] {
    let ends: Set = [options.pair.base, options.pair.quote]
    let scales = Dictionary(latest.map { ($0.series, $0.scale) }) { $1 }
    let pairs = Set(latest.map(\.series.pair)).filter {
      ends.contains($0.base) || ends.contains($0.quote)
    }
    return try stored { reader throws(StoreProblem) in
      var rates: [RateAsOf] = []
      for pair in pairs.sorted() {
        var query = HistoryQuery(pair: pair)
        query.source = options.source.map { SourceName($0) }
        query.since = day.advanced(by: -Self.longestAge)
        query.until = day
        query.asOf = options.asOf
        var last: [Series: HistoryRow] = [:]
        for row in try reader.history(query) where row.rate != nil && row.suspicion == nil {
          last[row.series] = row
        }
        for (series, row) in last {
          guard let rate = row.rate else { continue }
          rates.append(
            RateAsOf(
              series: series,
              point: SeriesPoint(
                rate: rate, valueDate: row.valueDate, firstSeen: row.firstSeen,
                publication: row.publication, version: row.version),
              scale: max(scales[series] ?? 0, rate.printed.scale)))
        }
      }
      return rates
    }
  }

  private func noRoute(
    _ options: ConversionOptions, among rates: [RateAsOf]
  ) -> CommandFailure {
    let pair = options.pair
    let known = Set(rates.flatMap { [$0.series.pair.base, $0.series.pair.quote] })
    let unknown = [pair.base, pair.quote].filter { !known.contains($0) }.map(\.code)
    let place = options.source.map { "source \($0.quoted)" } ?? "no source of the config"
    let time = options.day.map { " for \($0)" } ?? options.asOf.map { " as of \($0)" } ?? ""
    if rates.isEmpty { return .failed("no rate is stored\(time); start fxwatch run") }
    guard unknown.isEmpty else {
      return .failed(
        "no rate of \(unknown.joined(separator: " and ")) is stored\(time); 'fxwatch rates' lists"
          + " those that are")
    }
    return .failed(
      (options.source == nil ? "\(place) has" : "\(place) has no")
        + " rates that lead from \(pair.base) to \(pair.quote)\(time); 'fxwatch rates' lists those"
        + " that are stored")
  }
}
