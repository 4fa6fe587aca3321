package import FXCore

/// One printed rate on the way from one currency to another.
package struct RateLeg: Hashable {
  package let rate: RateAsOf

  /// True if the printed pair is used the other way round.
  package let isInverted: Bool

  /// The rate in the direction of the way, with its range; nil if it cannot be inverted.
  var range: RateRange? {
    let printed = RateRange(rate.point.rate, scale: rate.scale)
    return isInverted ? RateRange(exactly: .one).divided(by: printed) : printed
  }

  /// The pair as printed, or `1/` and the pair.
  var text: String { (isInverted ? "1/(" : "") + "\(rate.series.pair)" + (isInverted ? ")" : "") }
}
