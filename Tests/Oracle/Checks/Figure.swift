/// A value of a condition: what the printed rates give, and the range that their rounding leaves.
struct Figure {
  /// The value of the printed rates; nil where it does not exist.
  let printed: Ratio?

  /// The ends of the range, which belong to it; nil for no end.
  let low: Ratio?
  let high: Ratio?

  /// True for a printed rate and for a number, which compare exactly with each other.
  let isFact: Bool

  init(printed: Ratio?, low: Ratio?, high: Ratio?) {
    (self.printed, self.low, self.high, isFact) = (printed, low, high, false)
  }

  /// A number.
  init(_ number: Ratio) { (printed, low, high, isFact) = (number, number, number, true) }

  /// A printed rate with half of its tick.
  init(printed rate: Ratio, half: Ratio) {
    (printed, low, high, isFact) = (rate, rate - half, rate + half, true)
  }

  /// The same value after arithmetic touched it.
  var derived: Figure { Figure(printed: printed, low: low, high: high) }

  static prefix func - (value: Figure) -> Figure {
    if value.isFact, let low = value.low, low == value.high { return Figure(-low) }
    return Figure(
      printed: value.printed.map { -$0 }, low: value.high.map { -$0 }, high: value.low.map { -$0 })
  }

  static func + (left: Figure, right: Figure) -> Figure {
    let sum = Figure(
      printed: both(left.printed, right.printed, +), low: both(left.low, right.low, +),
      high: both(left.high, right.high, +))
    // A sum of numbers is a number.
    guard left.isFact, right.isFact, let low = sum.low, low == sum.high else { return sum }
    return Figure(low)
  }

  static func - (left: Figure, right: Figure) -> Figure { left + -right }

  static func * (left: Figure, right: Figure) -> Figure {
    let printed = both(left.printed, right.printed, *)
    guard let a = left.low, let b = left.high, let c = right.low, let d = right.high else {
      return Figure(printed: printed, low: nil, high: nil)
    }
    let products = [a * c, a * d, b * c, b * d]
    return Figure(printed: printed, low: products.min(), high: products.max())
  }

  static func / (left: Figure, right: Figure) -> Figure {
    let printed =
      right.printed.map { $0.isZero } ?? true
      ? nil : both(left.printed, right.printed, /)
    guard let a = left.low, let b = left.high, let c = right.low, let d = right.high,
      !(c.isNegative && !d.isNegative), !d.isZero
    else { return Figure(printed: printed, low: nil, high: nil) }
    guard c.isZero else {
      let quotients = [a / c, a / d, b / c, b / d]
      return Figure(printed: printed, low: quotients.min(), high: quotients.max())
    }
    return Figure(
      printed: printed, low: a.isNegative ? nil : a / d,
      high: b > .zero ? nil : b / d)
  }

  var magnitude: Figure {
    let printed = printed?.magnitude
    guard let low, let high else {
      let end = low ?? high.map { -$0 }
      return Figure(printed: printed, low: end.map { max($0, .zero) } ?? .zero, high: nil)
    }
    if low.isNegative, high > .zero {
      return Figure(printed: printed, low: .zero, high: max(-low, high))
    }
    return Figure(
      printed: printed, low: min(low.magnitude, high.magnitude),
      high: max(low.magnitude, high.magnitude))
  }

  private static func both(
    _ left: Ratio?, _ right: Ratio?, _ operation: (Ratio, Ratio) -> Ratio
  ) -> Ratio? {
    guard let left, let right else { return nil }
    return operation(left, right)
  }
}
