import FXCore

extension Report {
  /// Lists the rate of a pair at each source, and an amount converted.
  static func conversion(
    _ routes: [RateRoute], of options: ConversionOptions, now: Timestamp
  ) -> Report {
    let lines = routes.compactMap { ConversionLine($0, options, now: now) }
    let result =
      options.amount == nil
      ? [] : [Column(name: "amount", isRight: true), Column(name: "result", isRight: true)]
    return Report(
      columns: [Column(name: "source"), Column(name: "pair"), Column(name: "side")] + result + [
        Column(name: "rate", isRight: true), Column(name: "low", isRight: true),
        Column(name: "high", isRight: true), Column(name: "through"), Column(name: "value date"),
        Column(name: "age", isRight: true),
      ],
      rows: lines.map(\.fields), json: .array(lines.map(\.json)), ifEmpty: "no rate")
  }
}

/// One source in the report.
private struct ConversionLine {
  let fields: [String]
  let json: JSONValue

  /// A line; nil where the amount cannot be multiplied.
  init?(_ route: RateRoute, _ options: ConversionOptions, now: Timestamp) {
    let rate = RangeText(route.range)
    let text = route.printed?.perUnitText ?? rate.value
    var result: RangeText?
    if let amount = options.amount {
      let exact = RateRange(exactly: Fraction(amount))
      guard let product = exact.multiplied(by: route.range) else { return nil }
      result = RangeText(product)
      if route.printed != nil {
        // Both factors are printed decimals, so their product is one, too.
        result = RangeText(product, value: product.printed.plainText)
      }
    }
    let amount = options.amount.map(\.description)
    fields =
      [route.source.text, "\(options.pair)", route.side.rawValue]
      + (amount.map { [$0, result?.value ?? ""] } ?? []) + [
        text, rate.low, rate.high, route.text, route.valueDate?.description ?? "",
        Report.age(now - route.firstSeen),
      ]
    var members: [JSONValue.Member] = [
      .init("source", .string(route.source.text)), .init("pair", .string("\(options.pair)")),
      .init("side", .string(route.side.rawValue)),
    ]
    if let amount, let result {
      members += [
        .init("amount", .string(amount)), .init("result", .string(result.value)),
        .init("result_low", .string(result.low)), .init("result_high", .string(result.high)),
      ]
    }
    members += [
      .init("rate", .string(text)), .init("low", .string(rate.low)),
      .init("high", .string(rate.high)),
      .init("value_date", .optional(route.valueDate?.description)),
      .init("first_seen", .string(route.firstSeen.description)),
      .init("legs", .array(route.legs.map(\.json))),
    ]
    json = .object(members)
  }
}

extension RateLeg {
  /// The leg in JSON.
  fileprivate var json: JSONValue {
    .object([
      .init("pair", .string(rate.series.pair.description)),
      .init("side", .string(rate.series.side.rawValue)),
      .init("inverted", .bool(isInverted)),
      .init("rate", .string(rate.point.rate.perUnitText)),
      .init("printed", .string(rate.point.rate.printed.description)),
      .init("nominal", .integer(rate.point.rate.nominal)),
      .init("value_date", .optional(rate.point.valueDate?.description)),
      .init("first_seen", .string(rate.point.firstSeen.description)),
    ])
  }
}
