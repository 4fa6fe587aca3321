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
  /// Which of mid, bid and ask `rate` is, in the publisher's words.
  case side
  /// For how many units of the base the figures are.
  case nominal
  /// The same as a power of ten: 2 is per 100 (`UNIT_MULT` of SDMX).
  case exponent
  /// The row's own day.
  case date
  /// The parts of a day that is printed in pieces: read as one text in this order, with spaces.
  case year
  case month
  case day
  /// What says that a row is printed the other way round than the rest.
  case direction
  /// The publisher's own change figure, kept verbatim.
  case change

  /// The fields that can hold a figure.
  static let figures: [RateField] = [.rate, .bid, .ask]

  /// The fields that say which currencies a row is of.
  static let currencies: [RateField] = [.pair, .base, .quote]

  /// Whether it says which currencies a row is of.
  var isCurrency: Bool { Self.currencies.contains(self) }
}

/// One printed row: texts by what they are.
package struct PrintedRow: Hashable, Sendable {
  /// Texts as printed; a field the row lacks is absent.
  package var texts: [RateField: String]

  /// The fields whose format itself says how figures are written, as JSON's numbers are.
  package var plainNumbers: Set<RateField>

  /// Where in the body the row stands: `line 12`, `rates.USD`.
  package var place: String

  /// A row of these texts.
  package init(
    _ texts: [RateField: String], plainNumbers: Set<RateField> = [], place: String = ""
  ) {
    self.texts = texts
    self.plainNumbers = plainNumbers
    self.place = place
  }

  /// The row's own day as printed, its pieces put together.
  var dateText: String? {
    if let text = texts[.date] { return text }
    let pieces = [RateField.year, .month, .day].compactMap { texts[$0] }
    return pieces.isEmpty ? nil : pieces.joined(separator: " ")
  }
}

extension DateFormat {
  /// The days of rows; nil where a row has none that is written so.
  ///
  /// Rows of one line share its day, so that it is read once.
  func days(of rows: [PrintedRow]) -> [CalendarDay?] {
    var last: (text: String, day: CalendarDay?)?
    return rows.map { row in
      guard let text = row.dateText else { return nil }
      if let last, last.text == text { return last.day }
      let day = read(text)
      last = (text, day)
      return day
    }
  }
}

/// All that a body prints, before anything is understood.
package struct PrintedTable: Hashable, Sendable {
  /// In the order of the body.
  package var rows: [PrintedRow]

  /// The day of the whole table as printed.
  package var date: String?

  /// What the first row has, by the names it stands under there, for errors.
  var hint: String?
}

/// A reader that first finds a table, whatever format it is in, and then understands its columns.
package protocol TableReader: SourceReader {
  /// What the source prints, for errors: `the ECB's reference rates`.
  var title: String { get }

  /// What the texts mean.
  var columns: RateColumns { get }

  /// The table in a body of at most `BodyLimits.maximumBytes`.
  func table(_ body: [UInt8], contentType: String?) throws(ParseError) -> PrintedTable
}

extension TableReader {
  package func read(
    _ body: [UInt8], contentType: String?
  ) throws(ParseError) -> SourceReading {
    let table = try table(body, contentType: contentType)
    return try columns.reading(of: table, title: title)
  }

  package func origins(
    in body: [UInt8], contentType: String?
  ) throws(ParseError) -> [FigureOrigin] {
    let table = try table(body, contentType: contentType)
    return try columns.origins(in: table, title: title)
  }
}
