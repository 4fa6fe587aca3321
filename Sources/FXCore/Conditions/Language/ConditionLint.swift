/// Checks for valid conditions that cannot work as written on some series.
package enum ConditionLint {
  /// Returns the smallest percentage of a condition if it is finer than one tick of a series, measured at
  /// a typical rate; nil otherwise.
  ///
  /// `scale` is the finest scale that the series prints. A rate of zero or less has no relative moves and
  /// gives nil. Pure; a few exact divisions.
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

  /// Returns a warning if the smallest threshold on `delta` is finer than one tick of a series; nil
  /// otherwise.
  ///
  /// Both rates of a move are uncertain by half a tick, so a certain move takes a whole tick more.
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
      + " so smaller moves are below the source's rounding; a certain move of"
      + " \(finest.plainText) needs \(ticks) ticks, \(move.plainText)"
  }

  /// Returns the smallest number of ticks by which a printed rate must rise so that the true one
  /// certainly rose by more than `threshold`; the same number suffices for a fall.
  ///
  /// With an uncertainty of half a tick at both ends, (rate + (k - 1/2) tick) / (rate + tick/2) >
  /// 1 + threshold, which is k > 1 + threshold × (rate/tick + 1/2).
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
