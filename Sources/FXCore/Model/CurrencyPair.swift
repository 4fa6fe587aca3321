/// A pair `BASE/QUOTE`: one unit of BASE costs *rate* units of QUOTE.
package struct CurrencyPair: Hashable, Comparable, Sendable {
  /// The currency that is priced.
  package let base: Currency

  /// The currency the price is in.
  package let quote: Currency

  /// Creates the pair of two currencies.
  package init(base: Currency, quote: Currency) {
    self.base = base
    self.quote = quote
  }

  /// Reads `KGS/USD`; nil for anything else.
  package init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let base = Currency(parts[0]), let quote = Currency(parts[1]) else {
      return nil
    }
    self.init(base: base, quote: quote)
  }

  package static func < (left: CurrencyPair, right: CurrencyPair) -> Bool {
    left.number < right.number
  }

  package static func == (left: CurrencyPair, right: CurrencyPair) -> Bool {
    left.number == right.number
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(number) }

  /// Both codes as one number, in the order of the texts.
  var number: Int { base.number * Currency.numbers + quote.number }
}

extension CurrencyPair: CustomStringConvertible {
  package var description: String {
    String(asciiCapacity: 7) { text in
      for place in 0..<3 { text.write(base.letter(place)) }
      text.write(UInt8(ascii: "/"))
      for place in 0..<3 { text.write(quote.letter(place)) }
    }
  }
}
