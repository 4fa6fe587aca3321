/// The kind of price: mid, bid or ask; of a metal also its unit, if that is the gram.
package enum Side: String, Hashable, Sendable, CaseIterable {
  /// The only rate of a source that prints one, or the middle rate of one that prints three.
  case mid
  /// The price at which the publisher buys the base currency.
  case bid
  /// The price at which the publisher sells the base currency.
  case ask
  /// The prices of a gram of a metal, whose unit is otherwise the troy ounce.
  case midOfGram = "mid gram"
  case bidOfGram = "bid gram"
  case askOfGram = "ask gram"

  /// The sides of a currency or of a troy ounce.
  package static let allCases: [Side] = [.mid, .bid, .ask]

  /// The upper bound of `number`.
  static let numbers = 6

  /// The place in the order of series.
  var number: Int {
    switch self {
    case .ask: 0
    case .bid: 1
    case .mid: 2
    case .askOfGram: 3
    case .bidOfGram: 4
    case .midOfGram: 5
    }
  }

  /// True if the price is that of a gram of a metal.
  package var isOfGram: Bool {
    switch self {
    case .mid, .bid, .ask: false
    case .midOfGram, .bidOfGram, .askOfGram: true
    }
  }

  /// The same side for a gram of a metal.
  package var ofGram: Side {
    switch self {
    case .mid, .midOfGram: .midOfGram
    case .bid, .bidOfGram: .bidOfGram
    case .ask, .askOfGram: .askOfGram
    }
  }

  /// The same side for a currency or a troy ounce.
  package var ofOunce: Side {
    switch self {
    case .mid, .midOfGram: .mid
    case .bid, .bidOfGram: .bid
    case .ask, .askOfGram: .ask
    }
  }

  /// The side of the opposite pair whose inverse is a rate of this side: who sells a currency buys the
  /// other one.
  package var ofInverse: Side {
    switch self {
    case .mid, .midOfGram: self
    case .bid: .ask
    case .ask: .bid
    case .bidOfGram: .askOfGram
    case .askOfGram: .bidOfGram
    }
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(number) }
}
