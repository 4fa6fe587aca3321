import FXCore
import FXDaemon
import FXServer

/// The API of Frankfurter, versions 1 and 2, over the stored history.
///
/// Rates are JSON numbers with the printed digits.
enum FrankfurterRoutes {
  static let all: [Route] = [
    .committed("/frankfurter/v1/latest") { call throws(WebFailure) in
      let query = Query(ignoringOthers: call, parameters)
      return try day(nil, FrankfurterRates(query, call.source))
    },
    .committed("/frankfurter/v1/currencies") { call throws(WebFailure) in
      _ = try Query(call, [])
      return .json(
        .object(try FrankfurterRates.currencies(call.source).map { .init($0, .string($0)) }))
    },
    .committed("/frankfurter/v1/{days}") { call throws(WebFailure) in
      let query = Query(ignoringOthers: call, parameters)
      let ends = call.values[0].split(separator: "..", omittingEmptySubsequences: false)
      guard ends.count <= 2, let first = CalendarDay(text: String(ends[0])) else {
        throw .notFound("not found")
      }
      let rates = try FrankfurterRates(query, call.source)
      guard ends.count == 2 else { return try day(first, rates) }
      let last = ends[1].isEmpty ? call.source.now.day : CalendarDay(text: String(ends[1]))
      guard let last else { throw .notFound("not found") }
      return try period(first, last, rates)
    },
    .committed("/frankfurter/v2/rates") { call throws(WebFailure) in
      let query = try Query(call, ["base", "quotes", "date", "from", "to", "providers"])
      return .json(.array(try rows(query, call.source)))
    },
    .committed("/frankfurter/v2/rate/{base}/{quote}") { call throws(WebFailure) in
      let query = try Query(call, ["date", "providers"])
      let rates = try FrankfurterRates(
        base: call.values[0], quotes: call.values[1], providers: query["providers"], call.source)
      guard let row = try rates.rates(on: query.day("date")).first else {
        throw .notFound("not found")
      }
      return .json(json(row, rates.base))
    },
    .committed("/frankfurter/v2/currencies") { call throws(WebFailure) in
      _ = try Query(call, ["scope"])
      return .json(
        .array(
          try FrankfurterRates.currencies(call.source).map { code in
            .object([.init("iso_code", .string(code)), .init("name", .string(code))])
          }))
    },
    .committed("/frankfurter/v2/providers") { call throws(WebFailure) in
      _ = try Query(call, [])
      return .json(.array(try FrankfurterRates.providers(call.source)))
    },
  ]

  /// The parameters of version 1; others are ignored, as by the original.
  private static let parameters = ["base", "from", "symbols", "to"]

  /// The answer of version 1 for a day, or the latest for nil.
  private static func day(
    _ day: CalendarDay?, _ rates: FrankfurterRates
  ) throws(WebFailure) -> WebResponse {
    let found = try rates.rates(on: day)
    guard let date = found.map(\.day).max() else { throw .notFound("not found") }
    return .json(
      .object([
        .init("amount", .number("1.0")), .init("base", .string(rates.base)),
        .init("date", .string(date.description)),
        .init("rates", .object(found.map { .init($0.code, .number($0.rate)) })),
      ]))
  }

  /// The answer of version 1 for a period.
  private static func period(
    _ first: CalendarDay, _ last: CalendarDay, _ rates: FrankfurterRates
  ) throws(WebFailure) -> WebResponse {
    let found = try rates.rates(from: first, to: last)
    guard let start = found.first?.day, let end = found.last?.day else {
      throw .notFound("not found")
    }
    var days: [JSONValue.Member] = []
    for rate in found {
      let name = rate.day.description
      if days.last?.name != name { days.append(.init(name, .object([]))) }
      guard case .object(let members)? = days.last?.value else { continue }
      days[days.count - 1] = .init(
        name, .object(members + [.init(rate.code, .number(rate.rate))]))
    }
    return .json(
      .object([
        .init("amount", .number("1.0")), .init("base", .string(rates.base)),
        .init("start_date", .string(start.description)),
        .init("end_date", .string(end.description)), .init("rates", .object(days)),
      ]))
  }

  /// The rows of version 2, with the base's own.
  private static func rows(
    _ query: Query, _ source: SiteSource
  ) throws(WebFailure) -> [JSONValue] {
    let rates = try FrankfurterRates(
      base: query["base"] ?? "EUR", quotes: query["quotes"], providers: query["providers"], source)
    let (date, from, to) = (
      try query.day("date"), try query.day("from"), try query.day("to")
    )
    guard date == nil || (from == nil && to == nil) else {
      throw .unprocessable("use date, or from and to, not both")
    }
    guard from != nil || to == nil else { throw .unprocessable("to needs from") }
    let found: [FrankfurterRates.Rate]
    if let from {
      found = try rates.rates(from: from, to: to ?? source.now.day)
    } else {
      found = try rates.rates(on: date)
    }
    guard !found.isEmpty else { throw .notFound("not found") }
    return rates.withBase(found).map { json($0, rates.base) }
  }

  private static func json(_ rate: FrankfurterRates.Rate, _ base: String) -> JSONValue {
    .object([
      .init("date", .string(rate.day.description)), .init("base", .string(base)),
      .init("quote", .string(rate.code)), .init("rate", .number(rate.rate)),
    ])
  }
}
