package import FXCore

/// A field of a row: the meaning of a column.
package enum RateField: String, Hashable, Sendable, CaseIterable {
  /// Both currencies in one text: `USD/KZT`, `USDKZT`, `USD-KZT`, `USD_KZT`, `USD KZT`.
  case pair
  case base
  case quote
  /// The only rate of a row, or the mid rate beside bid and ask.
  case rate
  case bid
  case ask
  /// The side of `rate` (mid, bid or ask), in the publisher's words.
  case side
  /// The number of units of the base that the rates are for.
  case nominal
  /// The number of units as a power of ten: 2 is per 100 (`UNIT_MULT` of SDMX).
  case exponent
  /// The date of the row.
  case date
  /// The parts of a date printed in pieces; joined in this order with spaces.
  case year
  case month
  case day
  /// A text that indicates whether the pair of the row is inverted.
  case direction
  /// The change printed by the publisher, kept verbatim.
  case change

  /// The fields that contain rates.
  static let rates: [RateField] = [.rate, .bid, .ask]

  /// The fields that identify the currencies of a row.
  static let currencies: [RateField] = [.pair, .base, .quote]

  /// True if the field identifies a currency of the row.
  var isCurrency: Bool { Self.currencies.contains(self) }
}

/// One printed row: texts by field.
package struct PrintedRow: Sendable {
  /// The texts as printed; a field that the row lacks is absent.
  package var texts: FieldTexts

  /// The location of the row in the body.
  package var place: RowPlace

  /// A row of these texts.
  package init(_ texts: FieldTexts, place: RowPlace = .path("")) {
    self.texts = texts
    self.place = place
  }

  /// The date of the row as printed, its parts joined.
  var dateText: String? { texts.dateText }
}

/// The location of a row in a body; its text is created only on demand.
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
  /// Reads the dates of texts; nil for a missing or invalid one.
  ///
  /// Equal texts in succession, as of rows from one line, are parsed once.
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

/// All rows of a body, as printed.
package struct PrintedTable: Sendable {
  /// The rows in the order of the body.
  package var rows: [PrintedRow]

  /// The date of the whole table, as printed.
  package var date: String?

  /// The names that the first row has in the body, for errors.
  var hint: String?
}

/// A reader that first extracts a table, whatever its format, and then interprets the columns.
package protocol TableReader: SourceReader {
  /// The name of the rates, for errors: `the ECB's reference rates`.
  var title: String { get }

  /// The meaning of the columns.
  var columns: RateColumns { get }

  /// Extracts the table from a body of at most `BodyLimits.maximumBytes`.
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
  ) throws(ParseError) -> [ObservationOrigin] {
    let table = try table(body, contentType: contentType)
    return try columns.origins(in: table, title: title)
  }
}
