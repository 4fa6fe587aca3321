import FXCore
import FXDaemon
import FXServer
import FXSources

/// The API of Frankfurter, version 1, over the stored history: what its clients need of `latest`, a day
/// and the list of currencies.
///
/// One source answers a request, never a blend of several: the first of the config that prints the base.
/// Rates are JSON numbers with the printed digits; a pair that the source prints the other way round is
/// inverted.
enum FrankfurterRoutes {
  static let all: [Route] = [
    .get("/frankfurter/v1/latest") { call throws(WebFailure) in
      try FrankfurterAnswer(call, day: nil).response
    },
    .get("/frankfurter/v1/currencies") { call throws(WebFailure) in
      _ = try Query(call, [])
      let rates = try call.source.stored { reader throws(StoreProblem) in
        try reader.latestRates()
      }
      let codes = Set(rates.flatMap { [$0.series.pair.base.code, $0.series.pair.quote.code] })
      return .json(.object(codes.sorted().map { .init($0, .string($0)) }))
    },
    .get("/frankfurter/v1/{day}") { call throws(WebFailure) in
      guard let day = CalendarDay(text: call.values[0]) else { throw .notFound("not found") }
      return try FrankfurterAnswer(call, day: day).response
    },
  ]
}

/// The rates of one base on one day.
private struct FrankfurterAnswer {
  private let base: String
  private let date: CalendarDay
  private let rates: [(code: String, rate: String)]

  /// The rates of a day, or the latest ones for nil.
  init(_ call: RouteCall, day: CalendarDay?) throws(WebFailure) {
    let query = try Query(call, ["base", "from", "symbols", "to"])
    let code = (query["base"] ?? query["from"] ?? "EUR").uppercased()
    base = code
    let symbols = (query["symbols"] ?? query["to"]).map {
      Set($0.uppercased().split(separator: ",").map(String.init))
    }
    let instant = day.map { $0.advanced(by: 1).start - .milliseconds(1) }
    let known = try call.source.stored { reader throws(StoreProblem) in
      try reader.rates(asOf: instant)
    }.filter { $0.series.side == .mid }
    let printing =
      call.source.setup.sources.map(\.name).first { name in
        known.contains { $0.series.source == name && $0.series.pair.base.code == code }
      }
      ?? call.source.setup.sources.map(\.name).first { name in
        known.contains { $0.series.source == name && $0.series.pair.quote.code == code }
      }
    let own = known.filter { $0.series.source == printing }
    guard !own.isEmpty else { throw .notFound("not found") }
    var rates: [String: String] = [:]
    for rate in own {
      if rate.series.pair.base.code == code {
        rates[rate.series.pair.quote.code] = rate.point.rate.perUnitText
      } else if rate.series.pair.quote.code == code, rates[rate.series.pair.base.code] == nil,
        let inverse = Fraction.one.divided(by: rate.point.rate.perUnit, rounding: .toNearest)
      {
        rates[rate.series.pair.base.code] = inverse.text(places: 8, .toNearest)
      }
    }
    date =
      own.compactMap { $0.point.valueDate ?? $0.point.firstSeen.day }.max() ?? call.source.now.day
    self.rates = rates.filter { symbols?.contains($0.key) ?? true }.sorted { $0.key < $1.key }
      .map { ($0.key, $0.value) }
  }

  var response: WebResponse {
    .json(
      .object([
        .init("amount", .number("1.0")), .init("base", .string(base)),
        .init("date", .string(date.description)),
        .init("rates", .object(rates.map { .init($0.code, .number($0.rate)) })),
      ]))
  }
}
