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

/// A page as guards look at it: what they may compare a line with.
struct GuardedPage: Sendable {
  /// The day the source says the rates are for.
  let valueDate: CalendarDay?

  /// The value date of the last publication that was trusted.
  let lastValueDate: CalendarDay?

  /// The day it is, in UTC.
  let today: CalendarDay

  /// In page order.
  let lines: [GuardedLine]

  /// Whether a line is beyond doubt the inverse of what it was.
  let isPlainlyInverted: Bool

  /// The places of the lines that print a figure, by that figure.
  private let printing: [ExactDecimal: [Int]]

  /// A page.
  ///
  /// Cost: linear in its lines.
  init(
    valueDate: CalendarDay?, lastValueDate: CalendarDay?, today: CalendarDay, lines: [GuardedLine]
  ) {
    self.valueDate = valueDate
    self.lastValueDate = lastValueDate
    self.today = today
    self.lines = lines
    isPlainlyInverted = lines.contains { $0.jump.map(InvertedGuard.isPlain) ?? false }
    printing = Dictionary(grouping: lines.indices) { lines[$0].rate.printed }
  }

  /// The lines that print this figure, at most `IdenticalDigitsGuard.mostCompared` of them.
  func lines(printing figure: ExactDecimal) -> [GuardedLine] {
    (printing[figure] ?? []).prefix(IdenticalDigitsGuard.mostCompared).map { lines[$0] }
  }
}

/// How far the rate of one unit went, exactly.
struct RateJump: Hashable, Sendable {
  /// The new rate divided by the old one.
  let ratio: Fraction

  /// That ratio or its inverse, whichever is 1 or more.
  let size: Fraction

  /// The product of both rates: near 1 where one is the inverse of the other.
  let product: Fraction

  /// Whether one rate is above 1 and the other below.
  let crossesOne: Bool

  /// The jump between two positive rates; nil for others, and beyond exact arithmetic.
  init?(from old: Fraction, to new: Fraction) {
    guard old > .zero, new > .zero,
      let ratio = new.divided(by: old, rounding: .toNearest), ratio > .zero,
      let inverse = old.divided(by: new, rounding: .toNearest),
      let product = new.multiplied(by: old, rounding: .toNearest)
    else { return nil }
    self.ratio = ratio
    size = max(ratio, inverse)
    self.product = product
    crossesOne = (old < .one && new > .one) || (old > .one && new < .one)
  }

  /// Whether the ratio is `factor`, or its inverse, give or take `tolerance` (1/20 for 5 %).
  func isNear(_ factor: Fraction, tolerance: Fraction) -> Bool {
    guard let excess = size.divided(by: factor, rounding: .toNearest) else { return false }
    return excess.isNearOne(tolerance: tolerance)
  }
}

extension Fraction {
  /// Whether the value lies between 1 - `tolerance` and 1 + `tolerance`.
  func isNearOne(tolerance: Fraction) -> Bool {
    subtracting(.one, rounding: .toNearest).map { $0.magnitude <= tolerance } ?? false
  }

  /// One part in so many.
  static func oneIn(_ parts: Int64) -> Fraction {
    Fraction(numerator: 1, denominator: Int128(parts))
  }
}
