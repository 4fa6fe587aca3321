/// The rates of one pair on one side from one source, over time.
package struct Series: Hashable, Comparable, Sendable {
  /// The source that publishes the rates.
  package let source: SourceName

  /// The pair in the direction the source prints.
  package let pair: CurrencyPair

  /// The side: mid, bid or ask.
  package let side: Side

  /// Creates the series of a source, pair and side.
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
  /// The source and the pair, and the side unless it is mid: `timesca KGS/USD`.
  package var description: String {
    if isGroup { return "\(source) (group)" }
    return side == .mid ? "\(source) \(pair)" : "\(source) \(pair) \(side.rawValue)"
  }
}
