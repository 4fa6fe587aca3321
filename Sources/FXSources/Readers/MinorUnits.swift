import FXCore

/// The codes under which exchanges quote prices in a hundredth or a thousandth of a currency.
enum MinorUnits {
  /// Returns the currency and the number of minor units in one unit of it; nil for any other text.
  ///
  /// Case is significant: `GBp` is a penny, `GBP` and `gbp` are pounds.
  static func currency(_ code: some StringProtocol) -> (currency: Currency, count: Int64)? {
    guard code.utf8.count == 3 else { return nil }
    return units[String(code)]
  }

  /// True if a code in capitals is one of minor units.
  static func contains(_ currency: Currency) -> Bool { capitals.contains(currency) }

  private static let capitals: [Currency] = units.keys.compactMap { Currency($0) }

  private static let units: [String: (currency: Currency, count: Int64)] = [
    "GBp": (.stated("GBP"), 100), "GBX": (.stated("GBP"), 100), "GBx": (.stated("GBP"), 100),
    "ZAc": (.stated("ZAR"), 100), "ZAC": (.stated("ZAR"), 100), "ZAX": (.stated("ZAR"), 100),
    "ILA": (.stated("ILS"), 100), "ILa": (.stated("ILS"), 100), "ILX": (.stated("ILS"), 100),
    "USc": (.stated("USD"), 100), "USX": (.stated("USD"), 100), "USx": (.stated("USD"), 100),
    "EUc": (.stated("EUR"), 100), "EUX": (.stated("EUR"), 100), "EUx": (.stated("EUR"), 100),
    "KWF": (.stated("KWD"), 1000), "KWf": (.stated("KWD"), 1000),
  ]
}
