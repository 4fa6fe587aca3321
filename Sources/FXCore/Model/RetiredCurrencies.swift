/// Withdrawn currencies that sources still print: their rates are left out and reported once.
package enum RetiredCurrencies {
  /// The name in payloads.
  static let name = "retired"

  /// True if one of a pair's currencies is withdrawn on some day.
  ///
  /// Cost: two table look-ups, for every line of every page.
  package static func mayBeRetired(_ pair: CurrencyPair) -> Bool {
    isEverRetired[pair.base.number] || isEverRetired[pair.quote.number]
  }

  /// True for withdrawn currencies, by their numbers.
  private static let isEverRetired: [Bool] = {
    var table = [Bool](repeating: false, count: Currency.numbers)
    for currency in CurrencyRegistry.retired { table[currency.number] = true }
    return table
  }()

  /// True if the currency was withdrawn on that day.
  ///
  /// Currencies replaced by the euro ended with the year before; elsewhere old notes were valid for
  /// months, so the year of the change counts as valid.
  package static func isRetired(_ currency: Currency, on day: CalendarDay) -> Bool {
    guard case .retired(let retirement) = CurrencyRegistry.status(of: currency) else {
      return false
    }
    let year = day.civil.year
    return retirement.successor == euro ? year >= retirement.since : year > retirement.since
  }

  /// Returns the first of a pair's currencies that was withdrawn on that day; nil if none was.
  package static func retired(of pair: CurrencyPair, on day: CalendarDay) -> Currency? {
    guard mayBeRetired(pair) else { return nil }
    return [pair.base, pair.quote].first { isRetired($0, on: day) }
  }

  /// Returns the replacement of the currency, as a clause.
  static func reason(of currency: Currency) -> String {
    guard case .retired(let retirement) = CurrencyRegistry.status(of: currency) else {
      return "\(currency) is not retired"
    }
    return
      "\(currency) was replaced by \(retirement.successor) in \(retirement.since) and is ignored"
  }

  /// Returns the sentence for a response with no rates but those of these currencies.
  package static func sentence(onlyOf currencies: Set<Currency>) -> String {
    let reasons = currencies.sorted().prefix(3).map { reason(of: $0) }.joined(separator: "; ")
    let more = currencies.count > 3 ? " (and \(currencies.count - 3) more)" : ""
    return "the only rates are of currencies that are withdrawn: \(reasons)\(more)"
  }

  private static let euro = Currency("EUR")
}

extension SourceReading {
  /// Returns the sentence for a response whose only rates are of currencies that were withdrawn on that
  /// day; nil for any other.
  package func onlyRetired(on day: CalendarDay) -> String? {
    guard !observations.isEmpty else { return nil }
    var retired: Set<Currency> = []
    for observation in observations {
      guard let currency = RetiredCurrencies.retired(of: observation.pair, on: day) else {
        return nil
      }
      retired.insert(currency)
    }
    return RetiredCurrencies.sentence(onlyOf: retired)
  }

  /// Returns the reading without pairs of currencies that were withdrawn on that day.
  package func withoutRetired(on day: CalendarDay) -> SourceReading {
    SourceReading(
      valueDate: valueDate,
      observations: observations.filter { observation in
        RetiredCurrencies.retired(of: observation.pair, on: day) == nil
      },
      headlines: headlines, setAside: setAside)
  }
}
