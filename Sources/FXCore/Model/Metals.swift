/// The metals that ISO 4217 lists, whose unit is the troy ounce.
package enum Metals {
  /// True for gold, silver, platinum and palladium.
  package static func contains(_ currency: Currency) -> Bool { metals.contains(currency) }

  private static let metals: [Currency] = ["XAG", "XAU", "XPD", "XPT"].compactMap { Currency($0) }

  /// The grams of a troy ounce, exactly: 31.1034768.
  static let gramsOfOunce = Fraction(numerator: 311_034_768, denominator: 10_000_000)
}
