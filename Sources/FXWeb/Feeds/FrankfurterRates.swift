import FXCore
import FXDaemon
import FXSources

/// The rates of one base.
///
/// One source answers a request, never a blend of several: the first of the config, or of those named,
/// that prints the base; else the first that prints it the other way round, whose rates are inverted.
struct FrankfurterRates {
  /// The rate of one currency on one day.
  struct Rate {
    let day: CalendarDay
    let code: String

    /// The digits of one unit of the base.
    let rate: String
  }

  /// The most rates of an answer.
  private static let most = 50_000

  let base: String
  private let quotes: Set<String>?
  private let series: [Series]
  private let source: SiteSource

  /// The rates that the parameters of version 1 ask for.
  init(_ query: Query, _ source: SiteSource) throws(WebFailure) {
    try self.init(
      base: query["base"] ?? query["from"] ?? "EUR", quotes: query["symbols"] ?? query["to"],
      providers: nil, source)
  }

  /// The rates of a base, to the currencies and from the sources of lists with commas; nil for all.
  init(
    base: String, quotes: String?, providers: String?, _ source: SiteSource
  ) throws(WebFailure) {
    let base = base.uppercased()
    self.base = base
    self.source = source
    self.quotes = quotes.map { Set($0.uppercased().split(separator: ",").map(String.init)) }
    let all = source.setup.sources.map(\.name)
    var names = all
    if let providers {
      names = []
      for text in providers.lowercased().split(separator: ",") {
        guard let name = all.first(where: { $0.text.lowercased() == text }) else {
          throw .unprocessable("unknown provider \(String(text).quoted)")
        }
        names.append(name)
      }
    }
    let known = try source.latestRates().map(\.series).filter { $0.side == .mid }
    let answering =
      names.first { name in known.contains { $0.source == name && $0.pair.base.code == base } }
      ?? names.first { name in known.contains { $0.source == name && $0.pair.quote.code == base } }
    series = known.filter {
      $0.source == answering && [$0.pair.base.code, $0.pair.quote.code].contains(base)
    }
  }

  /// Returns the rates of a day, or the latest for nil, sorted by currency.
  func rates(on day: CalendarDay?) throws(WebFailure) -> [Rate] {
    let known = try source.stored { reader throws(StoreProblem) in
      if let day { return try reader.rates(upTo: day) }
      return try reader.rates(asOf: nil)
    }
    let wanted = Set(series)
    return sorted(
      known.filter { wanted.contains($0.series) }.compactMap { rate in
        self.rate(
          rate.point.rate, of: rate.series, on: rate.point.valueDate ?? rate.point.firstSeen.day)
      })
  }

  /// Returns the newest rates of each day of a period, by day and currency.
  func rates(from first: CalendarDay, to last: CalendarDay) throws(WebFailure) -> [Rate] {
    guard first <= last else { throw .unprocessable("the period ends before it begins") }
    var found: [Rate] = []
    for series in series where quotes?.contains(other(of: series)) ?? true {
      var query = HistoryQuery(pair: series.pair)
      (query.source, query.since, query.until) = (series.source, first, last)
      query.limit = Self.most + 1 - found.count
      let wanted = query
      let rows = try source.stored { reader throws(StoreProblem) in try reader.history(wanted) }
      for row in rows where row.series == series && row.isTrusted {
        guard let printed = row.rate,
          let rate = rate(printed, of: series, on: row.valueDate ?? row.firstSeen.day)
        else { continue }
        if found.last?.code == rate.code, found.last?.day == rate.day { found.removeLast() }
        found.append(rate)
      }
      guard found.count <= Self.most else {
        throw .unprocessable(
          "the answer would have more than \(Self.most) rates; ask for fewer currencies or a shorter"
            + " period")
      }
    }
    return sorted(found)
  }

  /// Returns rates with the base's own for each day, where it is asked for.
  func withBase(_ rates: [Rate]) -> [Rate] {
    guard quotes?.contains(base) ?? true else { return rates }
    return sorted(rates + Set(rates.map(\.day)).map { Rate(day: $0, code: base, rate: "1") })
  }

  private func other(of series: Series) -> String {
    series.pair.base.code == base ? series.pair.quote.code : series.pair.base.code
  }

  private func rate(_ rate: FXCore.Rate, of series: Series, on day: CalendarDay) -> Rate? {
    guard quotes?.contains(other(of: series)) ?? true else { return nil }
    if series.pair.base.code == base {
      return Rate(day: day, code: other(of: series), rate: rate.perUnitText)
    }
    return Fraction.one.divided(by: rate.perUnit, rounding: .toNearest).map {
      Rate(day: day, code: other(of: series), rate: $0.text(places: 8, .toNearest))
    }
  }

  /// Sorts by day and currency; of two rates of one currency, the first, which is not inverted, is kept.
  private func sorted(_ rates: [Rate]) -> [Rate] {
    var seen: Set<String> = []
    return rates.filter { seen.insert("\($0.day.daysSinceEpoch) \($0.code)").inserted }
      .sorted { ($0.day, $0.code) < ($1.day, $1.code) }
  }

  // MARK: Lists

  /// The currencies that any source lists, sorted.
  static func currencies(_ source: SiteSource) throws(WebFailure) -> [String] {
    let rates = try source.stored { reader throws(StoreProblem) in try reader.rates(asOf: nil) }
    return Set(rates.flatMap { [$0.series.pair.base.code, $0.series.pair.quote.code] }).sorted()
  }

  /// The sources as version 2 lists providers.
  static func providers(_ source: SiteSource) throws(WebFailure) -> [JSONValue] {
    let rates = try source.stored { reader throws(StoreProblem) in try reader.rates(asOf: nil) }
    return source.setup.sources.map(\.name).compactMap { name in
      let pairs = rates.filter { $0.series.source == name }.map(\.series.pair)
      let bases = Dictionary(grouping: pairs, by: \.base.code)
      guard let base = bases.max(by: { ($0.value.count, $1.key) < ($1.value.count, $0.key) })?.key
      else { return nil }
      let codes = Set(pairs.flatMap { [$0.base.code, $0.quote.code] }).subtracting([base]).sorted()
      return .object([
        .init("key", .string(name.text.uppercased())), .init("name", .string(name.text)),
        .init("base", .string(base)), .init("currencies", .array(codes.map { .string($0) })),
      ])
    }
  }
}
