import FXCore

extension SourcePreset {
  /// The indicative rates of the Central Bank of Kenya.
  ///
  /// Shillings for 1 or 100 units; for the currencies of neighbours, units for 1 shilling, as their names say. The fields of the form
  /// and the names besides the recorded ones are unverified.
  static let cbk: SourcePreset = {
    var preset = SourcePreset(
      described: PresetDescription(
        .json,
        [
          "rows": "data",
          "base": "[1]",
          "quote": "KES",
          "rate": "[2]",
          "date": "[0]",
          "date_format": "dd/mm/yyyy",
          "dates": "newest",
          "swap": "^KES / ",
          "names": [
            "US DOLLAR": "USD",
            "KES / USHS": "UGX",
            "KES / TSHS": "TZS",
            "KES / RWF": "RWF",
            "KES / BIF": "BIF",
            "JPY (100)": "100 JPY",
            "STG POUND": "GBP",
            "EURO": "EUR",
            "SA RAND": "ZAR",
            "CHINESE YUAN": "CNY",
            "IND RUPEE": "INR",
            "S FRANC": "CHF",
            "CAN $": "CAD",
            "AUSTRALIAN $": "AUD",
            "SW KRONER": "SEK",
            "NOR KRONER": "NOK",
            "DAN KRONER": "DKK",
            "HONGKONG DOLLAR": "HKD",
            "SINGAPORE DOLLAR": "SGD",
            "SAUDI RIYAL": "SAR",
            "AE DIRHAM": "AED",
          ],
          "decimal": "dot",
        ]),
      SourcePreset.Facts(
        name: "cbk", publisher: "Central Bank of Kenya",
        url:
          "https://www.centralbank.go.ke/wp-admin/admin-ajax.php?action=get_wdtable&table_id=193",
        accept: "application/json",
        terms: "Official rates; name the bank where they are shown.",
        examples: [
          "USD/KES": "129.0100",
          "EUR/KES": "152.2000",
          "GBP/KES": "174.6000",
          "KES/UGX": "27.5012",
          "JPY/KES": "84.4577 per 100",
        ]),
      schedule: .interval(.seconds(6 * 3600)), declaredScale: 4)
    preset.request = [
      "headers": [
        "Content-Type": "application/x-www-form-urlencoded"
      ],
      "body": "draw=1&start=0&length=60&order[0][column]=0&order[0][dir]=desc",
    ]
    return preset
  }()
}
