/// One line of rates through time: what one source says of one pair, on one side.
package struct Series: Hashable, Comparable, Sendable {
  /// Who publishes it.
  package let source: SourceName

  /// What is priced in what, in the direction the source publishes.
  package let pair: CurrencyPair

  /// Mid, bid or ask.
  package let side: Side

  /// The series of a source, pair and side.
  package init(source: SourceName, pair: CurrencyPair, side: Side) {
    self.source = source
    self.pair = pair
    self.side = side
  }

  package static func < (left: Series, right: Series) -> Bool {
    (left.source, left.pair, left.side.number) < (right.source, right.pair, right.side.number)
  }
}

extension Series: CustomStringConvertible {
  /// `timesca KGS/USD`, and the side where it is not mid.
  package var description: String {
    side == .mid ? "\(source) \(pair)" : "\(source) \(pair) \(side.rawValue)"
  }
}
