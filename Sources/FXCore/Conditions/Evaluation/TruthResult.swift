/// The result of a predicate.
enum TruthResult: Hashable, Sendable {
  case known(Truth)
  case missing(Absence)

  /// The negation; a missing result stays missing.
  var negated: TruthResult {
    guard case .known(let truth) = self else { return self }
    return .known(truth.negated)
  }

  /// Returns the result of this and another predicate, which is evaluated only if this one does not
  /// decide.
  func joined(by operation: LogicalOperator, _ other: () -> TruthResult) -> TruthResult {
    let decisive: Truth = operation == .and ? .no : .yes
    if self == .known(decisive) { return self }
    let other = other()
    if other == .known(decisive) { return other }
    guard case .known(let left) = self else { return self }
    guard case .known(let right) = other else { return other }
    return .known(operation == .and ? left.and(right) : left.or(right))
  }

  /// Returns the verdict under a certainty, without the reason of a missing value.
  func briefVerdict(_ certainty: Certainty) -> Verdict {
    switch self {
    case .known(.yes): .holds
    case .known(.no): .doesNotHold
    case .known(.undecided): certainty == .possible ? .holds : .undecided
    case .missing: .undecided
    }
  }
}
