extension Comparison {
  /// Returns the result for two values; missing if one of them is.
  func truth(_ left: NumericResult, _ right: NumericResult) -> TruthResult {
    switch (left, right) {
    case (.known(let left), .known(let right)): .known(truth(left, right))
    case (.missing(let absence), _), (_, .missing(let absence)): .missing(absence)
    }
  }

  /// Returns the truth for two ranges.
  func truth(_ left: RateRange, _ right: RateRange) -> Truth {
    switch self {
    case .above: left.isAbove(right)
    case .atLeast: left.isBelow(right).negated
    case .below: left.isBelow(right)
    case .atMost: left.isAbove(right).negated
    case .equal: left.isEqual(to: right)
    }
  }
}
