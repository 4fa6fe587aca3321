/// `change_mismatch`: the change figure a page prints contradicts the move its history gives, whatever
/// the rounding of both.
enum ChangeMismatchFunction: ConditionFunction {
  static let name = "change_mismatch"
  static let takes = "nothing in parentheses"

  static func meaning(
    of call: FunctionCall, in checker: inout TypeChecker
  ) throws(ConditionProblem) -> Expression {
    try call.withoutArguments(checker)
    return Expression(.leaf(ChangeMismatch()), Requirements(kind: .event))
  }
}

/// A contradiction: no true rates, rounded as the source rounds, give both figures.
///
/// A source that prints several times a day may mean the publication before or the day before; only a
/// figure that fits neither contradicts.
private struct ChangeMismatch: SeriesEvent {
  func answer(on view: some SeriesView, at moment: Moment) -> Answer {
    // A figure that only stands there still was judged when it came.
    guard view.current.publication == view.publication else { return .known(.no) }
    guard let text = view.publishedChange, let printed = PublishedChange(text) else {
      return .missing(.publishedChange)
    }
    guard let previous = view.previous else { return .missing(.previous) }
    let earlier = [previous, view.otherDay].compactMap(\.self)
    for point in earlier {
      switch printed.agrees(with: view, since: point) {
      case .some(true): return .known(.no)
      case .none: return .missing(.excess)
      case .some(false): break
      }
    }
    // Within its first day the history lacks the day the figure may be about.
    if view.otherDay == nil, let day = view.current.valueDate, previous.valueDate == day {
      return .missing(.previous)
    }
    return .known(.yes)
  }
}

/// A change figure as sources print it: `-0.09%`, relative, or `-16.5`, for the printed nominal.
struct PublishedChange {
  /// What it can mean, trailing zeros being often left out.
  private let range: RateRange

  private let isPercent: Bool

  /// With how many decimals percent figures are computed.
  private static let percentScale = 2

  /// Reads a figure; nil for anything else.
  init?(_ text: String) {
    var digits = text.filter { !$0.isWhitespace }
    digits = digits.replacing("−", with: "-")
    isPercent = digits.hasSuffix("%")
    if isPercent { digits.removeLast() }
    if !digits.contains(".") { digits = digits.replacing(",", with: ".") }
    guard let figure = ExactDecimal(digits) else { return nil }
    let scale = max(figure.scale, isPercent ? Self.percentScale : 0)
    let tick = Fraction(numerator: 1, denominator: ExactDecimal.powerOfTen(scale))
    range = RateRange(rate: Fraction(figure), tick: tick)
  }

  /// Whether it can be the move of a series since an earlier figure; nil beyond exact arithmetic.
  func agrees(with view: some SeriesView, since earlier: SeriesPoint) -> Bool? {
    let current = view.current
    guard let old = view.computed(earlier), let new = view.computed(current) else { return nil }
    if isPercent {
      guard
        let move = new.relativeMove(from: old)?
          .multiplied(by: RateRange(exactly: Fraction(100)))
      else { return nil }
      return move.high >= range.low && move.low <= range.high
    }
    let nominal = RateRange(exactly: Fraction(current.rate.nominal))
    guard let move = new.subtracting(old)?.multiplied(by: nominal) else { return nil }
    return move.high >= range.low && move.low <= range.high
  }
}

extension SeriesView {
  /// What a figure can have been when the source computed its change: with fewer decimals, it was
  /// rounded once more.
  fileprivate func computed(_ point: SeriesPoint) -> RateRange? {
    let range = range(of: point)
    guard let scale = changeScale, scale < max(self.scale, point.rate.printed.scale) else {
      return range
    }
    let half = point.rate.tick(scale: scale) / Fraction(2)
    guard let low = range.low.subtracting(half, rounding: .down),
      let high = range.high.adding(half, rounding: .up)
    else { return nil }
    return RateRange(printed: range.printed, low: low, high: high, isFact: false)
  }
}
