import FXCore

extension SourcePreset {
  /// The currency market of the Moscow Exchange, with settlement tomorrow.
  ///
  /// Rubles for 1 unit, or for the lot in which a currency is quoted (per 100 for KZT; the lots of others are unverified). A currency that
  /// was not traded today has no rate; dollar and euro are not traded since June 2024.
  static let moex: SourcePreset = {
    var preset = SourcePreset(
      described: PresetDescription(
        .json,
        [
          "rows": "marketdata.data",
          "pair": "[0]",
          "names": [
            "CNYRUB_TOM": "CNY/RUB",
            "KZTRUB_TOM": "100 KZT/RUB",
            "BYNRUB_TOM": "BYN/RUB",
            "TRYRUB_TOM": "10 TRY/RUB",
            "HKDRUB_TOM": "HKD/RUB",
            "AMDRUB_TOM": "100 AMD/RUB",
            "UZSRUB_TOM": "10000 UZS/RUB",
            "KGSRUB_TOM": "100 KGS/RUB",
          ],
          "patterns": [
            "pair": "^(?:CNY|KZT|BYN|TRY|HKD|AMD|UZS|KGS)RUB_TOM$"
          ],
          "rate": "[1]",
        ]),
      SourcePreset.Facts(
        name: "moex", publisher: "Moscow Exchange",
        url:
          "https://iss.moex.com/iss/engines/currency/markets/selt/boards/CETS/securities.json?iss.only=marketdata&iss.meta=off&marketdata.columns=SECID,LAST,UPDATETIME",
        accept: "application/json",
        terms: "Delayed data; redistribution needs a licence.",
        examples: [
          "CNY/RUB": "11.2145",
          "KZT/RUB": "16.2043 per 100",
          "BYN/RUB": "27.0102",
          "TRY/RUB": "17.9000 per 10",
          "HKD/RUB": "10.1000",
        ]),
      schedule: .interval(.seconds(15 * 60)), dating: .pageDay)
    preset.market = .market
    return preset
  }()
}
