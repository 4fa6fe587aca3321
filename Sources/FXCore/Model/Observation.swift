/// One rate of one pair in one publication.
package struct Observation: Hashable, Sendable {
  /// The pair in the direction the source prints.
  package let pair: CurrencyPair

  /// The side: mid, bid or ask.
  package let side: Side

  /// The printed number and its nominal.
  package let rate: Rate

  /// The change printed by the source, verbatim (`-0.09%`); nil if it prints none.
  ///
  /// At most `longestChange` characters, then an ellipsis; untrusted.
  package let publishedChange: String?

  /// The most characters that are kept of a printed change, which is a number and a unit.
  package static let longestChange = 64

  /// Creates an observation.
  package init(pair: CurrencyPair, side: Side = .mid, rate: Rate, publishedChange: String? = nil) {
    self.pair = pair
    self.side = side
    self.rate = rate
    self.publishedChange = publishedChange
  }
}
