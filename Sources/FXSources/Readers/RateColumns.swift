package import FXCore

/// What a column of a printed table holds.
package enum RateField: String, Hashable, Sendable, CaseIterable {
  /// Both currencies in one text: `USD/KZT`, `USDKZT`, `USD-KZT`, `USD_KZT`, `USD KZT`.
  case pair
  case base
  case quote
  /// The one figure of a row, or the middle of three.
  case rate
  case bid
  case ask
  /// For how many units of the base the figures are.
  case nominal
  /// The same as a power of ten: 2 is per 100 (`UNIT_MULT` of SDMX).
  case exponent
  /// The row's own day.
  case date
  /// The publisher's own change figure, kept verbatim.
  case change
}

/// One printed row: texts by what they are.
package struct PrintedRow: Hashable, Sendable {
  /// Texts as printed; a field the row lacks is absent.
  package var texts: [RateField: String]

  /// The fields whose format itself says how figures are written, as JSON's numbers are.
  package var plainNumbers: Set<RateField>

  /// A row of these texts.
  package init(_ texts: [RateField: String], plainNumbers: Set<RateField> = []) {
    self.texts = texts
    self.plainNumbers = plainNumbers
  }
}

/// What the columns of a source mean, whatever format they come in.
///
/// The half of a description that all formats share: rows of texts in, observations out, nothing
/// inverted and nothing rounded.
package struct RateColumns: Hashable, Sendable {
  /// What rows with different days of their own mean.
  package enum RowDates: Hashable, Sendable {
    /// A mistake: the table is of one day.
    case agree
    /// Dead currencies stay with old days: only rows of the newest day count.
    case newest
  }

  /// The base of every row; nil where it is printed.
  package var base: Currency?

  /// The quote of every row; nil where it is printed.
  package var quote: Currency?

  /// What the `rate` column is.
  package var side = Side.mid

  /// For how many units of the base the figures are, where no column says it.
  package var nominal: Int64 = 1

  /// How figures are written.
  package var number: NumberFormat

  /// How days are written.
  package var date = DateFormat.iso

  package var rowDates = RowDates.agree

  /// Whether a body without a day is malformed.
  package var requiresDate = true

  /// The codes of currencies that are printed under other names.
  package var names: [String: Currency] = [:]

  /// Codes or names of rows that are no rates.
  package var ignored: Set<String> = []

  /// Whether the rows are of days long past: currencies withdrawn since stand there by right, and a
  /// day without figures is no mistake.
  var isArchive = false

  /// Columns in which figures are written so.
  package init(number: NumberFormat) { self.number = number }

  /// The reading of a table.
  ///
  /// Rows without a figure, rows that price a currency in itself and rows of currencies that were
  /// withdrawn before the table's day are passed over. `date` is the day of the whole table as
  /// printed; `title` is what the source prints, for errors: `the ECB's reference rates`.
  package func reading(
    of rows: [PrintedRow], date: String?, title: String
  ) throws(ParseError) -> SourceReading {
    guard !rows.isEmpty else { throw ParseError("\(title) are missing: the list is empty") }
    guard rows.count <= BodyLimits.maximumRows else {
      throw ParseError("\(title) have more than \(BodyLimits.maximumRows) rows")
    }
    let days = try rowDays(rows)
    let valueDate = try valueDate(of: days, printed: date, title: title)
    var observations: [Observation] = []
    var places: [SeriesKey: Int] = [:]
    for (index, row) in rows.enumerated() {
      if rowDates == .newest, let day = days[index], day != valueDate { continue }
      guard let pair = try pair(of: row, place: index + 1, on: valueDate) else { continue }
      for observation in try self.observations(of: row, pair: pair) {
        let key = SeriesKey(pair: pair, side: observation.side)
        guard let place = places[key] else {
          places[key] = observations.count
          observations.append(observation)
          continue
        }
        let first = observations[place]
        if first.rate != observation.rate {
          throw ParseError(
            "\(title) have \(pair) twice, as \(first.rate.printed) and"
              + " \(observation.rate.printed)")
        }
      }
    }
    guard !observations.isEmpty || isArchive else {
      throw ParseError("\(title) have rows, and none of them has a figure")
    }
    return SourceReading(valueDate: valueDate, observations: observations)
  }

  private struct SeriesKey: Hashable {
    let pair: CurrencyPair
    let side: Side
  }

  // MARK: Days

  private func rowDays(_ rows: [PrintedRow]) throws(ParseError) -> [CalendarDay?] {
    var days: [CalendarDay?] = []
    for row in rows {
      if let text = row.texts[.date], !QuotedText.trimmed(text).isEmpty {
        days.append(try day(text))
      } else {
        days.append(nil)
      }
    }
    return days
  }

  private func valueDate(
    of days: [CalendarDay?], printed: String?, title: String
  ) throws(ParseError) -> CalendarDay? {
    if let printed { return try day(printed) }
    let known = days.compactMap { $0 }
    guard let newest = known.max() else {
      if requiresDate { throw ParseError("\(title) have no date") }
      return nil
    }
    if rowDates == .agree, let other = known.first(where: { $0 != newest }) {
      throw ParseError("\(title) have rows of \(other) and of \(newest)")
    }
    return newest
  }

  private func day(_ text: String) throws(ParseError) -> CalendarDay {
    guard let day = date.read(text) else {
      throw ParseError("the date \(QuotedText.quoted(text)) is not written as \(date.pattern)")
    }
    return day
  }

  // MARK: Currencies

  /// The pair of a row; nil for a row to pass over.
  private func pair(
    of row: PrintedRow, place: Int, on day: CalendarDay?
  ) throws(ParseError) -> CurrencyPair? {
    if let text = row.texts[.pair] {
      if isIgnored(text) { return nil }
      let letters = QuotedText.trimmed(text).filter { !"/-_ ".contains($0) }
      guard letters.utf8.count == 6, let base = Currency(letters.prefix(3)),
        let quote = Currency(letters.suffix(3))
      else {
        throw ParseError("row \(place) has \(QuotedText.quoted(text)) for a pair of currencies")
      }
      return live(base: base, quote: quote, on: day)
    }
    for field in [RateField.base, .quote] {
      if let text = row.texts[field], isIgnored(text) { return nil }
    }
    let rowBase = if let base { base } else { try currency(row, .base, place: place) }
    let rowQuote = if let quote { quote } else { try currency(row, .quote, place: place) }
    return live(base: rowBase, quote: rowQuote, on: day)
  }

  private func isIgnored(_ text: String) -> Bool {
    !ignored.isEmpty && ignored.contains(String(QuotedText.trimmed(text)))
  }

  private func currency(
    _ row: PrintedRow, _ field: RateField, place: Int
  ) throws(ParseError) -> Currency {
    guard let text = row.texts[field] else {
      throw ParseError("row \(place) has no \(field.rawValue) currency")
    }
    let name = QuotedText.trimmed(text)
    if let named = names[String(name)] { return named }
    guard let currency = Currency(name) ?? Currency(name.uppercased()) else {
      throw ParseError("row \(place) has \(QuotedText.quoted(text)) for a currency")
    }
    return currency
  }

  private func live(base: Currency, quote: Currency, on day: CalendarDay?) -> CurrencyPair? {
    if base == quote || isWithdrawn(base, on: day) || isWithdrawn(quote, on: day) { return nil }
    return CurrencyPair(base: base, quote: quote)
  }

  private func isWithdrawn(_ currency: Currency, on day: CalendarDay?) -> Bool {
    guard !isArchive, case .retired(let retirement) = CurrencyRegistry.status(of: currency) else {
      return false
    }
    return day.map { $0.civil.year >= retirement.since } ?? true
  }

  // MARK: Figures

  private func observations(
    of row: PrintedRow, pair: CurrencyPair
  ) throws(ParseError) -> [Observation] {
    let nominal = try nominal(of: row, pair: pair)
    let change = row.texts[.change].map { String(QuotedText.trimmed($0)) }
    var observations: [Observation] = []
    for (field, side) in [(RateField.rate, side), (.bid, Side.bid), (.ask, .ask)] {
      guard let text = row.texts[field],
        let figure = try figure(text, row.plainNumbers.contains(field) ? .dot : number, pair: pair)
      else { continue }
      guard let rate = Rate(printed: figure, nominal: nominal) else {
        throw ParseError("\(pair) is printed for \(nominal) units")
      }
      observations.append(
        Observation(
          pair: pair, side: side, rate: rate,
          publishedChange: change.flatMap { $0.isEmpty ? nil : $0 }))
    }
    return observations
  }

  private func figure(
    _ text: String, _ format: NumberFormat, pair: CurrencyPair
  ) throws(ParseError) -> ExactDecimal? {
    do throws(NumberProblem) {
      return try format.read(text)
    } catch {
      throw ParseError("the rate of \(pair) cannot be read: \(error.message)")
    }
  }

  private func nominal(of row: PrintedRow, pair: CurrencyPair) throws(ParseError) -> Int64 {
    for (field, isExponent) in [(RateField.nominal, false), (.exponent, true)] {
      guard let text = row.texts[field], !QuotedText.trimmed(text).isEmpty else { continue }
      let digits = QuotedText.trimmed(text).filter { !" \u{A0}".contains($0) }
      guard let units = Int64(digits), isExponent ? (0...9).contains(units) : units > 0 else {
        throw ParseError("the \(field.rawValue) of \(pair) is \(QuotedText.quoted(text))")
      }
      guard isExponent else { return units }
      return Int64(ExactDecimal.powerOfTen(Int(units)))
    }
    return nominal
  }
}
