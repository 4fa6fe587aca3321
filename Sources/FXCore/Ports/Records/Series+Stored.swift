/// The form in which a series is stored: the column `base` has the unit of a metal, if that is the gram.
extension Series {
  /// The suffix of a base whose unit is the gram.
  package static let gram = " gram"

  /// The content of the column `base`: `XAU`, or `XAU gram`.
  package var storedBase: String { side.isOfGram ? pair.base.code + Self.gram : pair.base.code }

  /// A series of the columns `base`, `quote` and `side`; nil if the base is none.
  package init?(source: SourceName, storedBase: String, quote: Currency, side: Side) {
    let isOfGram = storedBase.hasSuffix(Self.gram)
    guard let base = Currency(storedBase.dropLast(isOfGram ? Self.gram.count : 0)) else {
      return nil
    }
    self.init(
      source: source, pair: CurrencyPair(base: base, quote: quote),
      side: isOfGram ? side.ofGram : side)
  }
}
