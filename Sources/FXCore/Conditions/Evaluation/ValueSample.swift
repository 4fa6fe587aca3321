/// A sample of values with their ranges, in parts of 10^-18, so that sums are exact and cheap.
///
/// Values are rounded to parts outwards, those of printed digits to the nearest one.
struct ValueSample {
  private static let parts = ExactDecimal.powerOfTen(ExactDecimal.maximumScale)

  /// The limit of values in parts, so that sums of squares fit 256 bits: 10^12.
  private static let limit: Int128 = 1 << 100

  private var count: Int64 = 0
  private var sums: (low: Int128, printed: Int128, high: Int128) = (0, 0, 0)
  private var squares = Int256.zero

  /// The lowest and highest difference of a true value from its printed one.
  private var errors: (lowest: Int128, highest: Int128) = (0, 0)

  private var lowest: RateRange?
  private var highest: RateRange?

  /// Adds a value a number of times; returns the reason for which it cannot be added, nil if it was.
  mutating func add(_ result: NumericResult, times: Int64) -> Absence? {
    switch result {
    case .missing(let absence): return absence
    case .known(let range):
      guard let low = Self.inParts(range.low, .down), let high = Self.inParts(range.high, .up),
        let printed = Self.inParts(range.printed, .toNearest),
        let square = Int256(printed, times: printed).multiplied(by: times)
      else { return .excess }
      count += times
      let factor = Int128(times)
      sums = (
        sums.low + low * factor, sums.printed + printed * factor, sums.high + high * factor
      )
      squares = squares + square
      errors = (min(errors.lowest, low - printed), max(errors.highest, high - printed))
      lowest = lowest.map { $0.extreme(range, isLowest: true) } ?? range
      highest = highest.map { $0.extreme(range, isLowest: false) } ?? range
      return nil
    }
  }

  /// Returns a statistic; nil for an empty sample, and beyond exact arithmetic.
  func statistic(_ kind: ExpressionStatistic.Kind) -> RateRange? {
    guard count > 0 else { return nil }
    return switch kind {
    case .lowest: lowest
    case .highest: highest
    case .average:
      RateRange(
        printed: share(sums.printed), low: share(min(sums.low, sums.printed)),
        high: share(max(sums.high, sums.printed)), isFact: false)
    case .deviation: deviation
    }
  }

  /// Returns a sum divided by the number of values.
  private func share(_ sum: Int128) -> Fraction {
    Fraction(numerator: sum, denominator: Self.parts * Int128(count))
  }

  /// The standard deviation of true values.
  ///
  /// The deviation is a seminorm: that of a sum is at most the sum of the deviations, and the deviation of
  /// errors within an interval is at most half its length.
  private var deviation: RateRange? {
    guard let sumOfSquares = squares.multiplied(by: count) else { return nil }
    let variance = sumOfSquares - Int256(sums.printed, times: sums.printed)
    guard !variance.isNegative, let root = variance.squareRoot(places: 0) else { return nil }
    let half = Fraction(numerator: errors.highest - errors.lowest, denominator: Self.parts * 2)
    // A root is an integer, rounded down and up.
    let (floor, ceiling) = (share(root.low), share(root.high))
    guard let low = floor.subtracting(half, rounding: .down),
      let high = ceiling.adding(half, rounding: .up)
    else { return nil }
    return RateRange(printed: floor, low: max(low, .zero), high: high, isFact: false)
  }

  /// Returns a value in parts; nil beyond the limit.
  private static func inParts(_ value: Fraction, _ rounding: Fraction.Rounding) -> Int128? {
    let (quotient, rest) = parts.quotientAndRemainder(dividingBy: value.denominator)
    if rest == 0, let exact = value.numerator.product(with: quotient) {
      return exact.magnitude < limit.magnitude ? exact : nil
    }
    guard
      let scaled = value.multiplied(
        by: Fraction(numerator: parts, denominator: 1), rounding: rounding)
    else { return nil }
    let floor = scaled.numerator.flooredDivision(by: scaled.denominator)
    let isExact = floor * scaled.denominator == scaled.numerator
    guard floor.magnitude < limit.magnitude else { return nil }
    return switch rounding {
    case .down: floor
    case .up: isExact ? floor : floor + 1
    case .toNearest:
      (scaled.numerator - floor * scaled.denominator) * 2 < scaled.denominator ? floor : floor + 1
    }
  }
}

extension RateRange {
  /// Returns the range of the lower or higher of two values.
  fileprivate func extreme(_ other: RateRange, isLowest: Bool) -> RateRange {
    let choose: (Fraction, Fraction) -> Fraction = isLowest ? { min($0, $1) } : { max($0, $1) }
    return RateRange(
      printed: choose(printed, other.printed), low: choose(low, other.low),
      high: choose(high, other.high), isFact: isFact && other.isFact)
  }
}
