import FXCore

/// The formats a user can describe a source in.
enum CustomFormat: String, Hashable, Sendable, CaseIterable {
  case csv
  case html
  case json
  case xml

  /// What is sent as `Accept`.
  var accept: String {
    switch self {
    case .csv: "text/csv,text/plain;q=0.9,*/*;q=0.5"
    case .html: "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5"
    case .json: "application/json,*/*;q=0.5"
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
    guard let settings = ColumnSettings(from: section, format: format) else {
      format.askAll(section)
      return nil
    }
    switch format {
    case .csv: return csv(settings, from: section)
    case .json: return json(settings, from: section)
    case .xml: return markup(.xml, settings, from: section)
    case .html: return markup(.html, settings, from: section)
    }
  }

  private static func json(
    _ settings: ColumnSettings, from section: SettingsSection
  ) -> (any SourceReader)? {
    var fields = settings.selectors
    // A path from the document begins with `$.`, one from the row does not.
    let documentDate = fields[.date].flatMap { $0.hasPrefix("$.") ? $0.dropFirst(2) : nil }
    if documentDate != nil { fields[.date] = nil }
    return JSONRates(
      title: title, rows: JSONPath(section.string("rows") ?? ""),
      fields: fields.mapValues { JSONPath($0) }, date: documentDate.map { JSONPath(String($0)) },
      columns: settings.columns)
  }

  private static func markup(
    _ markup: XMLRates.Markup, _ settings: ColumnSettings, from section: SettingsSection
  ) -> (any SourceReader)? {
    let rows = section.requiredString(
      "rows", because: "it is the XPath of what stands once for each rate, such as //Currency")
    var isWhole = rows != nil
    func path(_ text: String, _ key: String) -> XPath? {
      if let path = XPath(text) { return path }
      section.problem(key, "'\(text)' is not an XPath expression")
      isWhole = false
      return nil
    }
    var fields: [RateField: XPath] = [:]
    for (field, text) in settings.selectors { fields[field] = path(text, field.rawValue) }
    // A path from the document begins with a slash, one from the row does not.
    let isDocumentDate = settings.selectors[.date]?.hasPrefix("/") == true
    let date = isDocumentDate ? fields.removeValue(forKey: .date) : nil
    guard let rows = rows.flatMap({ path($0, "rows") }), isWhole else { return nil }
    return XMLRates(
      markup, title: title, rows: rows, fields: fields, date: date, columns: settings.columns,
      charset: settings.charset)
  }

  private static func csv(
    _ settings: ColumnSettings, from section: SettingsSection
  ) -> (any SourceReader)? {
    let delimiter = section.value("delimiter", expected: "one character, or tab") {
      text -> UInt8? in
      text == "tab" ? 0x09 : text.utf8.count == 1 ? text.utf8.first : nil
    }
    let skipped = section.integer("skip", in: 0...100) ?? 0
    let dateLine = section.integer("date_line", in: 1...100)
    let wide = section.value("wide", expected: "base or quote") { text -> RateField? in
      text == "base" ? .base : text == "quote" ? .quote : nil
    }
    var columns = settings.columns
    if dateLine != nil { columns.requiresDate = true }
    return CSVRates(
      title: title, delimiter: delimiter, skippedLines: skipped, fields: settings.selectors,
      dateLine: dateLine, wide: wide, columns: columns, charset: settings.charset)
  }
}

extension CustomFormat {
  /// Asks for the keys of the format's own, so that they are not unknown where the description is
  /// wrong elsewhere.
  fileprivate func askAll(_ section: SettingsSection) {
    let keys =
      switch self {
      case .csv: ["delimiter", "skip", "date_line", "wide"]
      case .html, .json, .xml: ["rows"]
      }
    for key in keys { _ = section.node(key) }
  }
}
