import FXCore

extension SourcePreset {
  /// A free collection of rates for 1 dollar, by one person, from sources that are not named.
  ///
  /// Once a day. A content network keeps copies of the latest file for some time. Cryptocurrencies are left out.
  static let fawazahmed0: SourcePreset = {
    var preset = SourcePreset(
      described: PresetDescription(
        .json,
        [
          "rows": "usd.*",
          "base": "USD",
          "quote": "#",
          "patterns": [
            "quote": "^[a-z]{3}$"
          ],
          "rate": ".",
          "date": "$.date",
          "round": "10",
          "only": [
            "AED", "ALL", "AMD", "ARS", "AUD", "AZN", "BDT", "BHD", "BRL", "BYN", "CAD", "CHF",
            "CLP", "CNY", "COP", "CZK", "DKK", "DZD", "EGP", "EUR", "GBP", "GEL", "GHS", "HKD",
            "HUF", "IDR", "ILS", "INR", "IRR", "ISK", "JPY", "KES", "KGS", "KRW", "KWD", "KZT",
            "LKR", "MAD", "MDL", "MNT", "MXN", "MYR", "NGN", "NOK", "NPR", "NZD", "OMR", "PEN",
            "PHP", "PKR", "PLN", "QAR", "RON", "RSD", "RUB", "SAR", "SEK", "SGD", "THB", "TJS",
            "TMT", "TND", "TRY", "TWD", "UAH", "UYU", "UZS", "VND", "XAG", "XAU", "ZAR",
          ],
        ]),
      SourcePreset.Facts(
        name: "fawazahmed0", publisher: "currency-api of fawazahmed0",
        url:
          "https://cdn.jsdelivr.net/npm/@fawazahmed0/currency-api@latest/v1/currencies/usd.min.json",
        accept: "application/json",
        terms: "Free to use (CC0); the origin of the rates is unknown.",
        examples: [
          "USD/EUR": "0.8427",
          "USD/KGS": "87.4213",
          "USD/KZT": "498.12334455",
          "USD/JPY": "152.75",
          "USD/GBP": "0.7329",
        ]),
      schedule: .interval(.seconds(12 * 3600)))
    preset.market = .market
    return preset
  }()
}
