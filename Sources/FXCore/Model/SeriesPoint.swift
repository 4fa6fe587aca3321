/// One stored rate of a series: the printed rate, its value date and when it was first seen.
package struct SeriesPoint: Hashable, Sendable {
  /// The printed rate with its nominal.
  package let rate: Rate

  /// The instant at which it was first fetched.
  package let firstSeen: Timestamp

  /// The number of the publication that contained it.
  package let publication: Int64

  /// The value date that the source prints; nil if it prints none.
  package let valueDate: CalendarDay?

  /// 1 for the first rate of a value date, one more for each different rate printed for it later.
  package var version: Int { Int(revision) }

  /// The version in four bytes.
  ///
  /// Size and order of the fields avoid padding, because histories hold
  /// many points.
  private let revision: Int32

  /// Makes a stored rate.
  package init(
    rate: Rate, valueDate: CalendarDay?, firstSeen: Timestamp, publication: Int64, version: Int
  ) {
    self.rate = rate
    self.valueDate = valueDate
    self.firstSeen = firstSeen
    self.publication = publication
    revision = Int32(clamping: version)
  }

  /// Returns the same rate at another place along publications.
  func placed(at publication: Int64) -> SeriesPoint {
    SeriesPoint(
      rate: rate, valueDate: valueDate, firstSeen: firstSeen, publication: publication,
      version: version)
  }

  /// Returns the same rate at the place of an earlier one, which it replaces.
  func placed(like earlier: SeriesPoint) -> SeriesPoint {
    SeriesPoint(
      rate: rate, valueDate: valueDate, firstSeen: earlier.firstSeen,
      publication: earlier.publication, version: version)
  }
}
