/// One line of a page that guards check, with the last trusted rate of its series.
struct GuardedLine: Sendable {
  let pair: CurrencyPair
  let side: Side
  let rate: Rate

  /// The last trusted rate; nil for a new series.
  let last: Rate?

  /// The finest scale the series is known to print, this rate included.
  let scale: Int

  /// The move of the rate of one unit; nil without a last rate, or if one of the two is not positive.
  let jump: RateJump?

  init(pair: CurrencyPair, side: Side = .mid, rate: Rate, last: Rate?, scale: Int) {
    self.pair = pair
    self.side = side
    self.rate = rate
    self.last = last
    self.scale = max(scale, rate.printed.scale, last?.printed.scale ?? 0)
    jump = last.flatMap { RateJump(from: $0.perUnit, to: rate.perUnit) }
  }
}
