/// The goal of a row of the table.
enum Goal {
  /// The value is at most this limit.
  case atMost(Double)
  /// The value is at least this limit.
  case atLeast(Double)
  /// The value is at least this fraction of the baseline.
  case ofBaseline(Double)
  /// The value is at most this multiple of the baseline.
  case timesBaseline(Double)
  /// No goal: the value shows how the cost grows.
  case open
}
