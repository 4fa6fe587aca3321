package import FXCore

/// Reads bodies that contain many days, each row with its own date.
///
/// Pure and bounded, like `SourceReader`.
package protocol ArchiveReader: SourceReader {
  /// True if every row contains its date; otherwise a body is of one day.
  var hasRowDates: Bool { get }

  /// Passes the readings of an archive to `handle` in the order of the body, each of one day; a day may
  /// be split into several readings.
  ///
  /// A day without rates has no observations, and rows without a date no value date. Memory: the body, its parsed form, and one reading. Throws if the
  /// body is not such an archive, and rethrows from `handle`.
  func readAll(
    _ body: [UInt8], contentType: String?,
    _ handle: (SourceReading) throws(ParseError) -> Void
  ) throws(ParseError)
}
