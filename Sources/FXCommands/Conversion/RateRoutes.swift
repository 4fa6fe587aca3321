package import FXCore

/// The ways from one currency to another through the rates of one source.
///
/// A pair that the source prints is used as printed, else its inverse, else two pairs with a currency
/// between; of several the newest, and of these the most precise.
package struct RateRoutes {
  private let source: SourceName
  private let rates: [Key: RateAsOf]

  /// A pair and a side.
  private struct Key: Hashable {
    let pair: CurrencyPair
    let side: Side
  }

  /// The rates of one source.
  package init(_ rates: [RateAsOf], of source: SourceName) {
    self.source = source
    self.rates = Dictionary(
      rates.map { (Key(pair: $0.series.pair, side: $0.series.side), $0) }
    ) { $1 }
  }

  /// Returns the best way for each side.
  package func routes(for pair: CurrencyPair) -> [RateRoute] {
    [Side.mid, .bid, .ask, .midOfGram, .bidOfGram, .askOfGram].compactMap { route(for: pair, $0) }
  }

  private func route(for pair: CurrencyPair, _ side: Side) -> RateRoute? {
    if let leg = leg(pair.base, pair.quote, side) {
      return RateRoute([leg], source: source, side: side)
    }
    let routes = rates.keys.flatMap { [$0.pair.base, $0.pair.quote] }
      .reduce(into: Set<Currency>()) { $0.insert($1) }.sorted()
      .compactMap { middle -> RateRoute? in
        // A gram is a unit of one metal: only one of two legs can be of grams.
        guard
          let first = leg(pair.base, middle, side) ?? leg(pair.base, middle, side.ofOunce),
          let second = leg(middle, pair.quote, side.ofOunce)
            ?? leg(middle, pair.quote, side),
          first.rate.series.side == side || second.rate.series.side == side
            || !side.isOfGram
        else { return nil }
        return RateRoute([first, second], source: source, side: side)
      }
    return routes.min { left, right in
      if left.valueDate != right.valueDate, let day = right.valueDate {
        return (left.valueDate ?? .init(daysSinceEpoch: .min)) > day
      }
      return left.spread < right.spread
    }
  }

  /// Returns the printed rate of a pair, or the inverse of the printed one.
  ///
  /// Who buys one currency sells the other: the inverse of a bid is an ask.
  private func leg(_ base: Currency, _ quote: Currency, _ side: Side) -> RateLeg? {
    if let rate = rates[Key(pair: CurrencyPair(base: base, quote: quote), side: side)] {
      return RateLeg(rate: rate, isInverted: false)
    }
    return rates[Key(pair: CurrencyPair(base: quote, quote: base), side: side.opposite)]
      .map { RateLeg(rate: $0, isInverted: true) }
  }
}

extension RateRoute {
  /// The width of the range as a part of the rate.
  fileprivate var spread: Fraction {
    range.high.subtracting(range.low, rounding: .up)?
      .divided(by: range.printed, rounding: .up) ?? .greatest
  }
}

extension Side {
  /// The side of the inverse of a rate.
  fileprivate var opposite: Side {
    switch self {
    case .mid, .midOfGram: self
    case .bid: .ask
    case .ask: .bid
    case .bidOfGram: .askOfGram
    case .askOfGram: .bidOfGram
    }
  }
}
