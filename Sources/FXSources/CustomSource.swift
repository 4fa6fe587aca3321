import FXCore

/// A source described in the config without code: the location of the rows and fields, and the
/// formats of numbers and dates.
enum CustomSource {
  /// The name of the rates in error messages about a source without a preset.
  static let title = "the rates"

  /// Reads the reader that a section describes; nil if anything is wrong, which is then reported.
  static func reader(_ format: CustomFormat, from section: SettingsSection) -> (any SourceReader)? {
    section.node("rates") == nil ? oneRate(format, from: section) : manyRates(format, from: section)
  }

  /// Reads a reader of rows with several rates: `rates: {USD/TWD: "[1]", JPY/USD: "[2]"}`.
  private static func manyRates(
    _ format: CustomFormat, from section: SettingsSection
  ) -> (any SourceReader)? {
    guard let places = section.section("rates") else { return nil }
    var columns: [CombinedRates.Column] = []
    for (index, name) in places.keys.enumerated() {
      guard let place = places.string(name) else { continue }
      guard let pair = CurrencyPair(name) else {
        places.problem(name, "'\(name)' is not a pair; write it like USD/TWD")
        continue
      }
      let one = section.setting(
        ["pair": name, "rate": place], without: "rates",
        problems: index == 0 ? nil : SettingsProblems())
      guard let reader = oneRate(format, from: one) else {
        if index > 0 { places.problem(name, "'\(place)' is not a location of this format") }
        return nil
      }
      columns.append(.init(pair: pair, reader: reader))
    }
    guard (1...CombinedRates.most).contains(columns.count) else {
      section.problem("rates", "expected 1 to \(CombinedRates.most) pairs with their locations")
      return nil
    }
    return CombinedRates(columns)
  }

  /// Reads a reader of rows with one rate each, or with bid and ask.
  private static func oneRate(
    _ format: CustomFormat, from section: SettingsSection
  ) -> (any SourceReader)? {
    switch format {
    case .csv: csv(from: section)
    case .html:
      section.node("table") == nil ? markup(.html, from: section) : htmlTable(from: section)
    case .json: json(from: section)
    case .regex: pattern(.body, from: section)
    case .text: pattern(.words, from: section)
    case .xlsx: workbook(from: section)
    case .xml: markup(.xml, from: section)
    }
  }

  /// The keys of which at least one is a location in JSON.
  private static let jsonPlaces = ["rows", "where"] + RateField.allCases.map(\.rawValue)

  private static func json(from section: SettingsSection) -> (any SourceReader)? {
    let isDescribed = jsonPlaces.contains { section.node($0) != nil }
    let rows = section.string("rows") ?? ""
    let isParallel = section.flag("parallel") ?? false
    let shape = section.choice("shape", JSONShape.self)
    let inside = section.enclosures()
    let checks = section.checks { text, _ in JSONPath(text) }
    guard let settings = ColumnSettings(from: section, shape: isDescribed ? .rows : .common),
      let checks, let inside
    else { return nil }
    var fields = settings.selectors
    let documentDate = fields[.date].flatMap {
      JSONPath($0).isOfDocument ? fields.removeValue(forKey: .date) : nil
    }
    var reader = JSONRates(
      title: title, rows: JSONPath(rows), fields: fields.mapValues { JSONPath($0) },
      date: documentDate.map { JSONPath($0) }, columns: settings.columns)
    reader.isParallel = isParallel
    reader.shape = shape
    reader.inside = inside
    reader.checks = checks
    reader.charset = settings.charset
    for (place, text) in settings.filters { reader.filters[JSONPath(place)] = text }
    guard isDescribed else { return CommonJSONRates(document: reader) }
    return reader
  }

  private static func markup(
    _ markup: XMLRates.Markup, from section: SettingsSection
  ) -> (any SourceReader)? {
    let hasRows = section.node("rows") != nil
    if !hasRows {
      section.problem(
        nil,
        "'rows' is required; write the XPath of the elements with one rate each, such as //Currency"
          + (markup == .html ? "; or write 'table', the XPath of a table with named columns" : ""))
    }
    let rows = section.string("rows").flatMap { section.path($0, "rows") }
    let inside = section.enclosures()
    let checks = section.checks { section.path($0, $1) }
    guard let settings = ColumnSettings(from: section, shape: .rows) else { return nil }
    var fields: [RateField: XPath] = [:]
    for (field, text) in settings.selectors { fields[field] = section.path(text, field.rawValue) }
    var filters: [XPath: String] = [:]
    for (place, text) in settings.filters {
      if let path = section.path(place, "where") { filters[path] = text }
    }
    guard let rows, let checks, let inside, fields.count == settings.selectors.count,
      filters.count == settings.filters.count
    else { return nil }
    // A path from the document begins with a slash, one from the row does not.
    let isDocumentDate = settings.selectors[.date].map(isDocumentPath) == true
    let date = isDocumentDate ? fields.removeValue(forKey: .date) : nil
    var reader = XMLRates(
      markup, title: title, rows: rows, fields: fields, date: date, columns: settings.columns,
      charset: settings.charset)
    reader.inside = inside
    reader.checks = checks
    reader.filters = filters
    return reader
  }

  private static func htmlTable(from section: SettingsSection) -> (any SourceReader)? {
    let table = section.string("table").flatMap { section.path($0, "table") }
    let inside = section.enclosures()
    let checks = section.checks { section.path($0, $1) }
    guard let (settings, layout) = layout(from: section), let table, let checks, let inside
    else { return nil }
    var reader = HTMLTableRates(
      title: title, tablePath: table, layout: layout, columns: settings.columns,
      charset: settings.charset, inside: inside, checks: checks)
    // A path from the document begins with a slash; anything else is a column.
    for (field, text) in layout.fields where isDocumentPath(text) {
      reader.layout.fields[field] = nil
      guard let path = section.path(text, field.rawValue) else { return nil }
      reader.shared[field] = path
    }
    reader.date = reader.shared.removeValue(forKey: .date)
    return reader
  }

  /// True if a text is an XPath from the document: it begins with a slash, as in `//b` and `(//b)[1]`.
  static func isDocumentPath(_ text: String) -> Bool {
    text.drop { $0 == "(" }.hasPrefix("/")
  }

  private static func csv(from section: SettingsSection) -> (any SourceReader)? {
    let delimiter = section.value("delimiter", expected: "one character, or tab") {
      text -> UInt8? in
      text == "tab" ? 0x09 : text.utf8.count == 1 ? text.utf8.first : nil
    }
    let inside = section.enclosures()
    let checks = section.checks { _, key in section.pattern(key) }
    guard let (settings, layout) = layout(from: section), let checks, let inside else { return nil }
    var reader = CSVRates(
      title: title, delimiter: delimiter, layout: layout, columns: settings.columns,
      charset: settings.charset)
    reader.inside = inside
    reader.checks = checks
    return reader
  }

  private static func workbook(from section: SettingsSection) -> (any SourceReader)? {
    let sheet = section.string("sheet")
    return layout(from: section).map { settings, layout in
      WorkbookRates(title: title, sheet: sheet, layout: layout, columns: settings.columns)
    }
  }

  /// Reads the layout of a table of cells.
  private static func layout(
    from section: SettingsSection
  ) -> (settings: ColumnSettings, layout: TableLayout)? {
    let wide = section.value("wide", expected: "base, quote, pair or date") { text in
      [RateField.base, .quote, .pair, .date].first { $0.rawValue == text }
    }
    let skipped = section.integer("skip", in: 0...100) ?? 0
    let header = section.string("header")
    let dateLine = section.integer("date_line", in: 1...100)
    let nominalLine = section.integer("nominal_line", in: 1...100)
    let carried = section.strings("carry") ?? []
    guard var settings = ColumnSettings(from: section, shape: wide.map { .wide($0) } ?? .rows)
    else { return nil }
    var layout = TableLayout(fields: settings.selectors)
    if let header { layout.header = header == "none" ? .none : .with(header) }
    layout.skippedLines = skipped
    layout.dateLine = dateLine
    layout.nominalLine = nominalLine
    if nominalLine != nil, wide == nil || wide == .date || layout.header == .none {
      section.problem(
        "nominal_line",
        "'nominal_line' needs a column for each currency; write 'wide: base', 'wide: quote' or 'wide:"
          + " pair', or remove it")
      return nil
    }
    layout.wide = wide
    layout.filters = settings.filters
    for (text, mark) in carried {
      if let field = RateField(rawValue: text), layout.fields[field] != nil {
        layout.carried.insert(field)
      } else {
        let names = layout.fields.keys.map(\.rawValue).sorted()
        section.problem(
          "carry", at: mark,
          "'\(text)' is not a key that names a column here; expected one of \(names.joined(separator: ", "))"
            + NearestName.suggestion(for: text, among: names))
      }
    }
    if dateLine != nil || wide == .date { settings.columns.requiresDate = true }
    return (settings, layout)
  }

  private static func pattern(
    _ scope: PatternRates.Scope, from section: SettingsSection
  ) -> (any SourceReader)? {
    if section.node("pattern") == nil {
      section.problem(
        nil,
        "'pattern' is required; write a regular expression that matches once per rate, with named"
          + " groups such as (?<base>[A-Z]{3}) (?<rate>[0-9.]+)")
    }
    let pattern = section.pattern("pattern")
    let date = section.pattern("date")
    let inside = section.enclosures()
    let checks = section.checks { _, key in section.pattern(key) }
    guard
      var settings = ColumnSettings(from: section, shape: .groups(pattern?.groupNames ?? [])),
      let pattern, let checks, let inside, date != nil || section.node("date") == nil
    else { return nil }
    settings.columns.requiresDate =
      date != nil || !Set(pattern.groupNames).isDisjoint(with: ["date", "month"])
    return PatternRates(
      scope: scope, title: title, pattern: pattern, date: date, columns: settings.columns,
      inside: inside, checks: checks, charset: settings.charset)
  }
}

extension SettingsSection {
  /// An XPath; nil if it is invalid, which is then reported at the key.
  fileprivate func path(_ text: String, _ key: String) -> XPath? {
    if let path = XPath(text) { return path }
    problem(key, "'\(text)' is not an XPath expression")
    return nil
  }

  /// The locations of nested documents, from the outermost inward; nil if one is invalid, which is
  /// then reported.
  ///
  /// Text that begins with `$` is a JSON path, with `/` an XPath; any other is a pattern.
  fileprivate func enclosures() -> [Enclosure]? {
    let texts = strings("inside") ?? []
    let enclosures = texts.compactMap { text, mark in
      Enclosure.read(text, "inside", at: mark, in: self)
    }
    return enclosures.count == texts.count ? enclosures : nil
  }

  /// Reads `requires` and `error`; nil if one is invalid, which is then reported.
  ///
  /// `requires` is one or several locations; `error` is a location, or `{at: LOCATION, is: TEXT}`, or
  /// `{at: LOCATION, is_not: TEXT}`.
  fileprivate func checks<Selector>(
    _ selector: (String, String) -> Selector?
  ) -> BodyChecks<Selector>? {
    var checks = BodyChecks<Selector>()
    var isWhole = true
    for (text, _) in strings("requires") ?? [] {
      if let place = selector(text, "requires") {
        checks.required.append(place)
      } else {
        isWhole = false
      }
    }
    guard let node = node("error") else { return isWhole ? checks : nil }
    var place: String?
    var expected: String?
    var excepted: String?
    if case .map = node.value, let section = section("error") {
      place = section.requiredString("at", because: "it is the location of the error text")
      expected = section.string("is")
      excepted = section.string("is_not")
      section.finish()
    } else {
      place = string("error")
    }
    guard isWhole, let place, let selector = selector(place, "error") else { return nil }
    checks.error = .init(
      place: selector, text: expected ?? excepted, isInverted: expected == nil && excepted != nil)
    return checks
  }
}
