/// Withdrawn currencies that sources still print: their rates are left out and reported once.
enum RetiredCurrencies {
  /// The name in payloads.
  static let name = "retired"

  /// True if one of a pair's currencies is withdrawn on some day.
  ///
  /// Cost: two table look-ups, for every line of every page.
  static func mayBeRetired(_ pair: CurrencyPair) -> Bool {
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
  static func isRetired(_ currency: Currency, on day: CalendarDay) -> Bool {
    guard case .retired(let retirement) = CurrencyRegistry.status(of: currency) else {
      return false
    }
    let year = day.civil.year
    return retirement.successor == euro ? year >= retirement.since : year > retirement.since
  }

  /// Returns the replacement of the currency, as a clause.
  static func reason(of currency: Currency) -> String {
    guard case .retired(let retirement) = CurrencyRegistry.status(of: currency) else {
      return "\(currency) is not retired"
    }
    return
      "\(currency) was replaced by \(retirement.successor) in \(retirement.since) and is ignored"
  }

  private static let euro = Currency("EUR")
}

extension SourceReading {
  /// Returns the reading without pairs of currencies that were withdrawn on that day.
  package func withoutRetired(on day: CalendarDay) -> SourceReading {
    SourceReading(
      valueDate: valueDate,
      observations: observations.filter { observation in
        !RetiredCurrencies.mayBeRetired(observation.pair)
          || !RetiredCurrencies.isRetired(observation.pair.base, on: day)
            && !RetiredCurrencies.isRetired(observation.pair.quote, on: day)
      },
      headlines: headlines)
  }
}
