/// Which price of a currency is meant.
package enum Side: String, Hashable, Sendable, CaseIterable {
  /// The one rate of a source that prints one, or the middle where it prints three.
  case mid
  /// What the publisher pays for the base currency.
  case bid
  /// What the publisher asks for the base currency.
  case ask

  /// The place in the order of the names.
  var number: Int {
    switch self {
    case .ask: 0
    case .bid: 1
    case .mid: 2
    }
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(number) }
}

/// The name of a source as the user wrote it in the config, such as `timesca`.
package struct SourceName: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The name, verbatim.
  package let text: String

  /// The source of that name.
  package init(_ text: String) { self.text = text }

  package var description: String { text }

  package static func < (left: SourceName, right: SourceName) -> Bool { left.text < right.text }
}

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
