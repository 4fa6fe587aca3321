/// A pattern for currency pairs: `KGS/USD`, `*/USD`, `USD/*`, `*`, or with `*` and `?` inside a code.
package struct PairPattern: Hashable, Sendable {
  /// The pattern for one currency of a pair.
  enum Half: Hashable, Sendable {
    case any
    case only(Currency)
    /// Letters, `*` and `?`.
    case glob([UInt8])
  }

  /// The pattern as written.
  package let text: String

  let base: Half
  let quote: Half

  /// The currencies without wildcards, to be checked against ISO 4217.
  package var currencies: [Currency] {
    [base, quote].compactMap { half in
      if case .only(let currency) = half { currency } else { nil }
    }
  }

  /// Parses a pattern; nil if it is neither `*` nor two codes or globs with a slash between them.
  package init?(_ text: String) {
    self.text = text
    if text == "*" {
      base = .any
      quote = .any
      return
    }
    let halves = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard halves.count == 2, let base = Half(Array(halves[0])), let quote = Half(Array(halves[1]))
    else { return nil }
    self.base = base
    self.quote = quote
  }

  /// Returns true if a pair matches; allocates nothing.
  package func matches(_ pair: CurrencyPair) -> Bool {
    matches(base: pair.base) && matches(quote: pair.quote)
  }

  /// Returns true if pairs with this base can match.
  package func matches(base currency: Currency) -> Bool { base.matches(currency) }

  /// Returns true if pairs with this quote can match.
  package func matches(quote currency: Currency) -> Bool { quote.matches(currency) }
}

extension PairPattern.Half {
  /// Parses a code or a glob; nil for anything else.
  fileprivate init?(_ text: [UInt8]) {
    let letters = text.count { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
    let stars = text.count { $0 == UInt8(ascii: "*") }
    let marks = text.count { $0 == UInt8(ascii: "?") }
    guard letters + stars + marks == text.count, text.count <= 8, letters <= 3 else { return nil }
    if stars + marks == 0 {
      guard let currency = Currency(String(decoding: text, as: UTF8.self)) else { return nil }
      self = .only(currency)
    } else {
      self = letters + marks == 0 ? .any : .glob(text)
    }
  }

  fileprivate func matches(_ currency: Currency) -> Bool {
    switch self {
    case .any: true
    case .only(let only): only == currency
    case .glob(let pattern): Self.matches(pattern, 0, currency, 0)
    }
  }

  /// Returns true if the pattern from an index on matches the letters of the code from another on.
  private static func matches(
    _ pattern: [UInt8], _ index: Int, _ currency: Currency, _ letter: Int
  ) -> Bool {
    guard index < pattern.count else { return letter == 3 }
    switch pattern[index] {
    case UInt8(ascii: "*"):
      return (letter...3).contains { matches(pattern, index + 1, currency, $0) }
    case UInt8(ascii: "?"):
      return letter < 3 && matches(pattern, index + 1, currency, letter + 1)
    case let expected:
      return letter < 3 && currency.letter(letter) == expected
        && matches(pattern, index + 1, currency, letter + 1)
    }
  }
}
