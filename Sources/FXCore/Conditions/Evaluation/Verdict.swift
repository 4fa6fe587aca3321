/// The result of a condition for one series at one moment.
package enum Verdict: Hashable, Sendable {
  /// Certainly true, in the sense of the rule's certainty.
  case holds
  /// Certainly false.
  case doesNotHold
  /// The rates are known, but both results are possible within their rounding.
  case undecided
  /// A value that the condition needs is missing: `because` ends the sentence "unknown: …".
  case unknown(because: String)
}
