/// What is right in a condition's grammar and yet will disappoint.
package enum ConditionLint {
  /// The finest percent threshold of a condition that one tick of a series overshoots, measured at a
  /// typical rate; nil when none does.
  ///
  /// `scale` is the finest scale the series prints. A rate of zero or less has no moves and gives
  /// nil. Pure; a few exact divisions.
  package static func coarseTick(
    under condition: Condition, for series: Series, at rate: Rate, scale: Int
  ) -> CoarseTick? {
    let perUnit = rate.perUnit
    let tick = rate.tick(scale: max(scale, rate.printed.scale))
    guard perUnit > .zero, let finest = condition.moveThresholds.min(),
      let oneTick = tick.divided(by: perUnit, rounding: .toNearest), finest < oneTick,
      let ticks = certainTicks(finest, rate: perUnit, tick: tick),
      let certainMove = oneTick.multiplied(by: Fraction(ticks), rounding: .toNearest)
    else { return nil }
    return CoarseTick(
      series: series, rate: rate, threshold: finest, oneTick: oneTick, certainTicks: ticks,
      certainMove: certainMove)
  }

  /// Why the finest threshold on an absolute move is finer than what a series can show; nil where it
  /// is not.
  ///
  /// Both figures of a move have half a tick open, so a certain one is a whole tick more.
  package static func coarseDelta(
    under condition: Condition, for series: Series, at rate: Rate, scale: Int
  ) -> String? {
    let tick = rate.tick(scale: max(scale, rate.printed.scale))
    guard let finest = condition.deltaThresholds.min(), finest < tick,
      let ratio = finest.divided(by: tick, rounding: .up),
      let ticks = Int64(exactly: ratio.numerator.flooredDivision(by: ratio.denominator) + 2),
      let move = tick.multiplied(by: Fraction(ticks), rounding: .toNearest)
    else { return nil }
    return
      "\(series.pair) at \(series.source) prints \(rate.printed): one tick is \(tick.plainText),"
      + " so moves under that cannot be seen; a certain move of \(finest.plainText) needs"
      + " \(ticks) ticks, \(move.plainText)"
  }

  /// The fewest ticks a printed figure must rise so that the true one certainly rose by more than
  /// `threshold`; as many are enough for a fall.
  ///
  /// With half a tick open at both ends, (rate + (k - 1/2) tick) / (rate + tick/2) > 1 + threshold,
  /// which is k > 1 + threshold × (rate/tick + 1/2).
  private static func certainTicks(_ threshold: Fraction, rate: Fraction, tick: Fraction) -> Int64?
  {
    guard let ratio = rate.divided(by: tick, rounding: .up),
      let reach = ratio.adding(Fraction(numerator: 1, denominator: 2), rounding: .up),
      let excess = threshold.multiplied(by: reach, rounding: .up),
      let whole = Int64(exactly: excess.numerator.flooredDivision(by: excess.denominator)),
      whole < .max - 2
    else { return nil }
    return whole + 2
  }
}

/// A percent threshold finer than one tick of a series.
package struct CoarseTick: Hashable, Sendable {
  /// The series whose tick is too coarse.
  package let series: Series

  /// The rate at which it was measured.
  package let rate: Rate

  /// The threshold, as a fraction: 1 % is 1/100.
  package let threshold: Fraction

  /// The smallest move that can be printed, as a fraction of the rate.
  package let oneTick: Fraction

  /// How many ticks the printed figure must move before the true one certainly moved more than the
  /// threshold.
  package let certainTicks: Int64

  /// That many ticks as a fraction of the rate.
  package let certainMove: Fraction
}

extension CoarseTick: CustomStringConvertible {
  /// `UZS/USD at timesca prints 0.00008: one tick is 12.5 %, so moves under 12.5 % cannot be seen; a
  /// certain move of 1 % needs 2 ticks, 25 %`.
  package var description: String {
    let side = series.side == .mid ? "" : " \(series.side.rawValue)"
    let tick = Self.percent(oneTick)
    return "\(series.pair)\(side) at \(series.source) prints \(rate.printed): one tick is \(tick), "
      + "so moves under \(tick) cannot be seen; a certain move of \(Self.percent(threshold)) needs "
      + "\(certainTicks) ticks, \(Self.percent(certainMove))"
  }

  /// Percent to two places, or as many as show two digits of a small one.
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
