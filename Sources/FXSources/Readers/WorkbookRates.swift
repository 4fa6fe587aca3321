package import FXCore

/// Reads rates from a sheet of an Excel workbook, by the names of its columns.
package struct WorkbookRates: TableReader {
  package var title: String

  /// The name of the sheet, or `last`; nil for the first.
  package var sheet: String?

  /// The columns of the sheet.
  package var layout: TableLayout

  package var columns: RateColumns

  package func table(
    _ body: [UInt8], contentType: String?
  ) throws(ParseError) -> PrintedTable {
    try layout.table(
      in: lines(of: body, maximumLines: BodyLimits.maximumRows), columns: columns, title: title)
  }

  private func lines(
    of body: [UInt8], maximumLines: Int
  ) throws(ParseError) -> [TableLayout.Line] {
    try WrongPage.refuseEmpty(body, insteadOf: title)
    guard BinaryFormat.isWorkbook(body) else {
      try BinaryFormat.refuse(body, insteadOf: title)
      throw WrongPage.error(body, insteadOf: title)
    }
    return try WorkbookGrid(Workbook(body), date: columns.date, title: title)
      .lines(ofSheet: sheet, maximumLines: maximumLines)
  }
}

extension WorkbookRates: ArchiveReader {
  package var hasRowDates: Bool { layout.hasRowDates }

  package func readAll(
    _ body: [UInt8], contentType: String?,
    _ handle: (SourceReading) throws(ParseError) -> Void
  ) throws(ParseError) {
    var archive = ArchiveRows(columns, title: title)
    let passedOver = try layout.eachRow(
      in: lines(of: body, maximumLines: ArchiveLimits.maximumRows), columns: columns, title: title
    ) { row throws(ParseError) in try archive.add(row, handle) }
    try archive.finish(passedOver: passedOver, handle)
  }
}
