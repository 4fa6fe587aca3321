package import FXCore

/// The meaning of the columns of a source, independent of the format.
///
/// The part of a description that all formats share. Converts rows of texts to observations; nothing
/// is inverted and nothing rounded.
package struct RateColumns: Hashable, Sendable {
  /// The handling of rows with different dates.
  package enum RowDates: Hashable, Sendable {
    /// An error: the table is of one day.
    case agree
    /// Only rows of the newest date are used; withdrawn currencies keep old dates.
    case newest
  }

  /// The handling of a second, different rate for a pair.
  package enum Repeats: String, Hashable, Sendable, CaseIterable {
    /// An error: each pair occurs once.
    case refused
    /// The first is used: the rates of a day, the newest first.
    case first
    /// The last is used: the rates of a day, the newest last.
    case last
  }

  /// The base of every row; nil if it is printed.
  package var base: Currency?

  /// The quote of every row; nil if it is printed.
  package var quote: Currency?

  /// The side of the `rate` column.
  package var side = Side.mid

  /// The number of units of the base that the rates are for, if no column contains it.
  package var nominal: Int64 = 1

  /// The format of numbers.
  package var number: NumberFormat

  /// The format of dates.
  package var date = DateFormat.iso

  package var rowDates = RowDates.agree

  package var repeats = Repeats.refused

  /// True if a body without a date is malformed.
  package var requiresDate = true

  /// The currencies and pairs printed under other names.
  package var names: [String: NamedCurrency] = [:]

  /// The codes or names of rows that contain no rates.
  package var ignored: Set<String> = []

  /// The only codes or names whose rows are used, in capitals; empty for all.
  package var wanted: Set<String> = []

  /// The sides by the publisher's words for them, if the side is printed.
  package var sides: [String: Side] = [:]

  /// Patterns that extract the value of a field from its text, and further fields by named groups.
  ///
  /// A row is skipped if its currency does not match; any other field that does not match is absent.
  package var patterns: [RateField: TextPattern] = [:]

  /// Matches the currency or the direction of rows whose pair is inverted.
  package var swapped: TextPattern?

  /// True if a user described the source; errors then name the keys to set.
  var isDescribed = false

  /// True for rows of past days, of which one without rates is valid.
  var isArchive = false

  /// Columns with this format of numbers.
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

  /// Interprets a table.
  ///
  /// Skips rows without a rate and rows that price a currency in itself. `title` is the name of the
  /// rates, for errors: `the ECB's reference rates`.
  package func reading(
    of table: PrintedTable, title: String
  ) throws(ParseError) -> SourceReading {
    let table = try interpret(table, title: title)
    return SourceReading(
      valueDate: table.valueDate, observations: table.observations.map(\.observation))
  }

  /// Returns each observation with the texts it was read from.
  func origins(in table: PrintedTable, title: String) throws(ParseError) -> [ObservationOrigin] {
    try interpret(table, title: title).observations.map { read in
      let row = table.rows[read.row]
      return ObservationOrigin(
        observation: read.observation, place: row.place.description,
        printed: RateField.allCases.compactMap { field in
          row.texts[field].map { ObservationOrigin.Text(field.rawValue, $0) }
        } + (table.date.map { [ObservationOrigin.Text("date of all", $0)] } ?? []))
    }
  }

  /// A row with a rate, its texts prepared by `RowTexts`.
  private struct Row {
    /// The index of the row in the table.
    let index: Int

    let texts: FieldTexts

    /// True if the pair is inverted.
    let isSwapped: Bool
  }

  /// An observation, and the index of its row.
  private struct RowObservation {
    let observation: Observation
    let row: Int
  }

  private func interpret(
    _ table: PrintedTable, title: String
  ) throws(ParseError) -> (valueDate: CalendarDay?, observations: [RowObservation]) {
    guard !table.rows.isEmpty else { throw ParseError("\(title) are missing: the list is empty") }
    guard table.rows.count <= BodyLimits.maximumRows else {
      throw ParseError("\(title) have more than \(BodyLimits.maximumRows) rows")
    }
    let texts = try RowTexts(self)
    var rows: [Row] = []
    rows.reserveCapacity(table.rows.count)
    for (index, row) in table.rows.enumerated() {
      guard let (row, isSwapped) = try texts.refined(row), hasRate(row.texts) else { continue }
      rows.append(Row(index: index, texts: row.texts, isSwapped: isSwapped))
    }
    let hint = isDescribed ? table.hint.map { "; a row has \($0)" } ?? "" : ""
    let noRates = ParseError("\(title) have rows but no rates\(hint)")
    if rows.isEmpty, !isArchive { throw noRates }
    let days = try days(of: rows)
    let printed = try table.date.map { text throws(ParseError) in
      try texts.refined(text, .date) ?? text
    }
    let valueDate = try valueDate(of: days, printed: printed, title: title)
    var observations = ObservationList(capacity: rows.count)
    for (row, day) in zip(rows, days) {
      if rowDates == .newest, printed == nil || day != nil, day != valueDate { continue }
      guard var pair = try pair(of: row.texts, place: row.index + 1, hint),
        let side = printedSide(of: row.texts)
      else { continue }
      if row.isSwapped { pair = CurrencyPair(base: pair.quote, quote: pair.base) }
      let nominal = try nominal(of: row.texts, pair: pair)
      for field in RateField.rates {
        guard let observation = try observation(field, of: row.texts, pair, side, nominal) else {
          continue
        }
        try add(RowObservation(observation: observation, row: row.index), to: &observations, title)
      }
    }
    if observations.all.isEmpty, !isArchive { throw noRates }
    return (valueDate, observations.all)
  }

  /// True if the row contains a rate; rows without one are ignored, their dates included.
  private func hasRate(_ texts: FieldTexts) -> Bool {
    RateField.rates.contains { texts[$0].map { !number.isAbsent($0) } ?? false }
  }

  private struct SeriesKey: Hashable {
    let pair: CurrencyPair
    let side: Side
  }

  /// The observations of a table, and their indices by series.
  private struct ObservationList {
    var all: [RowObservation] = []
    var indices: [SeriesKey: Int] = [:]

    init(capacity: Int) {
      all.reserveCapacity(capacity)
      indices.reserveCapacity(capacity)
    }
  }

  /// Appends an observation, or treats it as `repeats` requires if its series is in the list.
  private func add(
    _ read: RowObservation, to list: inout ObservationList, _ title: String
  ) throws(ParseError) {
    let observation = read.observation
    let key = SeriesKey(pair: observation.pair, side: observation.side)
    guard let index = list.indices.updateValue(list.all.count, forKey: key) else {
      list.all.append(read)
      return
    }
    list.indices[key] = index
    let first = list.all[index].observation
    if repeats == .last {
      list.all[index] = read
    } else if repeats == .refused, first.rate != observation.rate {
      throw ParseError(
        "\(title) have \(observation.pair) twice, as \(first.rate.printed) and"
          + " \(observation.rate.printed)"
          + advice("select rows with 'where', or set 'repeats: last'"))
    }
  }

  /// The advice for a user who described the source; empty for a preset.
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
          + advice("set 'dates: newest' to use only the newest"))
    }
    return newest
  }

  private func day(_ text: String) throws(ParseError) -> CalendarDay {
    guard let day = date.read(text) else {
      throw ParseError(
        "the date \(QuotedText.quoted(text)) does not match \(date.pattern)"
          + advice("set 'date_format'"))
    }
    return day
  }

  // MARK: Currencies

  /// Returns the pair of a row; nil if the row is to be skipped.
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

  // MARK: Rates

  /// Reads the rate of a field as an observation; nil if there is none.
  private func observation(
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
      publishedChange: change.isEmpty ? nil : change)
  }

  /// Returns the side of the row's rate; nil for a side that `sides` does not list.
  private func printedSide(of row: FieldTexts) -> Side? {
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
