package import FXCore

extension RateColumns {
  /// A currency or a pair that is printed under a name, and the number of units in the name.
  package struct NamedCurrency: Hashable, Sendable {
    package let currency: Currency

    /// The number of units; nil if the name does not contain it.
    package let nominal: Int64?

    /// The number of minor units, such as pence, in one unit of the currency, if the rates are in those.
    package let minor: Int64

    /// The quote currency; nil if the name does not contain it.
    package let quote: Currency?

    /// A named currency.
    package init(
      _ currency: Currency, nominal: Int64? = nil, quote: Currency? = nil, minor: Int64 = 1
    ) {
      self.currency = currency
      self.minor = minor
      self.nominal = nominal
      self.quote = quote
    }

    /// Parses `JPY`, `100 JPY`, `USD/JPY` or `100 JPY/USD`; nil for any other text.
    init?(_ text: String) {
      let words = text.split(separator: " ")
      guard (1...2).contains(words.count), let last = words.last else { return nil }
      let nominal = words.count == 2 ? Int64(words[0]) : nil
      if words.count == 2, !(1...1_000_000_000).contains(nominal ?? 0) { return nil }
      if let unit = MinorUnits.currency(last) {
        self.init(unit.currency, nominal: nominal, minor: unit.count)
      } else if let pair = CurrencyPair(last) {
        self.init(pair.base, nominal: nominal, quote: pair.quote)
      } else if let currency = Currency(last) {
        self.init(currency, nominal: nominal)
      } else {
        return nil
      }
    }
  }

  /// Returns the currency of a text: by its name, its code in any case, or its number in ISO 4217.
  func named(_ text: String) -> NamedCurrency? {
    if names.isEmpty, let currency = Currency(text), !MinorUnits.contains(currency) {
      return NamedCurrency(currency)
    }
    let name = RowTexts.name(text)
    if let named = names[name] { return named }
    if let unit = MinorUnits.currency(name) {
      return NamedCurrency(unit.currency, minor: unit.count)
    }
    let currency = Currency(name) ?? Self.code(name) ?? CurrencyNumbers.currency(name)
    return currency.map { NamedCurrency($0) }
  }

  /// Returns the currency of a code in small letters, or in mixed ones if it is registered: `Avg` is a
  /// word.
  static func code(_ text: String) -> Currency? {
    guard text.utf8.count == 3, let currency = Currency(text.uppercased()) else { return nil }
    return text == text.lowercased() || CurrencyRegistry.status(of: currency) != .unknown
      ? currency : nil
  }

  /// Returns true if a column header is a currency in use or withdrawn; an index such as TWI is not.
  func isCurrency(_ head: String) -> Bool {
    if names[RowTexts.name(head)] != nil || patterns.keys.contains(where: \.isCurrency) {
      return true
    }
    return Currency(RowTexts.name(head).uppercased()).map {
      CurrencyRegistry.status(of: $0) != .unknown
    } ?? false
  }
}
