/// Short fractions that a figure's range certainly lies between: a look that is wider than the range,
/// and settles nearly every comparison for a small part of what the range costs.
///
/// Whole numbers like the range itself, rounded outwards: where two of them do not meet, neither do
/// the ranges, and the answer is the same. Where they meet, the ranges are asked.
struct Bounds: Sendable {
  /// At most the range's low end, and so at most what is printed.
  let low: Fraction64

  /// At least its high end.
  let high: Fraction64

  init(low: Fraction64, high: Fraction64) {
    self.low = low
    self.high = high
  }

  /// A range itself; nil where it does not fit.
  init?(_ range: RateRange) {
    guard let low = Fraction64(range.low), let high = Fraction64(range.high) else {
      return nil
    }
    self.init(low: low, high: high)
  }

  /// The range of a printed rate of a series that prints `scale` decimals, itself; nil where it does
  /// not fit.
  ///
  /// Its ends have one bottom, the same for all rates of one nominal.
  init?(_ rate: Rate, scale: Int) {
    let printed = rate.printed
    let finest = max(scale, printed.scale)
    let (halves, isTooFine) = printed.coefficient.multipliedReportingOverflow(
      by: 2 * ExactDecimal.shortPowerOfTen(finest - printed.scale))
    let (bottom, isTooSmall) = (2 * ExactDecimal.shortPowerOfTen(finest))
      .multipliedReportingOverflow(by: rate.nominal)
    guard !isTooFine, !isTooSmall, halves.magnitude < 1 << 61 else { return nil }
    self.init(
      low: Fraction64(halves - 1, over: bottom), high: Fraction64(halves + 1, over: bottom))
  }

  /// What lies around the value without its sign.
  var magnitude: Bounds {
    if low.top >= 0 { return self }
    if high.top <= 0 { return negated }
    let opposite = -low
    return Bounds(low: Fraction64(0, over: 1), high: opposite < high ? high : opposite)
  }

  /// What lies around the value with the other sign.
  var negated: Bounds { Bounds(low: -high, high: -low) }

  /// What lies around the difference from an earlier rate; nil where they are of two nominals.
  func distance(from old: Bounds) -> Bounds? {
    guard high.bottom == old.high.bottom else { return nil }
    return Bounds(
      low: Fraction64(low.top - old.high.top, over: high.bottom),
      high: Fraction64(high.top - old.low.top, over: high.bottom))
  }

  /// What lies around the relative move from an earlier rate; nil where they are of two nominals, or
  /// one may not be positive.
  func relativeMove(from old: Bounds) -> Bounds? {
    guard let distance = distance(from: old), low.top >= 0, old.low.top > 0 else { return nil }
    return Bounds(
      low: Fraction64(distance.low.top, over: old.high.top),
      high: Fraction64(distance.high.top, over: old.low.top))
  }
}

extension NumericExpression {
  /// What certainly lies around the value's range, found with little work; nil where only `value` can
  /// tell, as wherever that is missing.
  func roughly(on view: some SeriesView, at moment: Moment) -> Bounds? {
    switch self {
    case .constant(let range): Bounds(range)
    case .rate: Bounds(view.current.rate, scale: view.scale)
    case .leaf(let leaf): leaf.roughly(on: view, at: moment)
    case .printed(let leaf): leaf.roughly(on: view, at: moment)
    case .magnitude(let operand): operand.roughly(on: view, at: moment)?.magnitude
    case .negated(let operand): operand.roughly(on: view, at: moment)?.negated
    case .age, .arithmetic: nil
    }
  }
}

extension Comparison {
  /// The truth for two values, facts or not, that lie within these; nil where they may meet.
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
