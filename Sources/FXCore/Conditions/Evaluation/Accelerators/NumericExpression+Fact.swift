extension NumericExpression {
  /// Returns the printed value if `value` is a fact that needs no arithmetic and fits 64 bits; nil
  /// otherwise.
  ///
  /// Facts are compared by their printed values under every certainty, so no ranges are computed. Must
  /// equal `value(on:at:).printed`; the property "accelerated evaluation equals the definition" compares
  /// the results of comparisons.
  func fact(on view: some SeriesView, at moment: Moment) -> Fraction64? {
    switch self {
    case .constant(let range): range.isFact ? Fraction64(range.printed) : nil
    case .rate: Fraction64(view.current.rate)
    case .age: Fraction64(moment.now.milliseconds &- view.lastPublished.milliseconds, over: 1)
    case .printed(let leaf): leaf.specializedRate(on: view, at: moment).flatMap { Fraction64($0) }
    case .leaf, .magnitude, .negated, .arithmetic: nil
    }
  }
}

extension Comparison {
  /// Returns the truth for two facts.
  func truth(_ left: Fraction64, _ right: Fraction64) -> Truth {
    switch self {
    case .above: Truth(right < left)
    case .atLeast: Truth(!(left < right))
    case .below: Truth(left < right)
    case .atMost: Truth(!(right < left))
    case .equal: Truth(left == right)
    }
  }
}
