/// What a condition says of one series at one moment.
package enum Verdict: Hashable, Sendable {
  /// Certainly true, in the certainty the rule asks for.
  case holds
  /// Certainly false.
  case doesNotHold
  /// The figures are there, but their rounding leaves both answers open.
  case undecided
  /// Something the condition needs is missing: `because` ends the sentence "cannot tell: …".
  case cannotTell(because: String)
}

/// How a rule reads ranges.
package enum Certainty: String, Hashable, Sendable, CaseIterable {
  /// Fires when the condition is certainly true, releases when certainly false, holds in between.
  case certain
  /// As if printed figures were exact.
  case printed
  /// Fires when the condition could be true.
  case possible
}
