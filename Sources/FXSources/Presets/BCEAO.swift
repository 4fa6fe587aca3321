import FXCore

extension SourcePreset {
  /// The reference rates of the Central Bank of West African States.
  ///
  /// CFA francs for 1 unit. Names are in French, and so is the date. One day's page had a rate under another currency's name, which the
  /// guard of identical digits finds.
  static let bceao = SourcePreset(
    described: PresetDescription(
      .html,
      [
        "table": "//table",
        "base": "Devise",
        "quote": "XOF",
        "rate": "CFA",
        "decimal": "comma",
        "date": "//h2",
        "date_format": "* d Month yyyy",
        "months": [
          "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
          "octobre", "novembre", "décembre",
        ],
        "names": [
          "Euro": "EUR",
          "Dollar us": "USD",
          "Yen japonais": "JPY",
          "Franc suisse": "CHF",
          "Livre sterling": "GBP",
          "Couronne suédoise": "SEK",
          "Couronne danoise": "DKK",
          "Couronne norvégienne": "NOK",
          "Dollar canadien": "CAD",
          "Yuan chinois": "CNY",
        ],
      ]),
    SourcePreset.Facts(
      name: "bceao", publisher: "Banque Centrale des États de l'Afrique de l'Ouest",
      url: "https://www.bceao.int/fr/cours/get_all_reference_by_date?dateJour={day:yyyy-mm-dd}",
      accept: "text/html",
      terms: "Official rates; name the bank where they are shown.",
      examples: [
        "EUR/XOF": "655.9570",
        "USD/XOF": "552.8000",
        "JPY/XOF": "3.6190",
        "GBP/XOF": "754.2000",
        "CHF/XOF": "718.9000",
      ]),
    schedule: .interval(.seconds(6 * 3600)))
}
