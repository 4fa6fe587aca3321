/// A row of a response that is not used, while the others are.
package struct SetAsideRow: Hashable, Sendable {
  /// The pair of the row; where it is unknown, the printed name of its currency, or its place.
  package let subject: String

  /// The pair of the row, if it could be read.
  package let pair: CurrencyPair?

  /// The withdrawn currency for which the row is left out; nil for a row that cannot be read.
  package let retired: Currency?

  /// The reason, as a clause without a full stop.
  package let reason: String

  /// The most rows of one response that are named.
  package static let mostNamed = 200

  /// A row that cannot be read.
  package init(subject: String, pair: CurrencyPair? = nil, reason: String) {
    self.subject = subject
    self.pair = pair
    self.reason = reason
    retired = nil
  }

  /// The rows of a withdrawn currency.
  package init(retired currency: Currency) {
    subject = currency.code
    pair = nil
    retired = currency
    reason = RetiredCurrencies.reason(of: currency)
  }
}
