extension Predicate {
  /// Returns the same as `truth`, by the cheapest of three ways: bounds that do not overlap, two facts,
  /// or the exact ranges.
  ///
  /// Must equal `truth`, which the property "accelerated evaluation equals the definition" checks.
  func acceleratedTruth(on view: some SeriesView, at moment: Moment) -> TruthResult {
    switch self {
    case .comparison(let comparison, let left, let right):
      if let right = right.bounds(on: view, at: moment),
        let left = left.bounds(on: view, at: moment), let truth = comparison.truth(left, right)
      {
        .known(truth)
      } else if let right = right.fact(on: view, at: moment),
        let left = left.fact(on: view, at: moment)
      {
        .known(comparison.truth(left, right))
      } else {
        comparison.truth(left.value(on: view, at: moment), right.value(on: view, at: moment))
      }
    case .leaf(let leaf): leaf.specializedTruth(on: view, at: moment)
    case .not(let operand): operand.acceleratedTruth(on: view, at: moment).negated
    case .logical(let operation, let left, let right):
      left.acceleratedTruth(on: view, at: moment).joined(by: operation) {
        right.acceleratedTruth(on: view, at: moment)
      }
    }
  }
}

extension PredicateLeaf {
  func shortcut(on view: some SeriesView, at moment: Moment) -> TruthResult? { nil }
}
