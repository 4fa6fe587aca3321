import FXCore

/// A format in which a publisher offers its history, other than that of its daily rates.
struct ArchiveFormat: Sendable {
  /// The presets whose history can have this format.
  let presets: Set<String>

  /// A text near the beginning of every file of this format, and of no other file of the publisher; in
  /// lower case, compared case-insensitively.
  let mark: String

  /// The reader of the format.
  let reader: any ArchiveReader

  /// The number of bytes at the start of a file that are searched for the mark.
  private static let searchedBytes = 1024

  /// Returns true if a file has this format.
  func matches(_ body: [UInt8]) -> Bool {
    ByteSearch.firstRange(of: mark, in: body.prefix(Self.searchedBytes)) != nil
  }

  /// All formats, sorted by preset.
  static let all: [ArchiveFormat] = [
    cbrDynamic,
    ecbTable,
    ecbXML,
  ]
}

extension ArchiveFormat {
  /// The rates of one currency of the Bank of Russia over many days: `XML_dynamic.asp`.
  ///
  /// The currency is given by the bank's own code (`XML_val.asp`). `cbrCodes` has those of current
  /// currencies and of the last ones replaced by the euro, which the bank's tables of July 2013 still
  /// contain (LVL R01405, LTL R01435).
  private static let cbrDynamic = ArchiveFormat(
    presets: ["cbr"], mark: "daterange1",
    reader: XMLRates(
      title: "the dynamic rates of the Bank of Russia", rows: XPath(stated: "/ValCurs/Record"),
      fields: [
        .base: XPath(stated: "@Id"),
        .date: XPath(stated: "@Date"),
        .nominal: XPath(stated: "Nominal"),
        .rate: XPath(stated: "Value"),
      ],
      columns: cbrColumns))

  private static var cbrColumns: RateColumns {
    var columns = RateColumns(number: .comma)
    columns.quote = .stated("RUB")
    columns.date = .dotted
    for line in cbrCodes.split(separator: "\n") {
      let words = line.split(separator: " ")
      if words.count == 2 { columns.names[String(words[0])] = Currency(words[1]).map { .init($0) } }
    }
    return columns
  }

  /// The ECB's rates since 1999 with a column per currency: `eurofxref-hist.csv`, as the preset
  /// ecb-history reads.
  private static let ecbTable = ArchiveFormat(
    presets: ["ecb", "ecb-90d"], mark: "date,usd,", reader: SourcePreset.ecbTable)

  /// The ECB's rates since 1999 or of 90 days as XML: `eurofxref-hist.xml`, `eurofxref-hist-90d.xml`.
  private static let ecbXML: ArchiveFormat = {
    var columns = RateColumns(number: .dot)
    columns.base = .stated("EUR")
    columns.date = .iso
    return ArchiveFormat(
      presets: ["ecb", "ecb-90d"], mark: "envelope",
      reader: XMLRates(
        title: "the ECB's reference rates", rows: XPath(stated: "//Cube[@time]/Cube[@currency]"),
        fields: [
          .date: XPath(stated: "../@time"),
          .quote: XPath(stated: "@currency"),
          .rate: XPath(stated: "@rate"),
        ],
        columns: columns))
  }()

  /// The Bank of Russia's currency codes, each with its ISO 4217 code.
  private static let cbrCodes = """
    R01010 AUD
    R01020A AZN
    R01030 DZD
    R01035 GBP
    R01060 AMD
    R01080 BHD
    R01090B BYN
    R01100 BGN
    R01105 BOB
    R01115 BRL
    R01135 HUF
    R01150 VND
    R01200 HKD
    R01210 GEL
    R01215 DKK
    R01230 AED
    R01235 USD
    R01239 EUR
    R01240 EGP
    R01270 INR
    R01280 IDR
    R01300 IRR
    R01335 KZT
    R01350 CAD
    R01355 QAR
    R01370 KGS
    R01375 CNY
    R01395 CUP
    R01405 LVL
    R01435 LTL
    R01500 MDL
    R01503 MNT
    R01520 NGN
    R01530 NZD
    R01535 NOK
    R01540 OMR
    R01565 PLN
    R01580 SAR
    R01585F RON
    R01589 XDR
    R01625 SGD
    R01670 TJS
    R01675 THB
    R01685 BDT
    R01700J TRY
    R01710A TMT
    R01717 UZS
    R01720 UAH
    R01760 CZK
    R01770 SEK
    R01775 CHF
    R01795 EEK
    R01800 ETB
    R01805F RSD
    R01810 ZAR
    R01815 KRW
    R01820 JPY
    R02005 MMK
    """
}
