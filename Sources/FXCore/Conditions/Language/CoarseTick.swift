/// The warning about a percentage that is finer than one tick of a series.
package struct CoarseTick: Hashable, Sendable {
  /// The series whose tick is too coarse.
  package let series: Series

  /// The rate at which the tick was measured.
  package let rate: Rate

  /// The threshold, as a fraction: 1 % is 1/100.
  package let threshold: Fraction

  /// The smallest move that can be printed, as a fraction of the rate.
  package let oneTick: Fraction

  /// The number of ticks by which the printed rate must move before the true one certainly moved by more
  /// than the threshold.
  package let certainTicks: Int64

  /// `certainTicks` as a fraction of the rate.
  package let certainMove: Fraction
}

extension CoarseTick: CustomStringConvertible {
  /// `UZS/USD at timesca prints 0.00008: one tick is 12.5 %, so smaller moves are below the source's
  /// rounding; a certain move of 1 % needs 2 ticks, 25 %`.
  package var description: String {
    let side = series.side == .mid ? "" : " \(series.side.rawValue)"
    let tick = Self.percent(oneTick)
    return "\(series.pair)\(side) at \(series.source) prints \(rate.printed): one tick is \(tick), "
      + "so smaller moves are below the source's rounding; a certain move of "
      + "\(Self.percent(threshold)) needs \(certainTicks) ticks, \(Self.percent(certainMove))"
  }

  /// Returns a percentage with two decimals, or with two significant digits if it is small.
  private static func percent(_ fraction: Fraction) -> String {
    guard let percent = fraction.multiplied(by: Fraction(100), rounding: .toNearest) else {
      return "more than any percent"
    }
    var places = 2
    while places < ExactDecimal.maximumScale, !percent.isZero,
      percent < Fraction(numerator: 1, denominator: ExactDecimal.powerOfTen(places - 1))
    {
      places += 1
    }
    return percent.plainText(places: places) + " %"
  }
}
