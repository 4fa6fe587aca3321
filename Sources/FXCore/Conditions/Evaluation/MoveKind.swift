/// The unit of a move, which selects the check for thresholds finer than a tick.
enum MoveKind: Hashable, Sendable {
  /// A fraction of the earlier rate, as of `change`.
  case relative
  /// A difference of rates, as of `delta`.
  case absolute
}
