/// A change as sources print it: `-0.09%`, relative, or `-16.5`, for the printed nominal.
struct PublishedChange {
  /// The possible true values; sources often omit trailing zeros.
  private let range: RateRange

  private let isPercent: Bool

  /// The number of decimals with which sources compute percentages.
  private static let percentScale = 2

  /// Parses a change; nil for anything else.
  init?(_ text: String) {
    var digits = text.filter { !$0.isWhitespace }
    digits = digits.replacing("−", with: "-")
    isPercent = digits.hasSuffix("%")
    if isPercent { digits.removeLast() }
    if !digits.contains(".") { digits = digits.replacing(",", with: ".") }
    guard let number = ExactDecimal(digits) else { return nil }
    let scale = max(number.scale, isPercent ? Self.percentScale : 0)
    let tick = Fraction(numerator: 1, denominator: ExactDecimal.powerOfTen(scale))
    range = RateRange(rate: Fraction(number), tick: tick)
  }

  /// Returns true if it can be the move of a series since an earlier point; nil beyond exact arithmetic.
  func agrees(with view: some SeriesView, since earlier: SeriesPoint) -> Bool? {
    let current = view.current
    guard let old = view.computed(earlier), let new = view.computed(current) else { return nil }
    if isPercent {
      guard
        let move = new.relativeMove(from: old)?
          .multiplied(by: RateRange(exactly: Fraction(100)))
      else { return nil }
      return move.high >= range.low && move.low <= range.high
    }
    let nominal = RateRange(exactly: Fraction(current.rate.nominal))
    guard let move = new.subtracting(old)?.multiplied(by: nominal) else { return nil }
    return move.high >= range.low && move.low <= range.high
  }
}

extension SeriesView {
  /// Returns the possible values from which the source computed its change; a source that computes with
  /// fewer decimals rounds once more.
  fileprivate func computed(_ point: SeriesPoint) -> RateRange? {
    let range = range(of: point)
    guard let scale = changeScale,
      scale < max(self.scale(of: point.rate.nominal), point.rate.printed.scale)
    else {
      return range
    }
    let half = point.rate.tick(scale: scale) / Fraction(2)
    guard let low = range.low.subtracting(half, rounding: .down),
      let high = range.high.adding(half, rounding: .up)
    else { return nil }
    return RateRange(printed: range.printed, low: low, high: high, isFact: false)
  }
}
