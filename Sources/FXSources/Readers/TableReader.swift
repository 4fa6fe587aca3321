package import FXCore

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
