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
package struct PrintedRow: Sendable {
  /// Texts as printed; a field the row lacks is absent.
  package var texts: FieldTexts

  /// Where in the body the row stands.
  package var place: RowPlace

  /// A row of these texts.
  package init(_ texts: FieldTexts, place: RowPlace = .path("")) {
    self.texts = texts
    self.place = place
  }

  /// The row's own day as printed, its pieces put together.
  var dateText: String? { texts.dateText }
}

/// Where in a body a row stands; put into words only where somebody asks.
package enum RowPlace: Sendable, CustomStringConvertible {
  /// `line 12`, from 1.
  case line(Int)
  /// `line 12, column 3`, both from 1.
  case column(Int, line: Int)
  /// `line 12, row 3 of //tr`.
  case row(Int, of: String, line: Int)
  /// `rates.USD`.
  case path(String)

  package var description: String {
    switch self {
    case .line(let line): "line \(line)"
    case .column(let column, let line): "line \(line), column \(column)"
    case .row(let row, let path, let line): "line \(line), row \(row) of \(path)"
    case .path(let path): path
    }
  }
}

extension DateFormat {
  /// The days of texts; nil where there is none, or it is no day that is written so.
  ///
  /// Rows of one line share its day, so that it is read once.
  func days(of texts: some Sequence<String?>) -> [CalendarDay?] {
    var last: (text: String, day: CalendarDay?)?
    return texts.map { text in
      guard let text else { return nil }
      if let last, last.text == text { return last.day }
      let day = read(text)
      last = (text, day)
      return day
    }
  }
}

/// All that a body prints, before anything is understood.
package struct PrintedTable: Sendable {
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
