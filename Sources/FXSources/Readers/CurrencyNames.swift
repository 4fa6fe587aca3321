/// The names under which a publisher prints currencies and pairs, found without regard to case.
///
/// Where two names differ only in case, each has its own meaning, and any other spelling that of the
/// first.
package struct CurrencyNames: Hashable, Sendable, ExpressibleByDictionaryLiteral {
  private var exact: [String: RateColumns.NamedCurrency] = [:]
  private var folded: [String: RateColumns.NamedCurrency] = [:]

  /// The names listed.
  package init(dictionaryLiteral elements: (String, RateColumns.NamedCurrency)...) {
    for (name, currency) in elements { self[name] = currency }
  }

  /// True if there are no names.
  var isEmpty: Bool { exact.isEmpty }

  /// The currency of a name as `RowTexts.name` normalises it; nil if the name is not listed.
  package subscript(name: String) -> RateColumns.NamedCurrency? {
    get { exact[name] ?? (exact.isEmpty ? nil : folded[name.lowercased()]) }
    set {
      exact[name] = newValue
      let lowercased = name.lowercased()
      if folded[lowercased] == nil { folded[lowercased] = newValue }
    }
  }
}
