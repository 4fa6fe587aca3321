package import FXCore

/// A rate between two currencies, computed from one or two rates of one source.
package struct RateRoute {
  package let source: SourceName
  package let side: Side

  /// The printed rates, in the order of the way.
  package let legs: [RateLeg]

  /// The rate of one unit.
  package let range: RateRange

  /// Creates a way; nil if a rate cannot be inverted or multiplied.
  init?(_ legs: [RateLeg], source: SourceName, side: Side) {
    var range: RateRange?
    for leg in legs {
      guard let next = leg.range, let product = range.map({ $0.multiplied(by: next) }) ?? next
      else { return nil }
      range = product
    }
    guard let range else { return nil }
    (self.source, self.side, self.legs, self.range) = (source, side, legs, range)
  }

  /// The oldest value date of the legs; nil if one has none.
  var valueDate: CalendarDay? {
    let days = legs.map(\.rate.point.valueDate)
    return days.contains(nil) ? nil : days.compactMap(\.self).min()
  }

  /// The time since which all legs are known.
  var firstSeen: Timestamp { legs.map(\.rate.point.firstSeen).max() ?? Timestamp(seconds: 0) }

  /// The printed pairs: `KGS/USD`, `1/(KGS/USD)`, `EUR/USD × 1/(KGS/USD)`.
  package var text: String { legs.map(\.text).joined(separator: " × ") }

  /// The exact rate as printed; nil if it is derived.
  var printed: Rate? { legs.count == 1 && !legs[0].isInverted ? legs[0].rate.point.rate : nil }
}
