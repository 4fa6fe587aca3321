import FXCore

extension RateColumns {
  /// Returns the pair of a row; nil if the row is to be skipped.
  func pair(
    of row: FieldTexts, place: Int, _ hint: String
  ) throws(ParseError) -> CurrencyPair? {
    if !names.isEmpty {
      for text in RateField.currencies.compactMap({ row[$0] }) {
        if let named = names[RowTexts.name(text)], let quote = named.quote {
          return priced(named.currency, in: quote)
        }
      }
    }
    if let text = row[.pair] {
      let letters = QuotedText.trimmed(text).filter { !"/-_: ".contains($0) }.uppercased()
      guard letters.utf8.count == 6, let base = Currency(letters.prefix(3)),
        let quote = Currency(letters.suffix(3))
      else {
        throw unknown(text, "a currency pair", place)
      }
      return priced(base, in: quote)
    }
    let rowBase = try currency(row, .base, constant: base, place: place, hint)
    let rowQuote = try currency(row, .quote, constant: quote, place: place, hint)
    return priced(rowBase, in: rowQuote)
  }

  private func currency(
    _ row: FieldTexts, _ field: RateField, constant: Currency?, place: Int, _ hint: String
  ) throws(ParseError) -> Currency {
    guard let text = row[field] else {
      if let constant { return constant }
      throw ParseError("row \(place) has no \(field.rawValue) currency\(hint)")
    }
    guard let named = named(text) else { throw unknown(text, "a currency", place) }
    return named.currency
  }

  private func unknown(_ text: String, _ what: String, _ place: Int) -> ParseError {
    ParseError(
      "row \(place): \(QuotedText.quoted(text)) is not \(what)"
        + advice("list it in 'names' or 'ignore'"))
  }

  /// Returns the pair of two currencies; nil if they are equal.
  private func priced(_ base: Currency, in quote: Currency) -> CurrencyPair? {
    base == quote ? nil : CurrencyPair(base: base, quote: quote)
  }

  /// Reads the rate of a field as an observation; nil if there is none.
  func observation(
    _ field: RateField, of row: FieldTexts, _ pair: CurrencyPair, _ side: Side, _ nominal: Int64
  ) throws(ParseError) -> Observation? {
    guard let text = row[field],
      let value = try value(text, isPlain: row.isPlainNumber(field), pair: pair)
    else { return nil }
    guard let rate = Rate(printed: value, nominal: nominal) else {
      throw ParseError("the nominal of \(pair), \(nominal), is out of range")
    }
    let change = row[.change].map { String(QuotedText.trimmed($0)) } ?? ""
    return Observation(
      pair: pair, side: field == .bid ? .bid : field == .ask ? .ask : side, rate: rate,
      publishedChange: change.isEmpty
        ? nil : QuotedText.cut(change, maximumLength: Observation.longestChange))
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
