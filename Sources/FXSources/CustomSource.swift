import FXCore

/// The formats a user can describe a source in.
enum CustomFormat: String, Hashable, Sendable, CaseIterable {
  case csv
  case html
  case json
  case regex
  case text
  case xml

  /// What is sent as `Accept`.
  var accept: String {
    switch self {
    case .csv: "text/csv,text/plain;q=0.9,*/*;q=0.5"
    case .html, .text: "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5"
    case .json: "application/json,*/*;q=0.5"
    case .regex: "*/*"
    case .xml: "application/xml,text/xml;q=0.9,*/*;q=0.5"
    }
  }
}

/// A source that the user describes in the config, with no code: where the rows are, what stands in
/// them, and how figures and days are written.
enum CustomSource {
  /// What errors call the rates of a source without a preset.
  private static let title = "the rates"

  /// The reader a section describes; nil where something in it is wrong, which is then reported.
  static func reader(_ format: CustomFormat, from section: SettingsSection) -> (any SourceReader)? {
    switch format {
    case .csv: csv(from: section)
    case .html:
      section.node("table") == nil ? markup(.html, from: section) : htmlTable(from: section)
    case .json: json(from: section)
    case .regex: pattern(.body, from: section)
    case .text: pattern(.words, from: section)
    case .xml: markup(.xml, from: section)
    }
  }

  /// The keys of which one at least says where something stands in JSON.
  private static let jsonPlaces = ["rows", "where"] + RateField.allCases.map(\.rawValue)

  private static func json(from section: SettingsSection) -> (any SourceReader)? {
    let isDescribed = jsonPlaces.contains { section.node($0) != nil }
    let rows = section.string("rows") ?? ""
    let isParallel = section.flag("parallel") ?? false
    let inside = section.pattern("inside")
    let marks = section.marks { text, _ in JSONPath(text) }
    guard let settings = ColumnSettings(from: section, shape: isDescribed ? .rows : .common),
      let marks, inside != nil || section.node("inside") == nil
    else { return nil }
    var fields = settings.selectors
    // A path from the document begins with `$`, one from the row does not.
    let documentDate = fields[.date].flatMap {
      $0.hasPrefix("$") ? fields.removeValue(forKey: .date) : nil
    }
    var reader = JSONRates(
      title: title, rows: JSONPath(rows), fields: fields.mapValues { JSONPath($0) },
      date: documentDate.map { JSONPath($0) }, columns: settings.columns)
    reader.isParallel = isParallel
    reader.inside = inside
    reader.marks = marks
    reader.charset = settings.charset
    for (place, text) in settings.filters { reader.filters[JSONPath(place)] = text }
    guard isDescribed else { return CommonJSONRates(document: reader) }
    return reader
  }

  private static func markup(
    _ markup: XMLRates.Markup, from section: SettingsSection
  ) -> (any SourceReader)? {
    let isThere = section.node("rows") != nil
    if !isThere {
      section.problem(
        nil,
        "'rows' is missing; it is the XPath of what stands once for each rate, such as //Currency"
          + (markup == .html ? "; or write 'table', the XPath of a table with named columns" : ""))
    }
    let rows = section.string("rows").flatMap { section.path($0, "rows") }
    let inside = section.string("inside").flatMap { section.path($0, "inside") }
    let marks = section.marks { section.path($0, $1) }
    guard let settings = ColumnSettings(from: section, shape: .rows) else { return nil }
    var fields: [RateField: XPath] = [:]
    for (field, text) in settings.selectors { fields[field] = section.path(text, field.rawValue) }
    var filters: [XPath: String] = [:]
    for (place, text) in settings.filters {
      if let path = section.path(place, "where") { filters[path] = text }
    }
    guard let rows, let marks, fields.count == settings.selectors.count,
      filters.count == settings.filters.count, inside != nil || section.node("inside") == nil
    else { return nil }
    // A path from the document begins with a slash, one from the row does not.
    let isDocumentDate = settings.selectors[.date]?.hasPrefix("/") == true
    let date = isDocumentDate ? fields.removeValue(forKey: .date) : nil
    var reader = XMLRates(
      markup, title: title, rows: rows, fields: fields, date: date, columns: settings.columns,
      charset: settings.charset)
    reader.inside = inside
    reader.marks = marks
    reader.filters = filters
    return reader
  }

  private static func htmlTable(from section: SettingsSection) -> (any SourceReader)? {
    let table = section.string("table").flatMap { section.path($0, "table") }
    let marks = section.marks { section.path($0, $1) }
    guard let (settings, layout) = layout(from: section), let table, let marks else { return nil }
    var own = layout
    var date: XPath?
    if let text = layout.fields[.date], text.hasPrefix("/") {
      own.fields[.date] = nil
      date = section.path(text, "date")
      if date == nil { return nil }
    }
    return HTMLTableRates(
      title: title, tablePath: table, layout: own, date: date, columns: settings.columns,
      charset: settings.charset, marks: marks)
  }

  private static func csv(from section: SettingsSection) -> (any SourceReader)? {
    let delimiter = section.value("delimiter", expected: "one character, or tab") {
      text -> UInt8? in
      text == "tab" ? 0x09 : text.utf8.count == 1 ? text.utf8.first : nil
    }
    let marks = section.marks { _, key in section.pattern(key) }
    guard let (settings, layout) = layout(from: section), let marks else { return nil }
    var reader = CSVRates(
      title: title, delimiter: delimiter, layout: layout, columns: settings.columns,
      charset: settings.charset)
    reader.marks = marks
    return reader
  }

  /// Where what stands in a table of cells.
  private static func layout(
    from section: SettingsSection
  ) -> (settings: ColumnSettings, layout: TableLayout)? {
    let wide = section.value("wide", expected: "base, quote, pair or date") { text in
      [RateField.base, .quote, .pair, .date].first { $0.rawValue == text }
    }
    let skipped = section.integer("skip", in: 0...100) ?? 0
    let header = section.string("header")
    let dateLine = section.integer("date_line", in: 1...100)
    guard var settings = ColumnSettings(from: section, shape: wide.map { .wide($0) } ?? .rows)
    else { return nil }
    var layout = TableLayout(fields: settings.selectors)
    if let header { layout.header = header == "none" ? .none : .with(header) }
    layout.skippedLines = skipped
    layout.dateLine = dateLine
    layout.wide = wide
    layout.filters = settings.filters
    if dateLine != nil || wide == .date { settings.columns.requiresDate = true }
    return (settings, layout)
  }

  private static func pattern(
    _ scope: PatternRates.Scope, from section: SettingsSection
  ) -> (any SourceReader)? {
    if section.node("pattern") == nil {
      section.problem(
        nil,
        "'pattern' is missing; it is a regular expression that matches once for each rate, with"
          + " groups named as what they hold, such as (?<base>[A-Z]{3}) (?<rate>[0-9.]+)")
    }
    let pattern = section.pattern("pattern")
    let date = section.pattern("date")
    let marks = section.marks { _, key in section.pattern(key) }
    guard
      var settings = ColumnSettings(from: section, shape: .groups(pattern?.groupNames ?? [])),
      let pattern, let marks, date != nil || section.node("date") == nil
    else { return nil }
    settings.columns.requiresDate = date != nil || pattern.groupNames.contains("date")
    return PatternRates(
      scope: scope, title: title, pattern: pattern, date: date, columns: settings.columns,
      marks: marks, charset: settings.charset)
  }
}

extension SettingsSection {
  /// An XPath; nil where it is none, which is then reported at the key.
  fileprivate func path(_ text: String, _ key: String) -> XPath? {
    if let path = XPath(text) { return path }
    problem(key, "'\(text)' is not an XPath expression")
    return nil
  }

  /// What must, and what must not be in a body; nil where that is wrong, which is then reported.
  ///
  /// `requires` is a place or several; `error` is a place, or `{at: PLACE, is: TEXT}`, or
  /// `{at: PLACE, is_not: TEXT}`.
  fileprivate func marks<Selector>(
    _ selector: (String, String) -> Selector?
  ) -> BodyMarks<Selector>? {
    var marks = BodyMarks<Selector>()
    var isWhole = true
    for (text, _) in strings("requires") ?? [] {
      if let place = selector(text, "requires") {
        marks.required.append(place)
      } else {
        isWhole = false
      }
    }
    guard let node = node("error") else { return isWhole ? marks : nil }
    var place: String?
    var expected: String?
    var excepted: String?
    if case .map = node.value, let section = section("error") {
      place = section.requiredString("at", because: "it is where errors show")
      expected = section.string("is")
      excepted = section.string("is_not")
      section.finish()
    } else {
      place = string("error")
    }
    guard isWhole, let place, let selector = selector(place, "error") else { return nil }
    marks.error = .init(
      place: selector, text: expected ?? excepted, isInverted: expected == nil && excepted != nil)
    return marks
  }
}
