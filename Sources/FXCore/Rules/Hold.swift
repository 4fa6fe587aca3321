/// The number of publications, or the time, for which a condition must hold before its alert fires.
package enum Hold: Hashable, Sendable {
  /// A number of consecutive publications; 0 and 1 fire on the first.
  case publications(Int)
  /// A time without interruption.
  case time(Duration)
}
