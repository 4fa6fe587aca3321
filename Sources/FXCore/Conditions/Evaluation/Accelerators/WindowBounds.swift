/// Bounds of the statistics of a window: integers in fractions of a unit, rounded outwards.
///
/// They exist only for values so small that exact arithmetic rounds by less than such a fraction, if at
/// all. Must enclose the ranges of `WindowStatistic.value`, which the property "accelerated evaluation
/// equals the definition" checks.
struct WindowBounds {
  /// The number of fractions of a unit: enough that half a tick is more than the rounding.
  private static let parts: Int64 = 16

  /// The limit of values in units, which leaves 17 decimal digits with those of the fractions.
  private static let largestValue: Int64 = 1 << 44

  /// The limit of units and lengths: 35 000 years in milliseconds.
  private static let largestLength: Int64 = 1 << 50

  private let moments: WindowMoments

  /// An upper bound of the difference between true and printed rates, in fractions of a unit.
  private let half: Int64

  /// The average relative to the origin, in fractions of a unit, with an error below 1.
  private let average: Int64

  private let origin: Int64

  /// The common denominator: the number of fractions in a rate of 1.
  private let denominator: Int64

  /// Makes the bounds for rates of a series with this coarsest tick; nil if they do not fit.
  init?(_ moments: WindowMoments, coarsestTick tick: Fraction) {
    guard let unit = moments.unit.short, unit < Self.largestLength,
      let origin = moments.origin.short, origin.magnitude < Self.largestValue,
      moments.newest.magnitude < Self.largestValue, moments.length < Self.largestLength,
      moments.sum.magnitude < 1 << 94, let ticks = tick.denominator.short, tick.numerator == 1
    else { return nil }
    let sum = moments.sum &* Int128(Self.parts)
    let average =
      sum.short.map { Int128($0 / moments.length) } ?? sum / Int128(moments.length)
    guard let average = average.short, average.magnitude < Self.parts * Self.largestValue else {
      return nil
    }
    self.moments = moments
    self.average = average
    self.origin = origin * Self.parts
    half = Self.parts / 2 * unit / ticks + 2
    denominator = Self.parts * unit
  }

  /// Bounds of the average of the true rates.
  var mean: Bounds {
    Bounds(
      low: Fraction64(origin + average - 1 - half, over: denominator),
      high: Fraction64(origin + average + 1 + half, over: denominator))
  }

  /// Bounds of the deviation of the true rates; nil if the printed rates are all equal.
  var deviation: Bounds? {
    deviationInParts.map {
      Bounds(
        low: Fraction64(max(0, $0.low), over: denominator),
        high: Fraction64($0.high, over: denominator))
    }
  }

  /// Bounds of the distance of the true newest rate from the average, in deviations; nil if the true
  /// rates may all be equal.
  var score: Bounds? {
    guard let deviation = deviationInParts, deviation.low > 0 else { return nil }
    let distance = moments.newest * Self.parts - average
    let (low, high) = (distance - 1 - 2 * half, distance + 1 + 2 * half)
    return Bounds(
      low: Fraction64(low, over: low < 0 ? deviation.low : deviation.high),
      high: Fraction64(high, over: high > 0 ? deviation.low : deviation.high))
  }

  /// The deviation in fractions of a unit, rounded outwards; the low end may be negative.
  private var deviationInParts: (low: Int64, high: Int64)? {
    guard let variance = moments.scaledVariance, !variance.isNegative,
      (1...200).contains(variance.bitCount)
    else { return nil }
    let (floor, ceiling, shift) = variance.boundsOfRoot
    func inParts(_ root: UInt64) -> Int64? {
      let scaled = UInt128(root) &<< UInt128(shift) &* UInt128(Self.parts)
      let length = UInt64(moments.length)
      let parts =
        UInt64(exactly: scaled).map { UInt128($0 / length) } ?? scaled / UInt128(length)
      return parts < 1 << 48 ? Int64(parts) : nil
    }
    guard let low = inParts(floor), let high = inParts(ceiling) else { return nil }
    return (low - half, high + 1 + half)
  }
}

extension Int256 {
  /// Two integers of at most 32 bits that, times 2^`shift`, enclose the square root of a positive value;
  /// less than a thousandth apart if they are large.
  fileprivate var boundsOfRoot: (floor: UInt64, ceiling: UInt64, shift: Int) {
    let shift = max(0, bitCount - 61) / 2
    let leading = UInt64(truncatingIfNeeded: shifted(right: 2 * shift).0)
    // Newton's method from above; each step makes the error less than half its square.
    var root: UInt64 = 1 << ((65 - leading.leadingZeroBitCount) / 2)
    for _ in 0..<3 { root = (root + leading / root) / 2 + 1 }
    return (leading / root, root + 1, shift)
  }
}
