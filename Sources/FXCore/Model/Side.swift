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
