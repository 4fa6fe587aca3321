package import FXCore

extension RateColumns {
  /// Interprets a table.
  ///
  /// Skips rows without a rate and rows that price a currency in itself. `title` is the name of the
  /// rates, for errors: `the ECB's reference rates`.
  package func reading(
    of table: PrintedTable, title: String
  ) throws(ParseError) -> SourceReading {
    let (valueDate, rows) = try interpret(table, title: title)
    return SourceReading(
      valueDate: valueDate, observations: rows.all.map(\.observation), setAside: rows.setAside)
  }

  /// Returns each observation with the texts it was read from.
  func origins(in table: PrintedTable, title: String) throws(ParseError) -> [ObservationOrigin] {
    try interpret(table, title: title).rows.all.map { read in
      let row = table.rows[read.row]
      return ObservationOrigin(
        observation: read.observation, place: Self.shown(row.place.description),
        printed: RateField.allCases.compactMap { field in
          row.texts[field].map { ObservationOrigin.Text(field.rawValue, Self.shown($0)) }
        } + (table.date.map { [ObservationOrigin.Text("date of all", Self.shown($0))] } ?? []))
    }
  }

  /// Returns the beginning of a text that `poll --explain` prints.
  private static func shown(_ text: String) -> String {
    QuotedText.cut(text, maximumLength: ObservationOrigin.longestText)
  }

  /// A row with a rate, its texts prepared by `RowTexts`.
  private struct Row {
    /// The index of the row in the table.
    let index: Int

    let texts: FieldTexts

    /// True if the pair is inverted.
    let isSwapped: Bool

    /// The reason why the row cannot be read, if it is known before its number is read.
    let problem: String?
  }

  /// The part of a reading that all rows share.
  private struct Page {
    let title: String
    let hint: String
    let valueDate: CalendarDay?
  }

  /// Reads a table; throws if it has no rates, or too many rows that cannot be read.
  func interpret(
    _ table: PrintedTable, title: String
  ) throws(ParseError) -> (valueDate: CalendarDay?, rows: RateRows) {
    guard !table.rows.isEmpty else { throw ParseError("\(title) are missing: the list is empty") }
    guard table.rows.count <= BodyLimits.maximumRows else {
      throw ParseError("\(title) have more than \(BodyLimits.maximumRows) rows")
    }
    let texts = try RowTexts(self)
    var rows: [Row] = []
    rows.reserveCapacity(table.rows.count)
    for (index, row) in table.rows.enumerated() {
      guard let (row, isSwapped) = try texts.refined(row), hasRate(row.texts) else { continue }
      rows.append(Row(index: index, texts: row.texts, isSwapped: isSwapped, problem: row.problem))
    }
    let hint = isDescribed ? table.hint.map { "; a row has \($0)" } ?? "" : ""
    let noRates = ParseError("\(title) have rows but no rates\(hint)")
    if rows.isEmpty {
      if isArchive { return (nil, RateRows(capacity: 0)) }
      throw noRates
    }
    let days = date.days(of: rows.lazy.map { $0.texts.dateText })
    let printed = try table.date.map { text throws(ParseError) in
      try texts.refined(text, .date) ?? text
    }
    let valueDate = try valueDate(of: days, rows, printed: printed, title: title)
    let page = Page(title: title, hint: hint, valueDate: valueDate)
    var read = RateRows(capacity: rows.count)
    for passed in table.passedOver { read.passOver(passed) }
    for (row, day) in zip(rows, days) {
      let isUnreadDay = day == nil && Self.isPrinted(row.texts.dateText)
      if rowDates == .newest, !isUnreadDay, printed == nil || day != nil, day != valueDate {
        continue
      }
      try self.read(row, isUnreadDay ? unreadDay(of: row) : row.problem, page, into: &read)
    }
    try refuse(read, title)
    if read.all.isEmpty, !isArchive {
      throw read.retired.isEmpty
        ? noRates : ParseError(RetiredCurrencies.sentence(onlyOf: read.retired))
    }
    return (valueDate, read)
  }

  /// Reads one row, or sets it aside.
  private func read(
    _ row: Row, _ problem: String?, _ page: Page, into rows: inout RateRows
  ) throws(ParseError) {
    let start = rows.all.count
    var pair: CurrencyPair?
    do throws(ParseError) {
      guard let printed = try self.pair(of: row.texts, place: row.index + 1, page.hint),
        let side = printedSide(of: row.texts)
      else { return }
      let priced = row.isSwapped ? printed.swapped : printed
      pair = priced.pair
      if !isArchive, let day = page.valueDate,
        let retired = RetiredCurrencies.retired(of: priced.pair, on: day)
      {
        return rows.leaveOut(retired)
      }
      rows.count += 1
      if let problem { throw ParseError(problem) }
      let price = try price(of: row.texts, priced, side)
      // All of them before the first is used: none of a row that is set aside replaces another.
      var read: [Observation] = []
      for field in RateField.rates {
        if let observation = try observation(field, of: row.texts, price) {
          read.append(observation)
        }
      }
      for observation in read {
        try add(.init(observation: observation, row: row.index), to: &rows, page.title)
      }
    } catch {
      if pair == nil { rows.count += 1 }
      rows.setAside(
        SetAsideRow(
          subject: pair.map { "\($0)" } ?? subject(of: row), pair: pair, reason: error.message),
        from: start, unknownName: error.unknownName)
    }
  }

  /// The printed name of a row whose pair is unknown.
  private func subject(of row: Row) -> String {
    let names = RateField.currencies.compactMap { row.texts[$0] }
    guard let name = names.first, !QuotedText.trimmed(name).isEmpty else {
      return "row \(row.index + 1)"
    }
    return QuotedText.quoted(name)
  }

  /// Throws if more than a fifth of the rows cannot be read; rows of an archive are counted by the
  /// whole file.
  private func refuse(_ rows: RateRows, _ title: String) throws(ParseError) {
    guard !isArchive, RateRows.isRefused(unreadable: rows.unreadable, of: rows.count) else {
      return
    }
    if let clause = rows.unknownNamesClause {
      throw ParseError(
        clause + advice("list them in 'names' or 'ignore'")
          + " (\(rows.unreadable) of \(rows.count) rows cannot be read, more than a fifth)")
    }
    throw Self.refusal(rows.setAside, unreadable: rows.unreadable, of: rows.count)
  }

  /// The error for a body with too many rows that cannot be read: the reason of the first, and how many
  /// there are.
  static func refusal(
    _ setAside: [SetAsideRow], unreadable: Int, of count: Int
  ) -> ParseError {
    let first = setAside.first { $0.retired == nil }?.reason ?? "rows cannot be read"
    return unreadable <= 1
      ? ParseError(first)
      : ParseError("\(first) (\(unreadable) of \(count) rows cannot be read, more than a fifth)")
  }

  /// True if the row contains a rate; rows without one are ignored, their dates included.
  private func hasRate(_ texts: FieldTexts) -> Bool {
    RateField.rates.contains { texts[$0].map { !number.isAbsent($0) } ?? false }
  }

  /// Adds an observation, or treats it as `repeats` requires if its series is in the list.
  private func add(
    _ read: RateRows.Read, to rows: inout RateRows, _ title: String
  ) throws(ParseError) {
    guard let first = rows.add(read) else { return }
    let observation = read.observation
    if repeats == .last {
      rows.replace(by: read)
    } else if repeats == .refused, first.rate != observation.rate {
      throw ParseError(
        "\(title) have \(observation.pair) twice, as \(first.rate.printed) and"
          + " \(observation.rate.printed)"
          + advice("select rows with 'where', or set 'repeats: last'"))
    }
  }

  /// The advice for a user who described the source; empty for a preset.
  func advice(_ text: String) -> String { isDescribed ? "; \(text)" : "" }

  private func valueDate(
    of days: [CalendarDay?], _ rows: [Row], printed: String?, title: String
  ) throws(ParseError) -> CalendarDay? {
    if let printed { return try day(printed) }
    let known = days.compactMap { $0 }
    guard let newest = known.max() else {
      // No date of a row can be read.
      if !isArchive, let text = rows.lazy.compactMap(\.texts.dateText).first(where: Self.isPrinted)
      {
        return try day(text)
      }
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

  private static func isPrinted(_ text: String?) -> Bool {
    text.map { !QuotedText.trimmed($0).isEmpty } ?? false
  }

  /// The problem of a row whose date cannot be read.
  private func unreadDay(of row: Row) -> String {
    unreadDay(row.texts.dateText ?? "")
  }

  private func unreadDay(_ text: String) -> String {
    "the date \(QuotedText.quoted(text)) does not match \(date.pattern)"
      + advice("set 'date_format'")
  }

  private func day(_ text: String) throws(ParseError) -> CalendarDay {
    guard let day = date.read(text) else { throw ParseError(unreadDay(text)) }
    return day
  }
}
