import FXCore

extension RateColumns {
  /// The pair of a row, and the number of minor units in which its base and its quote are printed.
  struct PrintedPair {
    let pair: CurrencyPair
    var minorOfBase: Int64 = 1
    var minorOfQuote: Int64 = 1

    /// The pair in the opposite direction.
    var swapped: PrintedPair {
      PrintedPair(
        pair: CurrencyPair(base: pair.quote, quote: pair.base), minorOfBase: minorOfQuote,
        minorOfQuote: minorOfBase)
    }
  }

  /// The meaning of the rates of a row.
  struct Price {
    let pair: PrintedPair

    /// The side of the only rate of the row.
    let side: Side

    let nominal: Int64
  }

  /// Returns the meaning of a row's rates; metals by gram or kilogram have series of their own.
  func price(
    of row: FieldTexts, _ pair: PrintedPair, _ side: Side
  ) throws(ParseError) -> Price {
    let nominal = try nominal(of: row, pair: pair.pair)
    guard metalUnit != .ounce, Metals.contains(pair.pair.base) else {
      return Price(pair: pair, side: side, nominal: nominal)
    }
    let grams = nominal.multipliedReportingOverflow(by: metalUnit == .kilogram ? 1000 : 1)
    return Price(pair: pair, side: side.ofGram, nominal: grams.overflow ? .max : grams.partialValue)
  }

  /// Returns the pair of a row; nil if the row is to be skipped.
  func pair(
    of row: FieldTexts, place: Int, _ hint: String
  ) throws(ParseError) -> PrintedPair? {
    if !names.isEmpty {
      for text in RateField.currencies.compactMap({ row[$0] }) {
        if let named = names[RowTexts.name(text)], let quote = named.quote {
          return priced(named, in: NamedCurrency(quote))
        }
      }
    }
    if let text = row[.pair] {
      guard let (base, quote) = Self.currencies(ofPair: text) else {
        throw unknown(text, "a currency pair", place)
      }
      return priced(base, in: quote)
    }
    let rowBase = try currency(
      row, .base, constant: base.map { NamedCurrency($0, minor: minorOfBase) }, place: place, hint)
    let rowQuote = try currency(
      row, .quote, constant: quote.map { NamedCurrency($0, minor: minorOfQuote) }, place: place,
      hint)
    return priced(rowBase, in: rowQuote)
  }

  /// Returns the currencies of a text such as `USD/KZT`, `USDKZT` or `USD-GBp`.
  private static func currencies(ofPair text: String) -> (NamedCurrency, NamedCurrency)? {
    let letters = QuotedText.trimmed(text).filter { !"/-_: ".contains($0) }
    guard letters.utf8.count == 6, letters.count == 6 else { return nil }
    func named(_ code: Substring) -> NamedCurrency? {
      if let currency = Currency(code), !MinorUnits.contains(currency) {
        return NamedCurrency(currency)
      }
      guard let unit = MinorUnits.currency(code) else {
        return Currency(code.uppercased()).map { NamedCurrency($0) }
      }
      return NamedCurrency(unit.currency, minor: unit.count)
    }
    guard let base = named(letters.prefix(3)), let quote = named(letters.suffix(3)) else {
      return nil
    }
    return (base, quote)
  }

  private func currency(
    _ row: FieldTexts, _ field: RateField, constant: NamedCurrency?, place: Int, _ hint: String
  ) throws(ParseError) -> NamedCurrency {
    guard let text = row[field] else {
      if let constant { return constant }
      throw ParseError("row \(place) has no \(field.rawValue) currency\(hint)")
    }
    guard let named = named(text) else { throw unknown(text, "a currency", place) }
    return named
  }

  private func unknown(_ text: String, _ what: String, _ place: Int) -> ParseError {
    ParseError(
      "row \(place): \(QuotedText.quoted(text)) is not \(what)"
        + advice("list it in 'names' or 'ignore'"), unknownName: QuotedText.quoted(text))
  }

  /// Returns the pair of two currencies; nil if they are equal.
  private func priced(_ base: NamedCurrency, in quote: NamedCurrency) -> PrintedPair? {
    base.currency == quote.currency
      ? nil
      : PrintedPair(
        pair: CurrencyPair(base: base.currency, quote: quote.currency), minorOfBase: base.minor,
        minorOfQuote: quote.minor)
  }

  /// Reads the rate of a field as an observation; nil if there is none.
  func observation(
    _ field: RateField, of row: FieldTexts, _ price: Price
  ) throws(ParseError) -> Observation? {
    guard let text = row[field],
      let value = try value(text, isPlain: row.isPlainNumber(field), pair: price.pair.pair)
    else { return nil }
    let (pair, nominal) = (price.pair, price.nominal)
    let rate =
      pair.minorOfBase == pair.minorOfQuote
      ? Rate(printed: value, nominal: nominal) : Self.rate(value, nominal, pair)
    guard let rate else {
      throw ParseError("the nominal of \(pair.pair), \(nominal), is out of range")
    }
    let side: Side
    switch field {
    case .bid: side = price.side.isOfGram ? .bidOfGram : .bid
    case .ask: side = price.side.isOfGram ? .askOfGram : .ask
    default: side = price.side
    }
    let change = row[.change].map { String(QuotedText.trimmed($0)) } ?? ""
    return Observation(
      pair: pair.pair, side: side, rate: rate,
      publishedChange: change.isEmpty
        ? nil : QuotedText.cut(change, maximumLength: Observation.longestChange))
  }

  /// Returns the rate of a price in or of minor units, exactly: as a nominal if that is a whole number of
  /// units, otherwise by moving the decimal point.
  private static func rate(_ value: ExactDecimal, _ nominal: Int64, _ pair: PrintedPair) -> Rate? {
    let (units, excess) = nominal.multipliedReportingOverflow(by: pair.minorOfQuote)
    guard !excess else { return nil }
    if units.isMultiple(of: pair.minorOfBase) {
      return Rate(printed: value, nominal: units / pair.minorOfBase)
    }
    let places = pair.minorOfBase == 1000 ? 3 : 2
    return value.shifted(right: -places).flatMap { Rate(printed: $0, nominal: units) }
  }

  /// Returns the side of the row's rate; nil for a side that `sides` does not list.
  func printedSide(of row: FieldTexts) -> Side? {
    guard let text = row[.side] else { return side }
    let word = RowTexts.name(text)
    return sides[word] ?? (sides.isEmpty ? Side(rawValue: word.lowercased()) : nil)
  }

  private func value(
    _ text: String, isPlain: Bool, pair: CurrencyPair
  ) throws(ParseError) -> ExactDecimal? {
    var format = isPlain ? .dot : number
    format.rounding = number.rounding
    format.absent = number.absent
    do throws(NumberProblem) {
      return try format.read(text)
    } catch {
      throw ParseError(
        "the rate of \(pair) cannot be read: \(error.message)" + (error.advice.map(advice) ?? ""))
    }
  }

  func nominal(of row: FieldTexts, pair: CurrencyPair) throws(ParseError) -> Int64 {
    if let units = try unitCount(of: row, .nominal, in: 1...Int64.max, pair) { return units }
    if let exponent = try unitCount(of: row, .exponent, in: 0...9, pair) {
      return Int64(ExactDecimal.powerOfTen(Int(exponent)))
    }
    guard !names.isEmpty else { return nominal }
    for field in RateField.currencies {
      if let text = row[field], let named = names[RowTexts.name(text)]?.nominal {
        return named
      }
    }
    return nominal
  }

  /// Reads a whole number from a field; nil if the field is absent.
  private func unitCount(
    of row: FieldTexts, _ field: RateField, in range: ClosedRange<Int64>, _ pair: CurrencyPair
  ) throws(ParseError) -> Int64? {
    guard let text = row[field], !QuotedText.trimmed(text).isEmpty else { return nil }
    let format = row.isPlainNumber(field) ? .dot : number
    guard let units = UnitCount.read(text, format), range.contains(units) else {
      throw ParseError(
        "the \(field.rawValue) of \(pair) is \(QuotedText.quoted(text)); expected a number of units"
      )
    }
    return units
  }
}
