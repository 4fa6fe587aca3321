import FXCore

extension SourcePreset {
  /// The Treasury's reporting rates of exchange, each quarter.
  ///
  /// Units of foreign currency for 1 dollar, three or more digits. Names of countries and currencies are printed instead of codes; those that are not listed
  /// here are not read. There may be amendments between quarters (unverified).
  static let ust: SourcePreset = {
    var preset = SourcePreset(
      described: PresetDescription(
        .json,
        [
          "rows": "data",
          "base": "USD",
          "quote": "country_currency_desc",
          "rate": "exchange_rate",
          "date": "record_date",
          "dates": "newest",
          "repeats": "first",
          "names": [
            "Afghanistan-Afghani": "AFN",
            "Albania-Lek": "ALL",
            "Algeria-Dinar": "DZD",
            "Angola-Kwanza": "AOA",
            "Argentina-Peso": "ARS",
            "Armenia-Dram": "AMD",
            "Australia-Dollar": "AUD",
            "Azerbaijan-Manat": "AZN",
            "Bahrain-Dinar": "BHD",
            "Bangladesh-Taka": "BDT",
            "Belarus-New Ruble": "BYN",
            "Brazil-Real": "BRL",
            "Cambodia-Riel": "KHR",
            "Canada-Dollar": "CAD",
            "Chile-Peso": "CLP",
            "China-Renminbi": "CNY",
            "Colombia-Peso": "COP",
            "Czech Republic-Koruna": "CZK",
            "Denmark-Krone": "DKK",
            "Egypt-Pound": "EGP",
            "Ethiopia-Birr": "ETB",
            "Euro Zone-Euro": "EUR",
            "Georgia-Lari": "GEL",
            "Ghana-Cedi": "GHS",
            "Hong Kong-Dollar": "HKD",
            "Hungary-Forint": "HUF",
            "Iceland-Krona": "ISK",
            "India-Rupee": "INR",
            "Indonesia-Rupiah": "IDR",
            "Israel-Shekel": "ILS",
            "Japan-Yen": "JPY",
            "Jordan-Dinar": "JOD",
            "Kazakhstan-Tenge": "KZT",
            "Kenya-Shilling": "KES",
            "Korea-Won": "KRW",
            "Kuwait-Dinar": "KWD",
            "Kyrgyzstan-Som": "KGS",
            "Malaysia-Ringgit": "MYR",
            "Mexico-Peso": "MXN",
            "Moldova-Leu": "MDL",
            "Mongolia-Tugrik": "MNT",
            "Morocco-Dirham": "MAD",
            "New Zealand-Dollar": "NZD",
            "Nigeria-Naira": "NGN",
            "Norway-Krone": "NOK",
            "Pakistan-Rupee": "PKR",
            "Peru-Sol": "PEN",
            "Philippines-Peso": "PHP",
            "Poland-Zloty": "PLN",
            "Qatar-Riyal": "QAR",
            "Romania-New Leu": "RON",
            "Russia-Ruble": "RUB",
            "Saudi Arabia-Riyal": "SAR",
            "Serbia-Dinar": "RSD",
            "Singapore-Dollar": "SGD",
            "South Africa-Rand": "ZAR",
            "Sri Lanka-Rupee": "LKR",
            "Sweden-Krona": "SEK",
            "Switzerland-Franc": "CHF",
            "Taiwan-Dollar": "TWD",
            "Tajikistan-Somoni": "TJS",
            "Thailand-Baht": "THB",
            "Tunisia-Dinar": "TND",
            "Turkey-New Lira": "TRY",
            "Turkmenistan-New Manat": "TMT",
            "Uganda-Shilling": "UGX",
            "Ukraine-Hryvnia": "UAH",
            "United Arab Emirates-Dirham": "AED",
            "United Kingdom-Pound": "GBP",
            "Uruguay-Peso": "UYU",
            "Uzbekistan-Som": "UZS",
            "Vietnam-Dong": "VND",
            "Zambia-New Kwacha": "ZMW",
          ],
          "patterns": [
            "quote":
              "^(?:Afghanistan-Afghani|Albania-Lek|Algeria-Dinar|Angola-Kwanza|Argentina-Peso|Armenia-Dram|Australia-Dollar|Azerbaijan-Manat|Bahrain-Dinar|Bangladesh-Taka|Belarus-New Ruble|Brazil-Real|Cambodia-Riel|Canada-Dollar|Chile-Peso|China-Renminbi|Colombia-Peso|Czech Republic-Koruna|Denmark-Krone|Egypt-Pound|Ethiopia-Birr|Euro Zone-Euro|Georgia-Lari|Ghana-Cedi|Hong Kong-Dollar|Hungary-Forint|Iceland-Krona|India-Rupee|Indonesia-Rupiah|Israel-Shekel|Japan-Yen|Jordan-Dinar|Kazakhstan-Tenge|Kenya-Shilling|Korea-Won|Kuwait-Dinar|Kyrgyzstan-Som|Malaysia-Ringgit|Mexico-Peso|Moldova-Leu|Mongolia-Tugrik|Morocco-Dirham|New Zealand-Dollar|Nigeria-Naira|Norway-Krone|Pakistan-Rupee|Peru-Sol|Philippines-Peso|Poland-Zloty|Qatar-Riyal|Romania-New Leu|Russia-Ruble|Saudi Arabia-Riyal|Serbia-Dinar|Singapore-Dollar|South Africa-Rand|Sri Lanka-Rupee|Sweden-Krona|Switzerland-Franc|Taiwan-Dollar|Tajikistan-Somoni|Thailand-Baht|Tunisia-Dinar|Turkey-New Lira|Turkmenistan-New Manat|Uganda-Shilling|Ukraine-Hryvnia|United Arab Emirates-Dirham|United Kingdom-Pound|Uruguay-Peso|Uzbekistan-Som|Vietnam-Dong|Zambia-New Kwacha)$"
          ],
        ]),
      SourcePreset.Facts(
        name: "ust", publisher: "US Department of the Treasury",
        url:
          "https://api.fiscaldata.treasury.gov/services/api/fiscal_service/v1/accounting/od/rates_of_exchange?fields=country_currency_desc,exchange_rate,record_date&sort=-record_date&page[size]=200",
        accept: "application/json",
        terms: "Free to use.",
        examples: [
          "USD/EUR": "0.843",
          "USD/JPY": "156.3",
          "USD/GBP": "0.741",
          "USD/KZT": "498.1",
          "USD/KGS": "87.45",
        ]),
      schedule: .interval(.seconds(12 * 3600)))
    preset.archive = ArchiveAddress(
      "https://api.fiscaldata.treasury.gov/services/api/fiscal_service/v1/accounting/od/rates_of_exchange?fields=country_currency_desc,exchange_rate,record_date&filter=record_date:gte:{from:yyyy-mm-dd},record_date:lte:{to:yyyy-mm-dd}&page[size]=2000",
      days: 365)
    return preset
  }()
}
