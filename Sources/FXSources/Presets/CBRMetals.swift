import FXCore

extension SourcePreset {
  /// The accounting prices of metals of the Bank of Russia.
  ///
  /// Rubles for 1 gram of gold, silver, platinum and palladium (codes 1 to 4), two decimals; buying and selling are equal. Published with
  /// the rates of currencies for the next working day.
  static let cbrMetals: SourcePreset = {
    var preset = SourcePreset(
      described: PresetDescription(
        .xml,
        [
          "rows": "/Metall/Record",
          "base": "@Code",
          "quote": "RUB",
          "rate": "Buy",
          "date": "@Date",
          "date_format": "dd.mm.yyyy",
          "dates": "newest",
          "decimal": "comma",
          "unit": "gram",
          "names": [
            "1": "XAU",
            "2": "XAG",
            "3": "XPT",
            "4": "XPD",
          ],
        ]),
      SourcePreset.Facts(
        name: "cbr-metals", publisher: "Bank of Russia, metals",
        url:
          "https://www.cbr.ru/scripts/xml_metall.asp?date_req1={day-7:dd/mm/yyyy}&date_req2={day+3:dd/mm/yyyy}",
        accept: "application/xml,text/xml;q=0.9",
        terms: "Free to use with the source named.",
        examples: [
          "XAU/RUB": "12811.51",
          "XAG/RUB": "156.20",
          "XPT/RUB": "4011.20",
          "XPD/RUB": "3501.10",
        ]),
      schedule: .calendar(
        PublicationCalendar(zone: "Europe/Moscow", hour: 15, minute: 30, holidays: .russia)),
      declaredScale: 2)
    preset.archive = ArchiveAddress(
      "https://www.cbr.ru/scripts/xml_metall.asp?date_req1={from:dd/mm/yyyy}&date_req2={to:dd/mm/yyyy}",
      days: 365)
    return preset
  }()
}
