import FXCore

/// Rows of a body of which nothing is known yet, with the settings that find them.
struct SampledTable {
  /// A text that each row may have.
  struct Column {
    /// The location of the text, as the format writes it.
    let place: String

    /// The words that may name its meaning, in lower case: those of the location or the header.
    let words: [String]

    /// The texts by row; empty where a row has none.
    var texts: [String]

    /// True if the texts are numbers of the format, not text.
    var areNumbers = false

    /// A column; its words are those of `name`, also within `camelCase`.
    init(place: String, name: String, texts: [String]) {
      self.place = place
      self.texts = texts
      var words = [""]
      var isCapital = true
      for letter in name {
        if !letter.isLetter { words.append("") }
        if letter.isUppercase, !isCapital { words.append("") }
        isCapital = letter.isUppercase
        if letter.isLetter { words[words.count - 1] += letter.lowercased() }
      }
      self.words = words.filter { !$0.isEmpty }
    }
  }

  /// The most rows of a sample; the kind of a column shows in fewer.
  static let longest = 300

  /// The settings that find the rows, such as `rows` or `table`.
  var settings: [SourceProposal.Setting]

  /// The texts of the rows; all columns have as many.
  var columns: [Column]

  /// Texts that apply to all rows, each a column of one text.
  var shared: [Column] = []

  /// The field that the column names contain, and the names, in a table with a column per currency.
  var wide: (field: RateField, names: [String])?

  /// Returns the tables of a body, in its order, and its format.
  static func all(
    in body: [UInt8], contentType: String?
  ) throws(ParseError) -> (format: CustomFormat, tables: [SampledTable]) {
    let title = "rates"
    if BinaryFormat.isWorkbook(body) {
      let grid = try WorkbookGrid(Workbook(body), date: .isoBeginning, title: title)
        .lines(ofSheet: nil, maximumLines: BodyLimits.maximumRows)
      return (.xlsx, of(grid: grid))
    }
    let decoder = BodyDecoder(title: title, charset: nil, inside: [])
    let text = try decoder.text(of: body, contentType: contentType, .lenient)
    switch text.first(where: { $0 > 0x20 }) {
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      let reader = JSONRates(
        title: title, rows: JSONPath(""), fields: [:], date: nil,
        columns: RateColumns(number: .dot, date: .isoBeginning))
      return (.json, of(json: try reader.root(body, contentType: contentType).value))
    case UInt8(ascii: "<"):
      if !WrongPage.isHTML(text), let tree = try? XMLTree(text, .xml) {
        return (.xml, try of(xml: tree))
      }
      return (.html, try of(html: XMLTree(text, .html)))
    default:
      let reader = CSVRates(
        title: title, layout: TableLayout(fields: [:]),
        columns: RateColumns(number: .dot, date: .isoBeginning))
      return (
        .csv,
        of(
          grid: try reader.grid(
            of: body, contentType: contentType, maximumLines: BodyLimits.maximumRows))
      )
    }
  }
}

// MARK: - Grids

extension SampledTable {
  /// The most lines before the column names.
  private static let longestPreface = 8

  /// The longest text of a column name; a longer one is addressed by number.
  private static let longestName = 60

  /// Returns the table of a grid of cells, and the one that it is with a column per currency.
  static func of(
    grid: [TableLayout.Line], settings: [SourceProposal.Setting] = []
  ) -> [SampledTable] {
    guard let header = headerIndex(in: grid) else {
      let rows = grid.prefix(longest).map(\.cells)
      let width = rows.map(\.count).max() ?? 0
      return [
        SampledTable(
          settings: settings + [.init("header", "none")],
          columns: (0..<width).map { column(String($0 + 1), "", $0, of: rows) })
      ]
    }
    let names = grid[header].cells.map(RowTexts.name)
    let rows = grid[(header + 1)...].prefix(longest).map(\.cells)
    let counts = Dictionary(names.map { ($0.lowercased(), 1) }, uniquingKeysWith: +)
    var settings = settings
    if header > 0 {
      let mark = names.first { name in
        !name.isEmpty && name.count <= longestName
          && !grid[..<header].contains { line in
            line.cells.contains { RowTexts.name($0).lowercased() == name.lowercased() }
          }
      }
      guard let mark else { return [] }
      settings.append(.init("header", mark))
    }
    let columns = names.indices.map { index in
      let name = names[index]
      let isPlace =
        !name.isEmpty && name.count <= longestName && counts[name.lowercased()] == 1
        && Int(name) == nil
      return column(isPlace ? name : String(index + 1), name, index, of: rows)
    }
    var tables = [SampledTable(settings: settings, columns: columns)]
    let codes = names.filter { Currency($0).map(isKnown) ?? false }
    let pairs = names.filter { CurrencyPair($0) != nil }
    if pairs.count > 1 || codes.count > 2 {
      var table = tables[0]
      table.wide = pairs.count > 1 ? (.pair, pairs) : (.base, codes)
      tables.insert(table, at: 0)
    }
    return tables
  }

  private static func column(
    _ place: String, _ name: String, _ index: Int, of rows: [[String]]
  ) -> Column {
    Column(
      place: place, name: name,
      texts: rows.map { index < $0.count ? RowTexts.name($0[index]) : "" })
  }

  /// Returns the index of the first line that has only words, and a number in the line below.
  private static func headerIndex(in grid: [TableLayout.Line]) -> Int? {
    grid.indices.dropLast().prefix(longestPreface).first { index in
      let cells = grid[index].cells.filter { !$0.isEmpty }
      return cells.count > 1 && !cells.contains(where: isNumber)
        && grid[index + 1].cells.contains(where: isNumber)
    }
  }

  private static func isNumber(_ text: String) -> Bool {
    text.contains { $0.isNumber } && !text.contains { $0.isLetter }
  }

  /// True if a code is that of a currency, in use or not.
  static func isKnown(_ currency: Currency) -> Bool {
    CurrencyRegistry.status(of: currency) != .unknown
  }
}

// MARK: - HTML

extension SampledTable {
  /// The most tables of a page that are looked at.
  private static let mostTables = 60

  /// Returns the tables of a page that have rows.
  static func of(html tree: XMLTree) throws(ParseError) -> [SampledTable] {
    var grids = try HTMLGrid()
    var tables: [SampledTable] = []
    let nodes = try tree.nodes(XPath(stated: "//table").compiled())
    let ids = nodes.map { XMLTree.attribute("id", of: $0) ?? "" }
    for (index, node) in nodes.prefix(mostTables).enumerated() {
      let id = ids[index]
      let isNamed =
        !id.isEmpty && ids.count(where: { $0 == id }) == 1
        && id.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_".contains($0)) }
      let place =
        isNamed ? "//table[@id='\(id)']" : nodes.count == 1 ? "//table" : "(//table)[\(index + 1)]"
      tables += of(
        grid: try grids.lines(of: node, in: tree, title: "rates"),
        settings: [.init("table", place)])
    }
    return tables
  }
}
