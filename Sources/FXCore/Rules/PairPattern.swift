/// Which pairs a rule watches: `KGS/USD`, `*/USD`, `USD/*`, `*`, or with `*` and `?` inside a code.
package struct PairPattern: Hashable, Sendable {
  /// As written.
  package let text: String

  private let base: [UInt8]
  private let quote: [UInt8]

  /// The currencies written out in full, to be checked against ISO 4217.
  package var currencies: [Currency] {
    [base, quote].compactMap { Currency(String(decoding: $0, as: UTF8.self)) }
  }

  /// Reads a pattern; nil when it is neither `*` nor two codes or globs with a slash between.
  package init?(_ text: String) {
    self.text = text
    if text == "*" {
      base = [UInt8(ascii: "*")]
      quote = base
      return
    }
    let halves = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
      .map { Array($0) }
    guard halves.count == 2, halves.allSatisfy(Self.isCodeOrGlob) else { return nil }
    base = halves[0]
    quote = halves[1]
  }

  /// Whether the pair is meant.
  package func matches(_ pair: CurrencyPair) -> Bool {
    Self.matches(base[...], Array(pair.base.code.utf8)[...])
      && Self.matches(quote[...], Array(pair.quote.code.utf8)[...])
  }

  private static func isCodeOrGlob(_ half: [UInt8]) -> Bool {
    let letters = half.count { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
    let marks = half.count { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") }
    guard letters + marks == half.count, half.count <= 8 else { return false }
    return marks > 0 ? letters <= 3 : letters == 3
  }

  private static func matches(_ pattern: ArraySlice<UInt8>, _ code: ArraySlice<UInt8>) -> Bool {
    guard let first = pattern.first else { return code.isEmpty }
    switch first {
    case UInt8(ascii: "*"):
      return (code.startIndex...code.endIndex).contains {
        matches(pattern.dropFirst(), code[$0...])
      }
    case UInt8(ascii: "?"): return !code.isEmpty && matches(pattern.dropFirst(), code.dropFirst())
    default: return code.first == first && matches(pattern.dropFirst(), code.dropFirst())
    }
  }
}
