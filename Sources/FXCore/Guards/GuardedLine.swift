/// One line of a page that guards look at: what is printed now, and what was last trusted.
struct GuardedLine: Sendable {
  let pair: CurrencyPair
  let side: Side
  let rate: Rate

  /// The last rate that was trusted; nil for a series that is new.
  let last: Rate?

  /// The finest scale the series is known to print, this figure included.
  let scale: Int

  /// How the rate of one unit moved; nil where there is none before, or one of them is not positive.
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
