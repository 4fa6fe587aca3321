import FXCore

/// The direction of rates, which the rates themselves show.
enum RateDirection {
  /// Currencies of which one unit is worth little.
  private static let small = [
    "JPY", "KRW", "IDR", "VND", "HUF", "IRR", "UZS", "LBP", "CLP", "COP", "INR", "RUB", "KZT",
    "THB",
    "PHP", "CZK", "TRY", "CNY", "SEK", "NOK", "DKK", "AFN", "ZAR", "MXN", "HKD",
  ]

  /// Currencies of which one unit is worth more than one of any of those.
  private static let large = ["USD", "EUR", "GBP", "CHF", "KWD"]

  /// Returns true if the rates are prices of one unit of the printed currency: that of a large one is then
  /// higher than that of a small one; nil if the table does not have both.
  static func isBase(
    _ codes: [String], _ rates: [String], _ nominals: [String]?, number: NumberFormat
  ) -> Bool? {
    func price(_ known: [String]) -> Fraction? {
      for code in known {
        guard let row = codes.firstIndex(of: code),
          let value = try? number.read(rates[row]), value.coefficient > 0
        else { continue }
        let units = nominals.flatMap { Int64($0[row]) } ?? 1
        return Fraction(
          numerator: Int128(value.coefficient),
          denominator: ExactDecimal.powerOfTen(value.scale) * Int128(max(1, units)))
      }
      return nil
    }
    guard let low = price(small), let high = price(large) else { return nil }
    return high >= low
  }
}
