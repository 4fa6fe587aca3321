/// What moments come to roughly: whole numbers, counted in parts of a unit and rounded outwards.
///
/// Where figures are so small that exact arithmetic rounds by less than a part, if at all; for all
/// others there is none.
struct WindowBounds {
  /// So many make a unit: enough for half a tick to count beside what is rounded off.
  private static let parts: Int64 = 16

  /// Figures stay below so many units, 17 decimal digits with those of the parts.
  private static let largestFigure: Int64 = 1 << 44

  /// Units and lengths stay below it: 35 000 years in milliseconds.
  private static let largestLength: Int64 = 1 << 50

  private let moments: WindowMoments

  /// At least by how many parts a true rate can differ from a printed one.
  private let half: Int64

  /// The average less the origin, within a part.
  private let average: Int64

  private let origin: Int64

  /// How many parts make one.
  private let bottom: Int64

  /// Moments of rates in a series whose coarsest tick is this.
  init?(_ moments: WindowMoments, coarsestTick tick: Fraction) {
    guard let unit = moments.unit.short, unit < Self.largestLength,
      let origin = moments.origin.short, origin.magnitude < Self.largestFigure,
      moments.newest.magnitude < Self.largestFigure, moments.length < Self.largestLength,
      moments.sum.magnitude < 1 << 94, let ticks = tick.denominator.short, tick.numerator == 1
    else { return nil }
    let sum = moments.sum &* Int128(Self.parts)
    let average =
      sum.short.map { Int128($0 / moments.length) } ?? sum / Int128(moments.length)
    guard let average = average.short, average.magnitude < Self.parts * Self.largestFigure else {
      return nil
    }
    self.moments = moments
    self.average = average
    self.origin = origin * Self.parts
    half = Self.parts / 2 * unit / ticks + 2
    bottom = Self.parts * unit
  }

  /// Around the average of the true rates.
  var mean: Bounds {
    Bounds(
      low: Fraction64(origin + average - 1 - half, over: bottom),
      high: Fraction64(origin + average + 1 + half, over: bottom))
  }

  /// Around the deviation of the true rates; nil where the printed ones do not deviate.
  var deviation: Bounds? {
    deviationInParts.map {
      Bounds(
        low: Fraction64(max(0, $0.low), over: bottom),
        high: Fraction64($0.high, over: bottom))
    }
  }

  /// Around the number of deviations that the true newest rate is from the average; nil where the
  /// true rates may all be the same.
  var score: Bounds? {
    guard let deviation = deviationInParts, deviation.low > 0 else { return nil }
    let distance = moments.newest * Self.parts - average
    let (low, high) = (distance - 1 - 2 * half, distance + 1 + 2 * half)
    return Bounds(
      low: Fraction64(low, over: low < 0 ? deviation.low : deviation.high),
      high: Fraction64(high, over: high > 0 ? deviation.low : deviation.high))
  }

  /// The deviation in parts, rounded outwards; the low end may be negative.
  private var deviationInParts: (low: Int64, high: Int64)? {
    guard let variance = moments.scaledVariance, !variance.isNegative,
      (1...200).contains(variance.bitCount)
    else { return nil }
    let (floor, ceiling, shift) = variance.roughRoot
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
  /// Two whole numbers of at most 32 bits that, times 2^`shift`, the square root of a positive value
  /// lies between; less than a thousandth apart where they are large.
  fileprivate var roughRoot: (floor: UInt64, ceiling: UInt64, shift: Int) {
    let shift = max(0, bitCount - 61) / 2
    let leading = UInt64(truncatingIfNeeded: shifted(right: 2 * shift).0)
    // Newton's steps from above; each makes the error less than half its square.
    var root: UInt64 = 1 << ((65 - leading.leadingZeroBitCount) / 2)
    for _ in 0..<3 { root = (root + leading / root) / 2 + 1 }
    return (leading / root, root + 1, shift)
  }
}
