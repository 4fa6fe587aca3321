/// The currencies ISO 4217 lists, and those it no longer does.
///
/// From ISO 4217 list one (current codes; funds, metals and units of account among them, the codes
/// for testing and for "no currency" not) and list three (withdrawn codes); the ratios into the
/// euro are those of Council Regulation (EC) No 2866/98 and its amendments, the others those of the
/// issuing banks.
package enum CurrencyRegistry {
  /// The replacement of a withdrawn currency.
  package struct Retirement: Hashable, Sendable {
    /// The currency that replaced it; may itself be withdrawn by now.
    package let successor: Currency

    /// The number of units of the old currency that one unit of the successor replaced.
    package let ratio: ExactDecimal

    /// The first year in which the successor was the currency.
    package let since: Int
  }

  /// The state of a code.
  package enum Status: Hashable, Sendable {
    /// In use, with its English name.
    case active(name: String)
    /// Withdrawn.
    case retired(Retirement)
    /// Never listed, or withdrawn without a successor known here.
    case unknown
  }

  /// Returns the state of a currency, in constant time.
  package static func status(of currency: Currency) -> Status {
    if let name = names[currency] { return .active(name: name) }
    return retirements[currency].map { .retired($0) } ?? .unknown
  }

  /// The replacement of one currency by another.
  package struct Redenomination: Hashable, Sendable {
    /// The currency that is withdrawn.
    package let retired: Currency

    package let retirement: Retirement
  }

  /// Returns the redenominations of a currency, as the withdrawn one or as its successor.
  ///
  /// Sorted by the withdrawn one. Cost: constant.
  package static func redenominations(of currency: Currency) -> [Redenomination] {
    redenominations[currency] ?? []
  }

  /// Every currency in use, in alphabetical order of codes.
  package static let active: [Currency] = names.keys.sorted()

  /// Every replaced currency, in alphabetical order of codes.
  static let retired: [Currency] = retirements.keys.sorted()

  private static let names: [Currency: String] = {
    var names: [Currency: String] = [:]
    for line in activeTable.split(separator: "\n") {
      if let code = Currency(line.prefix(3)) { names[code] = String(line.dropFirst(4)) }
    }
    return names
  }()

  private static let retirements: [Currency: Retirement] = {
    var retirements: [Currency: Retirement] = [:]
    for line in retiredTable.split(separator: "\n") {
      let words = line.split(separator: " ")
      if words.count == 4, let code = Currency(words[0]), let successor = Currency(words[1]),
        let ratio = ExactDecimal(words[2]), let since = Int(words[3])
      {
        retirements[code] = Retirement(successor: successor, ratio: ratio, since: since)
      }
    }
    return retirements
  }()

  private static let redenominations: [Currency: [Redenomination]] = {
    var parts: [Currency: [Redenomination]] = [:]
    for (retired, retirement) in retirements.sorted(by: { $0.key < $1.key }) {
      let step = Redenomination(retired: retired, retirement: retirement)
      parts[retired, default: []].append(step)
      parts[retirement.successor, default: []].append(step)
    }
    return parts
  }()

  /// Code, name.
  private static let activeTable = """
    AED UAE Dirham
    AFN Afghani
    ALL Lek
    AMD Armenian Dram
    AOA Kwanza
    ARS Argentine Peso
    AUD Australian Dollar
    AWG Aruban Florin
    AZN Azerbaijan Manat
    BAM Convertible Mark
    BBD Barbados Dollar
    BDT Taka
    BHD Bahraini Dinar
    BIF Burundi Franc
    BMD Bermudian Dollar
    BND Brunei Dollar
    BOB Boliviano
    BOV Mvdol
    BRL Brazilian Real
    BSD Bahamian Dollar
    BTN Ngultrum
    BWP Pula
    BYN Belarusian Ruble
    BZD Belize Dollar
    CAD Canadian Dollar
    CDF Congolese Franc
    CHE WIR Euro
    CHF Swiss Franc
    CHW WIR Franc
    CLF Unidad de Fomento
    CLP Chilean Peso
    CNY Yuan Renminbi
    COP Colombian Peso
    COU Unidad de Valor Real
    CRC Costa Rican Colon
    CUP Cuban Peso
    CVE Cabo Verde Escudo
    CZK Czech Koruna
    DJF Djibouti Franc
    DKK Danish Krone
    DOP Dominican Peso
    DZD Algerian Dinar
    EGP Egyptian Pound
    ERN Nakfa
    ETB Ethiopian Birr
    EUR Euro
    FJD Fiji Dollar
    FKP Falkland Islands Pound
    GBP Pound Sterling
    GEL Lari
    GHS Ghana Cedi
    GIP Gibraltar Pound
    GMD Dalasi
    GNF Guinean Franc
    GTQ Quetzal
    GYD Guyana Dollar
    HKD Hong Kong Dollar
    HNL Lempira
    HTG Gourde
    HUF Forint
    IDR Rupiah
    ILS New Israeli Sheqel
    INR Indian Rupee
    IQD Iraqi Dinar
    IRR Iranian Rial
    ISK Iceland Krona
    JMD Jamaican Dollar
    JOD Jordanian Dinar
    JPY Yen
    KES Kenyan Shilling
    KGS Som
    KHR Riel
    KMF Comorian Franc
    KPW North Korean Won
    KRW Won
    KWD Kuwaiti Dinar
    KYD Cayman Islands Dollar
    KZT Tenge
    LAK Lao Kip
    LBP Lebanese Pound
    LKR Sri Lanka Rupee
    LRD Liberian Dollar
    LSL Loti
    LYD Libyan Dinar
    MAD Moroccan Dirham
    MDL Moldovan Leu
    MGA Malagasy Ariary
    MKD Denar
    MMK Kyat
    MNT Tugrik
    MOP Pataca
    MRU Ouguiya
    MUR Mauritius Rupee
    MVR Rufiyaa
    MWK Malawi Kwacha
    MXN Mexican Peso
    MXV Mexican Unidad de Inversion
    MYR Malaysian Ringgit
    MZN Mozambique Metical
    NAD Namibia Dollar
    NGN Naira
    NIO Cordoba Oro
    NOK Norwegian Krone
    NPR Nepalese Rupee
    NZD New Zealand Dollar
    OMR Rial Omani
    PAB Balboa
    PEN Sol
    PGK Kina
    PHP Philippine Peso
    PKR Pakistan Rupee
    PLN Zloty
    PYG Guarani
    QAR Qatari Rial
    RON Romanian Leu
    RSD Serbian Dinar
    RUB Russian Ruble
    RWF Rwanda Franc
    SAR Saudi Riyal
    SBD Solomon Islands Dollar
    SCR Seychelles Rupee
    SDG Sudanese Pound
    SEK Swedish Krona
    SGD Singapore Dollar
    SHP Saint Helena Pound
    SLE Leone
    SOS Somali Shilling
    SRD Surinam Dollar
    SSP South Sudanese Pound
    STN Dobra
    SVC El Salvador Colon
    SYP Syrian Pound
    SZL Lilangeni
    THB Baht
    TJS Somoni
    TMT Turkmenistan New Manat
    TND Tunisian Dinar
    TOP Pa'anga
    TRY Turkish Lira
    TTD Trinidad and Tobago Dollar
    TWD New Taiwan Dollar
    TZS Tanzanian Shilling
    UAH Hryvnia
    UGX Uganda Shilling
    USD US Dollar
    USN US Dollar (next day)
    UYI Uruguay Peso en Unidades Indexadas
    UYU Peso Uruguayo
    UYW Unidad Previsional
    UZS Uzbekistan Sum
    VED Bolívar Digital
    VES Bolívar Soberano
    VND Dong
    VUV Vatu
    WST Tala
    XAD Arab Accounting Dinar
    XAF CFA Franc BEAC
    XAG Silver (troy ounce)
    XAU Gold (troy ounce)
    XBA Bond Markets Unit European Composite Unit
    XBB Bond Markets Unit European Monetary Unit
    XBC Bond Markets Unit European Unit of Account 9
    XBD Bond Markets Unit European Unit of Account 17
    XCD East Caribbean Dollar
    XCG Caribbean Guilder
    XDR Special Drawing Right
    XOF CFA Franc BCEAO
    XPD Palladium (troy ounce)
    XPF CFP Franc
    XPT Platinum (troy ounce)
    XSU Sucre
    XUA ADB Unit of Account
    YER Yemeni Rial
    ZAR Rand
    ZMW Zambian Kwacha
    ZWG Zimbabwe Gold
    """

  /// Code, successor, old units in one of it, first year of the successor.
  private static let retiredTable = """
    AFA AFN 1000 2003
    ANG XCG 1 2025
    AON AOR 1000 1995
    AOR AOA 1000000 1999
    ARA ARS 10000 1992
    ATS EUR 13.7603 1999
    AZM AZN 5000 2006
    BEF EUR 40.3399 1999
    BGL BGN 1000 1999
    BGN EUR 1.95583 2026
    BRR BRL 2750 1994
    BYB BYR 1000 2000
    BYR BYN 10000 2016
    CSD RSD 1 2006
    CSK CZK 1 1993
    CUC CUP 24 2021
    CYP EUR 0.585274 2008
    DDM DEM 1 1990
    DEM EUR 1.95583 1999
    ECS USD 25000 2000
    EEK EUR 15.6466 2011
    ESP EUR 166.386 1999
    FIM EUR 5.94573 1999
    FRF EUR 6.55957 1999
    GEK GEL 1000000 1995
    GHC GHS 10000 2007
    GRD EUR 340.750 2001
    GWP XOF 65 1997
    HRD HRK 1000 1994
    HRK EUR 7.53450 2023
    IEP EUR 0.787564 1999
    ITL EUR 1936.27 1999
    LTL EUR 3.45280 2015
    LTT LTL 100 1993
    LUF EUR 40.3399 1999
    LVL EUR 0.702804 2014
    LVR LVL 200 1993
    MGF MGA 5 2005
    MRO MRU 10 2018
    MTL EUR 0.429300 2008
    MXP MXN 1000 1993
    MZM MZN 1000 2006
    NIC NIO 5000000 1991
    NLG EUR 2.20371 1999
    PEI PEN 1000000 1991
    PLZ PLN 10000 1995
    PTE EUR 200.482 1999
    ROL RON 10000 2005
    RUR RUB 1000 1998
    SDD SDG 100 2007
    SDP SDD 10 1992
    SIT EUR 239.640 2007
    SKK EUR 30.1260 2009
    SLL SLE 1000 2022
    SRG SRD 1000 2004
    STD STN 1000 2018
    TJR TJS 1000 2000
    TMM TMT 5000 2009
    TRL TRY 1000000 2005
    UAK UAH 100000 1996
    UYN UYU 1000 1993
    VEB VEF 1000 2008
    VEF VES 100000 2018
    XEU EUR 1 1999
    YUM CSD 1 2003
    ZMK ZMW 1000 2013
    ZRN CDF 100000 1998
    ZRZ ZRN 3000000 1993
    ZWD ZWN 1000 2006
    ZWL ZWG 2498.7242 2024
    ZWN ZWR 10000000000 2008
    ZWR ZWL 1000000000000 2009
    """
}
