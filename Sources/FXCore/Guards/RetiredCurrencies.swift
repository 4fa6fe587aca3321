/// Currencies that no longer exist and still stand on pages: left out, and said once.
enum RetiredCurrencies {
  /// What payloads call it.
  static let name = "retired"

  /// Whether one of a pair's currencies no longer exists on some day.
  ///
  /// A look into a table, for every line of every page.
  static func mayBeRetired(_ pair: CurrencyPair) -> Bool {
    isEverRetired[pair.base.number] || isEverRetired[pair.quote.number]
  }

  /// By the numbers of currencies.
  private static let isEverRetired: [Bool] = {
    var table = [Bool](repeating: false, count: Currency.numbers)
    for currency in CurrencyRegistry.retired { table[currency.number] = true }
    return table
  }()

  /// Whether the currency no longer existed on that day.
  ///
  /// Into the euro they went with the year; elsewhere old notes were good for months, so the year of
  /// the change is left to them.
  static func isRetired(_ currency: Currency, on day: CalendarDay) -> Bool {
    guard case .retired(let retirement) = CurrencyRegistry.status(of: currency) else {
      return false
    }
    let year = day.civil.year
    return retirement.successor == euro ? year >= retirement.since : year > retirement.since
  }

  /// What became of the currency, as a clause.
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
  /// The reading without the pairs of currencies that no longer existed on that day.
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
