/// The way a rule treats the ranges that rounding leaves open.
package enum Certainty: String, Hashable, Sendable, CaseIterable {
  /// Fires if the condition is certainly true, releases if it is certainly false, and keeps its state
  /// in between.
  case certain
  /// Treats printed rates as exact.
  case printed
  /// Fires if the condition may be true.
  case possible
}
