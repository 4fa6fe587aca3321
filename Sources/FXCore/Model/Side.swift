/// The kind of price: mid, bid or ask.
package enum Side: String, Hashable, Sendable, CaseIterable {
  /// The only rate of a source that prints one, or the middle rate of one that prints three.
  case mid
  /// The price at which the publisher buys the base currency.
  case bid
  /// The price at which the publisher sells the base currency.
  case ask

  /// The place in alphabetical order.
  var number: Int {
    switch self {
    case .ask: 0
    case .bid: 1
    case .mid: 2
    }
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(number) }
}
