/// The alerts of rules with `at_least` or `all`, which are about several pairs of a source.
///
/// Each is stored under a series of its own, whose pair has the code of ISO 4217 for no currency and which
/// no source prints.
extension Series {
  /// Returns the series under which alerts about several pairs of a source are stored.
  package static func group(of source: SourceName) -> Series {
    Series(source: source, pair: noPair, side: .mid)
  }

  /// True if it stands for several pairs of its source.
  package var isGroup: Bool { pair == Self.noPair }

  private static let noPair: CurrencyPair = {
    guard let none = Currency(String(repeating: "X", count: 3)) else {
      preconditionFailure("three letters are a code")
    }
    return CurrencyPair(base: none, quote: none)
  }()
}
