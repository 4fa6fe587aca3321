import FXCore

/// The pairs that a source may print, judged by examples of them before its first publication.
///
/// Examples are not all pairs. Where all have one base, as those of a central bank often have, it is
/// the base of every pair; likewise one quote.
struct ExamplePairs {
  private let bases: Set<Currency>
  private let quotes: Set<Currency>

  /// The pairs of which some are given.
  init(_ examples: some Sequence<CurrencyPair>) {
    bases = Set(examples.map(\.base))
    quotes = Set(examples.map(\.quote))
  }

  /// Returns true if a pair that matches a pattern may be among them.
  func mayInclude(_ pattern: PairPattern) -> Bool {
    (bases.count > 1 || bases.contains(where: pattern.matches(base:)))
      && (quotes.count > 1 || quotes.contains(where: pattern.matches(quote:)))
  }
}
