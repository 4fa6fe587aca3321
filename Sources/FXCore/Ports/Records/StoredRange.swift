/// The values that fxwatch writes into columns; any other one in a database is damage.
///
/// Each bound leaves room for the arithmetic of the engine, so that no stored value can cause a trap.
package enum StoredRange {
  /// Milliseconds since 1970 of the years 1 to 9999.
  package static let instants: ClosedRange<Int64> = -62_135_596_800_000...253_402_300_799_999

  /// Days since 1970 of the years 1 to 9999.
  package static let days: ClosedRange<Int64> = -719_162...2_932_896

  /// Numbers and identifiers: 53 bits and a sign, as JSON carries them.
  package static let numbers: ClosedRange<Int64> = -(1 << 53)...(1 << 53)

  /// Counts: one a millisecond for 34 years.
  package static let counts: ClosedRange<Int64> = 0...(1 << 40)

  /// The longest text, in bytes: a whole page has as many.
  package static let textBytes = 4 << 20

  /// The longest JSON document, in bytes: that of a page with a title in each of its lines.
  package static let documentBytes = 64 << 20
}

extension Timestamp {
  /// The stored integer: milliseconds since 1970, within the years 1 to 9999.
  package var stored: Int64 { StoredRange.instants.nearest(to: milliseconds) }
}

extension CalendarDay {
  /// The stored integer: days since 1970, within the years 1 to 9999.
  package var stored: Int64 { StoredRange.days.nearest(to: Int64(daysSinceEpoch)) }
}

extension ClosedRange<Int64> {
  /// Returns the integer of the range that is nearest to another.
  fileprivate func nearest(to integer: Int64) -> Int64 {
    Swift.min(Swift.max(integer, lowerBound), upperBound)
  }
}
