extension NumericExpression {
  /// Returns bounds that enclose the range of `value`; nil if `value` must be computed, and always if the
  /// value is missing.
  ///
  /// The property "accelerated evaluation equals the definition" compares the results of comparisons
  /// with and without bounds, for every function that has some.
  func bounds(on view: some SeriesView, at moment: Moment) -> Bounds? {
    switch self {
    case .constant(let range): Bounds(range)
    case .rate: Bounds(view.current.rate, scale: view.scale)
    case .leaf(let leaf): leaf.specializedBounds(on: view, at: moment)
    case .printed(let leaf): leaf.specializedBounds(on: view, at: moment)
    case .magnitude(let operand): operand.bounds(on: view, at: moment)?.magnitude
    case .negated(let operand): operand.bounds(on: view, at: moment)?.negated
    case .age, .arithmetic: nil
    }
  }
}

extension NumericLeaf {
  func bounds(on view: some SeriesView, at moment: Moment) -> Bounds? { nil }
}

extension Comparison {
  /// Returns the truth for two values within these bounds; nil if the bounds overlap.
  ///
  /// If they do not overlap, the result is the same for facts, for ranges and under every certainty.
  func truth(_ left: Bounds, _ right: Bounds) -> Truth? {
    let isAbove = right.high < left.low
    guard isAbove || left.high < right.low else { return nil }
    return switch self {
    case .above, .atLeast: Truth(isAbove)
    case .below, .atMost: Truth(!isAbove)
    case .equal: .no
    }
  }
}
