/// What a condition asks of a series that is true or false by itself, such as a crossing: the other
/// leaf a condition function can add to the language.
protocol SeriesEvent: Sendable {
  /// The answer at a moment. Called for every evaluation: allocates nothing.
  func answer(on view: some SeriesView, at moment: Moment) -> Answer

  /// The rates that the answer is about, where it depends on nothing but on which side of each the
  /// current and the previous figure lie; nil for any other.
  var levels: [Fraction]? { get }
}

extension SeriesEvent {
  var levels: [Fraction]? { nil }
}

/// What a proposition comes to.
enum Answer: Hashable, Sendable {
  case known(Truth)
  case missing(Absence)
}

/// A checked expression that comes to a truth.
indirect enum Predicate: Sendable {
  case comparison(Comparison, NumericExpression, NumericExpression)
  case leaf(any SeriesEvent)
  case not(Predicate)
  case junction(LogicalOperator, Predicate, Predicate)

  /// The answer at a moment, by Kleene's rules: `and` and `or` are settled by either side, even
  /// where the other is missing; unsettled, what is missing outweighs what is undecided.
  func answer(on view: some SeriesView, at moment: Moment) -> Answer {
    switch self {
    case .comparison(let comparison, let left, let right):
      if let right = right.roughly(on: view, at: moment),
        let left = left.roughly(on: view, at: moment), let truth = comparison.truth(left, right)
      {
        .known(truth)
      } else if let right = right.fact(on: view, at: moment),
        let left = left.fact(on: view, at: moment)
      {
        // Of facts only what is printed counts, whatever the certainty: no ranges need be computed.
        .known(comparison.truth(left, right))
      } else {
        comparison.answer(left.value(on: view, at: moment), right.value(on: view, at: moment))
      }
    case .leaf(let leaf): leaf.answer(on: view, at: moment)
    case .not(let operand): operand.answer(on: view, at: moment).negated
    case .junction(let junction, let left, let right):
      left.answer(on: view, at: moment).joined(by: junction) {
        right.answer(on: view, at: moment)
      }
    }
  }
}

extension Predicate {
  /// The rates that the answer is about, where it depends on nothing but on which side of each the
  /// current and the previous figure lie; nil for any other.
  var levels: [Fraction]? {
    switch self {
    case .comparison(_, .rate, let level), .comparison(_, let level, .rate):
      level.exactConstant.map { [$0] }
    case .comparison: nil
    case .leaf(let leaf): leaf.levels
    case .not(let operand): operand.levels
    case .junction(_, let left, let right):
      left.levels.flatMap { left in right.levels.map { left + $0 } }
    }
  }
}

extension NumericExpression {
  /// The rate a level is, where it is a plain figure.
  var exactConstant: Fraction? {
    guard case .constant(let range) = self, range.isExact else { return nil }
    return range.printed
  }
}

extension Comparison {
  /// The answer for two figures; missing where either is.
  func answer(_ left: Figure, _ right: Figure) -> Answer {
    switch (left, right) {
    case (.known(let left), .known(let right)): .known(truth(left, right))
    case (.missing(let absence), _), (_, .missing(let absence)): .missing(absence)
    }
  }

  /// The truth for two facts.
  func truth(_ left: Fraction64, _ right: Fraction64) -> Truth {
    switch self {
    case .above: Truth(right < left)
    case .atLeast: Truth(!(left < right))
    case .below: Truth(left < right)
    case .atMost: Truth(!(right < left))
    case .equal: Truth(left == right)
    }
  }

  /// The truth for two ranges.
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

extension Answer {
  /// The opposite; what is missing stays missing.
  var negated: Answer {
    guard case .known(let truth) = self else { return self }
    return .known(truth.negated)
  }

  /// This and the other, asked only where this does not settle the whole.
  func joined(by junction: LogicalOperator, _ other: () -> Answer) -> Answer {
    let settling: Truth = junction == .and ? .no : .yes
    if self == .known(settling) { return self }
    let other = other()
    if other == .known(settling) { return other }
    guard case .known(let left) = self else { return self }
    guard case .known(let right) = other else { return other }
    return .known(junction == .and ? left.and(right) : left.or(right))
  }
}
