/// A checked expression that is true or false.
indirect enum Predicate: Sendable {
  case comparison(Comparison, NumericExpression, NumericExpression)
  case leaf(any PredicateLeaf)
  case not(Predicate)
  case logical(LogicalOperator, Predicate, Predicate)

  /// Returns the truth at a moment: the definition, in Kleene's three-valued logic.
  ///
  /// Either side of `and` and `or` can decide, even if the other is missing. If none decides, a missing
  /// value takes precedence over an undecided one.
  func truth(on view: some SeriesView, at moment: Moment) -> TruthResult {
    switch self {
    case .comparison(let comparison, let left, let right):
      comparison.truth(left.value(on: view, at: moment), right.value(on: view, at: moment))
    case .leaf(let leaf): leaf.truth(on: view, at: moment)
    case .not(let operand): operand.truth(on: view, at: moment).negated
    case .logical(let operation, let left, let right):
      left.truth(on: view, at: moment).joined(by: operation) {
        right.truth(on: view, at: moment)
      }
    }
  }
}
