import FXCore

/// The keys that all formats of a described source share.
///
/// `base` and `quote` are a currency if they are a code in capitals, else the location of the code;
/// `pair` likewise. `nominal` is a number or a location. All other locations are written in the
/// language of the format: an XPath, a JSON path, a column.
struct ColumnSettings {
  var columns: RateColumns

  /// The location of each text, as written.
  private(set) var selectors: [RateField: String] = [:]

  private(set) var charset: Charset?

  /// Texts that rows must contain, by location.
  private(set) var filters: [String: String] = [:]

  /// Reads the shared keys; nil if one of them is wrong, which is then reported.
  ///
  /// `shape` gives the fields that need no key: a wide table's headers and cells, a pattern's groups.
  init?(from section: SettingsSection, shape: Shape) {
    columns = RateColumns(number: Self.numberFormat(in: section), date: .isoBeginning)
    columns.isDescribed = section.path.first != PresetDescription.path
    var isWhole = true
    if let decimal = columns.number.decimal?.rawValue,
      decimal == columns.number.thousands?.rawValue
    {
      section.problem("thousands", "'\(decimal)' is already the decimal mark; choose another")
      isWhole = false
    }
    if case .groups(let names) = shape {
      for field in RateField.allCases where names.contains(field.rawValue) {
        selectors[field] = field.rawValue
      }
    }
    readCurrencies(from: section)
    for field in [
      RateField.rate, .bid, .ask, .exponent, .change, .date, .year, .month, .day, .direction,
    ] {
      if let text = section.string(field.rawValue) { selectors[field] = text }
    }
    if !readNominal(from: section) { isWhole = false }
    if let unit = section.choice("unit", RateColumns.MetalUnit.self) { columns.metalUnit = unit }
    readDates(from: section)
    readSides(from: section)
    charset = section.value("charset", expected: "a charset such as windows-1251") {
      Charset(label: $0)
    }
    columns.ignored = Set(
      (section.strings("ignore") ?? []).flatMap { entry in
        let name = RowTexts.name(entry.text)
        return [name, name.lowercased()]
      })
    columns.wanted = Set(
      (section.strings("only") ?? []).map { RowTexts.name($0.text).uppercased() })
    readNames(from: section)
    if !readPatterns(from: section) { isWhole = false }
    if let section = section.section("where") {
      for key in section.keys { filters[key] = section.string(key).map(RowTexts.name) }
    }
    if !hasKeys(for: RateField.currencies, in: shape) {
      section.problem(
        nil, "the currencies of the rates are missing; write 'base' and 'quote', or 'pair'")
      isWhole = false
    }
    if !hasKeys(for: RateField.rates, in: shape) {
      section.problem(nil, "'rate' is missing; write 'rate', or 'bid' and 'ask'")
      isWhole = false
    }
    if !isWhole { return nil }
  }

  /// The fields that a format provides without keys.
  enum Shape {
    /// No fields.
    case rows
    /// Rates, with this field as column headers.
    case wide(RateField)
    /// The fields named by a pattern's groups.
    case groups([String])
    /// All fields.
    case common
  }

  private func hasKeys(for fields: [RateField], in shape: Shape) -> Bool {
    var known = Set(selectors.keys)
    for pattern in columns.patterns.values {
      known.formUnion(pattern.groupNames.compactMap { RateField(rawValue: $0) })
    }
    if case .wide(let headers) = shape { known.formUnion([.rate, headers]) }
    if case .common = shape { return true }
    if columns.base != nil { known.insert(.base) }
    if columns.quote != nil { known.insert(.quote) }
    return fields == RateField.currencies
      ? known.contains(.pair) || known.isSuperset(of: [.base, .quote])
      : !known.isDisjoint(with: fields)
  }

  private static func numberFormat(in section: SettingsSection) -> NumberFormat {
    var number = NumberFormat(
      decimal: section.choice("decimal", NumberFormat.DecimalMark.self),
      thousands: section.choice("thousands", NumberFormat.ThousandsMark.self))
    number.rounding = section.integer("round", in: 0...ExactDecimal.maximumScale)
    number.absent = Set(
      (section.strings("absent") ?? []).map { RowTexts.name($0.text).lowercased() })
    return number
  }

  /// Reads `nominal`, a number of units or its location; false if the number is out of range.
  private mutating func readNominal(from section: SettingsSection) -> Bool {
    guard let text = section.string("nominal") else { return true }
    if let units = Int64(text) { columns.nominal = units } else { selectors[.nominal] = text }
    if (1...1_000_000_000).contains(columns.nominal) { return true }
    section.problem("nominal", "'\(text)' is not a number of units from 1 to 1000000000")
    return false
  }

  /// The currency of all rows; a code that is not registered is a location, such as `ISO`.
  private static func constant(_ text: String) -> Currency? {
    if let unit = MinorUnits.currency(text) { return unit.currency }
    return Currency(text).flatMap { CurrencyRegistry.status(of: $0) == .unknown ? nil : $0 }
  }

  private mutating func readCurrencies(from section: SettingsSection) {
    columns.base = readCurrency(.base, from: section)
    columns.quote = readCurrency(.quote, from: section)
    columns.minorOfBase = minor(of: .base, from: section)
    columns.minorOfQuote = minor(of: .quote, from: section)
    if let text = section.string("pair") {
      if let pair = CurrencyPair(text) {
        columns.base = pair.base
        columns.quote = pair.quote
      } else {
        selectors[.pair] = text
      }
    }
  }

  /// The number of minor units in a constant such as `GBp`, which is otherwise 1.
  private func minor(of field: RateField, from section: SettingsSection) -> Int64 {
    guard case .scalar(let text, _) = section.node(field.rawValue)?.value else { return 1 }
    return MinorUnits.currency(text)?.count ?? 1
  }

  /// The currency of all rows, or nil if it is read from the body; `{is: BTC}` allows any code.
  private mutating func readCurrency(
    _ field: RateField, from section: SettingsSection
  ) -> Currency? {
    let key = field.rawValue
    if case .map = section.node(key)?.value, let section = section.section(key) {
      defer { section.finish() }
      return section.value("is", expected: "a currency code such as BTC") { Currency($0) }
    }
    guard let text = section.string(key) else { return nil }
    if let currency = Self.constant(text) { return currency }
    selectors[field] = text
    return nil
  }

  private mutating func readDates(from section: SettingsSection) {
    columns.requiresDate = selectors[.date] != nil || selectors[.month] != nil
    let format = section.value(
      "date_format",
      expected: "a date format such as dd.mm.yyyy or d Month yyyy, with * for any text"
    ) { DateFormat($0) }
    if let format { columns.date = format }
    if let calendar = section.choice("calendar", DateCalendar.self) {
      columns.date.calendar = calendar
    }
    let offset = section.value("zone", expected: "an offset from UTC, such as +05:00") {
      DateFormat.seconds(ofOffset: $0)
    }
    if let offset { columns.date.offset = offset }
    if let months = section.strings("months") {
      columns.date.monthNames = months.map { $0.text.lowercased() }
      if months.count != 12 {
        section.problem(
          "months", "expected 12 names, found \(months.count); list all months from January on")
      }
    }
    let rows = section.value("dates", expected: "agree or newest") { text in
      text == "agree" ? RateColumns.RowDates.agree : text == "newest" ? .newest : nil
    }
    if let rows { columns.rowDates = rows }
    if let repeats = section.choice("repeats", RateColumns.Repeats.self) {
      columns.repeats = repeats
    }
  }

  /// Reads `side`: mid, bid or ask, or its location if there is `sides` or a group of a pattern.
  private mutating func readSides(from section: SettingsSection) {
    if let words = section.section("sides") {
      for word in words.keys {
        columns.sides[RowTexts.name(word)] = words.choice(word, Side.self)
      }
      if let text = section.string("side") { selectors[.side] = text }
    } else {
      columns.side = section.choice("side", Side.self) ?? .mid
    }
  }

  private mutating func readNames(from section: SettingsSection) {
    guard let names = section.section("names") else { return }
    for name in names.keys {
      columns.names[RowTexts.name(name)] = names.value(
        name, expected: "a currency such as USD, units of one such as 100 JPY, or a pair USD/JPY"
      ) { RateColumns.NamedCurrency($0) }
    }
  }

  /// Reads the patterns; false if one of them is invalid.
  private mutating func readPatterns(from section: SettingsSection) -> Bool {
    var isWhole = true
    if let patterns = section.section("patterns") {
      for key in patterns.keys {
        guard let field = RateField(rawValue: key) else { continue }
        columns.patterns[field] = patterns.pattern(key)
        if columns.patterns[field] == nil { isWhole = false }
      }
      patterns.finish(knowing: RateField.allCases.map(\.rawValue))
    }
    columns.swapped = section.pattern("swap")
    return isWhole && (columns.swapped != nil || section.node("swap") == nil)
  }
}

extension SettingsSection {
  /// A regular expression whose named groups are fields of a row.
  func pattern(_ key: String) -> TextPattern? {
    guard let text = string(key) else { return nil }
    do throws(PatternProblem) {
      let pattern = try TextPattern(text)
      for name in pattern.groupNames where RateField(rawValue: name) == nil {
        let names = RateField.allCases.map(\.rawValue)
        problem(
          key,
          "unknown group '\(name)'; expected one of \(names.joined(separator: ", "))"
            + NearestName.suggestion(for: name, among: names))
        return nil
      }
      return pattern
    } catch {
      problem(key, "'\(text)' is not a regular expression: \(error.message)")
      return nil
    }
  }

  /// Reports every key that is not one of these.
  fileprivate func finish(knowing names: [String]) {
    for name in names { _ = node(name) }
    finish()
  }
}
