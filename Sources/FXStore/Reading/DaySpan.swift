import FXCore

/// A run of publications of one source, none of them for an earlier day than theirs.
///
/// It is the same for most series of a source, so it need not be looked up for each.
struct DaySpan {
  /// Their day.
  let day: CalendarDay

  /// The last publication before them that is for an earlier day; nil if none is found.
  let earlier: Int64?

  /// The last of them.
  let last: Int64

  /// Returns true if the publications before the day of a point are the same for it.
  func covers(_ point: SeriesPoint) -> Bool {
    point.valueDate == day && point.publication <= last
      && point.publication > earlier ?? (last - 1)
  }
}
