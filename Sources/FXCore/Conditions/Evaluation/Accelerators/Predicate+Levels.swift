extension Predicate {
  /// The rates to which the truth refers, if it depends only on which side of each the current and the
  /// previous rate are; nil for any other predicate.
  ///
  /// The engine evaluates such a rule only if a rate crosses one of its levels (`ThresholdIndex`). Must
  /// not miss a change of `truth`: Tests/SimulationTests/LevelRulesTests.swift compares an engine with
  /// and without it.
  var levels: [Fraction]? {
    switch self {
    case .comparison(_, .rate, let level), .comparison(_, let level, .rate):
      level.exactConstant.map { [$0] }
    case .comparison: nil
    case .leaf(let leaf): leaf.levels
    case .not(let operand): operand.levels
    case .logical(_, let left, let right):
      left.levels.flatMap { left in right.levels.map { left + $0 } }
    }
  }
}

extension PredicateLeaf {
  var levels: [Fraction]? { nil }
}

extension Crossing {
  var levels: [Fraction]? { subject == nil ? level.exactConstant.map { [$0] } : nil }
}

extension ChannelPassage {
  var levels: [Fraction]? {
    low.exactConstant.flatMap { low in high.exactConstant.map { [low, $0] } }
  }
}

extension NumericExpression {
  /// The value of an exact constant; nil for any other expression.
  fileprivate var exactConstant: Fraction? {
    guard case .constant(let range) = self, range.isExact else { return nil }
    return range.printed
  }
}
