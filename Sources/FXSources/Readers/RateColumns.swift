package import FXCore

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

  /// What another figure for a pair that already has one means.
  package enum Repeats: String, Hashable, Sendable, CaseIterable {
    /// A mistake: each pair stands there once.
    case refused
    /// The day's figures in the order of time, the newest first.
    case first
    /// The same, the newest last.
    case last
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

  package var repeats = Repeats.refused

  /// Whether a body without a day is malformed.
  package var requiresDate = true

  /// The currencies and pairs that are printed under other names.
  package var names: [String: NamedCurrency] = [:]

  /// Codes or names of rows that are no rates.
  package var ignored: Set<String> = []

  /// The only codes or names whose rows are looked at, in capitals; empty for all.
  package var wanted: Set<String> = []

  /// Which side the publisher's words mean, where the side is printed.
  package var sides: [String: Side] = [:]

  /// What to take of a text, and which further texts are in it.
  ///
  /// A row whose currency does not match is passed over; any other text that does not match counts
  /// as absent.
  package var patterns: [RateField: TextPattern] = [:]

  /// Found in the currency text, or what says the direction, of rows that are printed the other way
  /// round than the rest.
  package var swapped: TextPattern?

  /// Whether a user described the source, and can be told which keys help.
  var isDescribed = false

  /// Whether the rows are of days long past, of which one without figures is no mistake.
  var isArchive = false

  /// Columns in which figures are written so.
  package init(
    number: NumberFormat, base: Currency? = nil, quote: Currency? = nil,
    date: DateFormat = .iso, rowDates: RowDates = .agree
  ) {
    self.number = number
    self.base = base
    self.quote = quote
    self.date = date
    self.rowDates = rowDates
  }

  /// The reading of a table.
  ///
  /// Rows without a figure and rows that price a currency in itself are passed over. `title` is what the source prints, for errors:
  /// `the ECB's reference rates`.
  package func reading(
    of table: PrintedTable, title: String
  ) throws(ParseError) -> SourceReading {
    let table = try understood(table, title: title)
    return SourceReading(valueDate: table.valueDate, observations: table.found.map(\.observation))
  }

  /// The same, figure by figure, with the texts each came from.
  func origins(in table: PrintedTable, title: String) throws(ParseError) -> [FigureOrigin] {
    try understood(table, title: title).found.map { found in
      let row = table.rows[found.row]
      return FigureOrigin(
        observation: found.observation, place: row.place.description,
        printed: RateField.allCases.compactMap { field in
          row.texts[field].map { FigureOrigin.Text(field.rawValue, $0) }
        } + (table.date.map { [FigureOrigin.Text("date of all", $0)] } ?? []))
    }
  }

  /// A row with a figure, as it is to be understood.
  private struct Row {
    /// Its place in the table.
    let index: Int

    let texts: FieldTexts

    /// Whether it is printed the other way round than the rest.
    let isSwapped: Bool
  }

  /// An observation, and the row it came from.
  private struct Found {
    let observation: Observation
    let row: Int
  }

  private func understood(
    _ table: PrintedTable, title: String
  ) throws(ParseError) -> (valueDate: CalendarDay?, found: [Found]) {
    guard !table.rows.isEmpty else { throw ParseError("\(title) are missing: the list is empty") }
    guard table.rows.count <= BodyLimits.maximumRows else {
      throw ParseError("\(title) have more than \(BodyLimits.maximumRows) rows")
    }
    let texts = try RowTexts(self)
    var rows: [Row] = []
    rows.reserveCapacity(table.rows.count)
    for (index, row) in table.rows.enumerated() {
      guard let (row, isSwapped) = try texts.refined(row), hasFigure(row.texts) else { continue }
      rows.append(Row(index: index, texts: row.texts, isSwapped: isSwapped))
    }
    let hint = isDescribed ? table.hint.map { "; a row has \($0)" } ?? "" : ""
    let noFigure = ParseError("\(title) have rows, and none of them has a figure\(hint)")
    if rows.isEmpty, !isArchive { throw noFigure }
    let days = try days(of: rows)
    let printed = try table.date.map { text throws(ParseError) in
      try texts.refined(text, .date) ?? text
    }
    let valueDate = try valueDate(of: days, printed: printed, title: title)
    var found: [Found] = []
    found.reserveCapacity(rows.count)
    var places: [SeriesKey: Int] = [:]
    places.reserveCapacity(rows.count)
    for (row, day) in zip(rows, days) {
      if rowDates == .newest, printed == nil || day != nil, day != valueDate { continue }
      guard var pair = try pair(of: row.texts, place: row.index + 1, hint),
        let side = printedSide(of: row.texts)
      else { continue }
      if row.isSwapped { pair = CurrencyPair(base: pair.quote, quote: pair.base) }
      let nominal = try nominal(of: row.texts, pair: pair)
      for field in RateField.figures {
        guard let observation = try observation(field, of: row.texts, pair, side, nominal) else {
          continue
        }
        let key = SeriesKey(pair: pair, side: observation.side)
        guard let place = places.updateValue(found.count, forKey: key) else {
          found.append(Found(observation: observation, row: row.index))
          continue
        }
        places[key] = place
        let first = found[place].observation
        if repeats == .last {
          found[place] = Found(observation: observation, row: row.index)
        } else if repeats == .refused, first.rate != observation.rate {
          throw ParseError(
            "\(title) have \(pair) twice, as \(first.rate.printed) and"
              + " \(observation.rate.printed)"
              + advice("say which rows count, by 'where' or 'repeats: last'"))
        }
      }
    }
    if found.isEmpty, !isArchive { throw noFigure }
    return (valueDate, found)
  }

  /// Whether a figure is printed in the row: rows without one have no say, not even by their day.
  private func hasFigure(_ texts: FieldTexts) -> Bool {
    RateField.figures.contains { texts[$0].map { !number.isAbsent($0) } ?? false }
  }

  private struct SeriesKey: Hashable {
    let pair: CurrencyPair
    let side: Side
  }

  /// What helps whoever described the source.
  private func advice(_ text: String) -> String { isDescribed ? "; \(text)" : "" }

  // MARK: Days

  private func days(of rows: [Row]) throws(ParseError) -> [CalendarDay?] {
    let days = date.days(of: rows.lazy.map { $0.texts.dateText })
    for (row, day) in zip(rows, days) where day == nil {
      if let text = row.texts.dateText, !QuotedText.trimmed(text).isEmpty { _ = try self.day(text) }
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
      throw ParseError(
        "\(title) have rows of \(other) and of \(newest)"
          + advice("'dates: newest' has those of the newest day count"))
    }
    return newest
  }

  private func day(_ text: String) throws(ParseError) -> CalendarDay {
    guard let day = date.read(text) else {
      throw ParseError(
        "the date \(QuotedText.quoted(text)) is not written as \(date.pattern)"
          + advice("say how in 'date_format'"))
    }
    return day
  }

  // MARK: Currencies

  /// The pair of a row; nil for a row to pass over.
  private func pair(
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
        throw unknown(text, "a pair of currencies", place)
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
      "row \(place) has \(QuotedText.quoted(text)) for \(what)"
        + advice("list it in 'names' or in 'ignore'"))
  }

  /// The pair of two currencies; nil where it prices one in itself.
  private func priced(_ base: Currency, in quote: Currency) -> CurrencyPair? {
    base == quote ? nil : CurrencyPair(base: base, quote: quote)
  }

  // MARK: Figures

  /// The figure of a field as an observation; nil where there is none.
  private func observation(
    _ field: RateField, of row: FieldTexts, _ pair: CurrencyPair, _ side: Side, _ nominal: Int64
  ) throws(ParseError) -> Observation? {
    guard let text = row[field],
      let figure = try figure(text, isPlain: row.isPlainNumber(field), pair: pair)
    else { return nil }
    guard let rate = Rate(printed: figure, nominal: nominal) else {
      throw ParseError("\(pair) is printed for \(nominal) units")
    }
    let change = row[.change].map { String(QuotedText.trimmed($0)) } ?? ""
    return Observation(
      pair: pair, side: field == .bid ? .bid : field == .ask ? .ask : side, rate: rate,
      publishedChange: change.isEmpty ? nil : change)
  }

  /// Which side the row's rate is; nil for a side that is not asked for.
  private func printedSide(of row: FieldTexts) -> Side? {
    guard let text = row[.side] else { return side }
    let word = RowTexts.name(text)
    return sides[word] ?? (sides.isEmpty ? Side(rawValue: word.lowercased()) : nil)
  }

  private func figure(
    _ text: String, isPlain: Bool, pair: CurrencyPair
  ) throws(ParseError) -> ExactDecimal? {
    var format = isPlain ? .dot : number
    format.rounding = number.rounding
    format.absent = number.absent
    do throws(NumberProblem) {
      return try format.read(text)
    } catch {
      throw ParseError("the rate of \(pair) cannot be read: \(error.message)")
    }
  }

  private func nominal(of row: FieldTexts, pair: CurrencyPair) throws(ParseError) -> Int64 {
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

  /// A whole number printed in a field; nil where there is none.
  private func unitCount(
    of row: FieldTexts, _ field: RateField, in range: ClosedRange<Int64>, _ pair: CurrencyPair
  ) throws(ParseError) -> Int64? {
    guard let text = row[field], !QuotedText.trimmed(text).isEmpty else { return nil }
    let format = row.isPlainNumber(field) ? .dot : number
    guard let units = UnitCount.read(text, format), range.contains(units) else {
      throw ParseError(
        "the \(field.rawValue) of \(pair) is \(QuotedText.quoted(text)), which is no number of units"
      )
    }
    return units
  }
}
