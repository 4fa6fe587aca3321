/// One rate of one pair in one publication.
package struct Observation: Hashable, Sendable {
  /// What is priced in what, in the direction the source prints.
  package let pair: CurrencyPair

  /// Mid, bid or ask.
  package let side: Side

  /// The printed figure and its nominal.
  package let rate: Rate

  /// The source's own change figure, verbatim (`-0.09%`); nil where none is printed.
  package let publishedChange: String?

  /// One observed rate.
  package init(pair: CurrencyPair, side: Side = .mid, rate: Rate, publishedChange: String? = nil) {
    self.pair = pair
    self.side = side
    self.rate = rate
    self.publishedChange = publishedChange
  }
}
