package import FXCore

extension RateColumns {
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
  func advice(_ text: String) -> String { isDescribed ? "; \(text)" : "" }

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
}
