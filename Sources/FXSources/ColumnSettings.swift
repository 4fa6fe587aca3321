import FXCore

/// The keys of a described source that all formats share.
///
/// `base` and `quote` are a currency where they are a code in capitals, else where it is printed;
/// `pair` likewise. `nominal` is a number or where it is printed. Everything else that names a place
/// is in the format's own language: an XPath, a path into JSON, a column.
struct ColumnSettings {
  private(set) var columns: RateColumns

  /// Where each text is, as written.
  private(set) var selectors: [RateField: String] = [:]

  private(set) var charset: Charset?

  /// Reads the shared keys; nil where one of them is wrong, which is then reported.
  init?(from section: SettingsSection, format: CustomFormat) {
    columns = RateColumns(
      number: NumberFormat(
        decimal: section.choice("decimal", NumberFormat.DecimalMark.self),
        thousands: section.choice("thousands", NumberFormat.ThousandsMark.self)))
    var isWhole = true
    if let decimal = columns.number.decimal?.rawValue,
      decimal == columns.number.thousands?.rawValue
    {
      section.problem("thousands", "'\(decimal)' is already the decimal mark")
      isWhole = false
    }
    readCurrencies(from: section)
    for field in [RateField.rate, .bid, .ask, .exponent, .change, .date] {
      selectors[field] = section.string(field.rawValue)
    }
    if let text = section.string("nominal") {
      if let units = Int64(text) { columns.nominal = units } else { selectors[.nominal] = text }
      if !(1...1_000_000_000).contains(columns.nominal) {
        section.problem("nominal", "'\(text)' is not a number of units from 1 to 1000000000")
        isWhole = false
      }
    }
    readDates(from: section)
    columns.side = section.choice("side", Side.self) ?? .mid
    charset = section.value("charset", expected: "a charset such as windows-1251") {
      Charset(label: $0)
    }
    columns.ignored = Set((section.strings("ignore") ?? []).map(\.text))
    readNames(from: section)
    let isWide = format == .csv && section.node("wide") != nil
    if !isWide, !hasCurrencies {
      section.problem(
        nil, "it is not said which currencies the rates are of; write 'base' and 'quote', or 'pair'"
      )
      isWhole = false
    }
    if !isWide, selectors[.rate] == nil, selectors[.bid] == nil, selectors[.ask] == nil {
      section.problem(nil, "it is not said where the rates are; write 'rate', or 'bid' and 'ask'")
      isWhole = false
    }
    if !isWhole { return nil }
  }

  private var hasCurrencies: Bool {
    selectors[.pair] != nil
      || (columns.base != nil || selectors[.base] != nil)
        && (columns.quote != nil || selectors[.quote] != nil)
  }

  private mutating func readCurrencies(from section: SettingsSection) {
    if let text = section.string("base") {
      columns.base = Currency(text)
      if columns.base == nil { selectors[.base] = text }
    }
    if let text = section.string("quote") {
      columns.quote = Currency(text)
      if columns.quote == nil { selectors[.quote] = text }
    }
    if let text = section.string("pair") {
      if let pair = CurrencyPair(text) {
        columns.base = pair.base
        columns.quote = pair.quote
      } else {
        selectors[.pair] = text
      }
    }
  }

  private mutating func readDates(from section: SettingsSection) {
    columns.requiresDate = selectors[.date] != nil
    let format = section.value(
      "date_format", expected: "a way to write days, such as dd.mm.yyyy or d Month yyyy"
    ) { DateFormat($0) }
    if let format { columns.date = format }
    let rows = section.value("dates", expected: "agree or newest") { text in
      text == "agree" ? RateColumns.RowDates.agree : text == "newest" ? .newest : nil
    }
    if let rows { columns.rowDates = rows }
  }

  private mutating func readNames(from section: SettingsSection) {
    guard let names = section.section("names") else { return }
    for name in names.keys {
      columns.names[name] = names.value(name, expected: "a currency code such as USD") {
        Currency($0)
      }
    }
  }
}
