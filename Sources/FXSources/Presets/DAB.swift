import FXCore

extension SourcePreset {
  /// The cash rates of Da Afghanistan Bank.
  ///
  /// Afghanis for units that the names contain: a toman is 10 rials, and rupees are quoted per 1000. Working days are Saturday to Thursday.
  /// The page also has rates of transfers, which are not read; the names of currencies besides the recorded ones are unverified.
  static let dab = SourcePreset(
    described: PresetDescription(
      .html,
      [
        "rows": "//table//tr[td]",
        "base": "td[1]",
        "quote": "AFN",
        "bid": "td[2]",
        "ask": "td[3]",
        "date": "//caption",
        "date_format": "dd/mm/yyyy",
        "patterns": [
          "date": "\\d\\d/\\d\\d/\\d{4}"
        ],
        "names": [
          "USD$": "USD",
          "EURO€": "EUR",
          "POUND£": "GBP",
          "SWISS₣": "CHF",
          "INDIAN Rs.": "1000 INR",
          "PAKISTAN Rs.": "1000 PKR",
          "IRAN Toman": "10 IRR",
          "CNY¥": "CNY",
          "UAE DIRHAM": "AED",
          "SAUDI RIYAL": "SAR",
        ],
        "decimal": "dot",
      ]),
    SourcePreset.Facts(
      name: "dab", publisher: "Da Afghanistan Bank",
      url: "https://dab.gov.af/exchange-rates",
      accept: "text/html",
      terms: "Official rates; the bank need not trade at them.",
      examples: [
        "USD/AFN": "65.20",
        "EUR/AFN": "76.50",
        "GBP/AFN": "87.10",
        "PKR/AFN": "232.00 per 1000",
        "INR/AFN": "720 per 1000",
      ]),
    schedule: .interval(.seconds(6 * 3600)))
}
