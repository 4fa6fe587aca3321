/// The columns of a layout by index, under one header.
struct NamedColumns {
  let names: [String]
  let places: [(field: RateField, column: Int)]
  let filters: [(column: Int, text: String)]

  /// The columns of a wide table that contain rates.
  let rates: [Int]

  init(
    _ names: [String], of layout: TableLayout, hasRates: (String) -> Bool
  ) throws(ParseError) {
    self.names = names
    var places: [(field: RateField, column: Int)] = []
    for field in RateField.allCases {
      guard let name = layout.fields[field] else { continue }
      places.append((field, try Self.column(name, of: names)))
    }
    var filters: [(column: Int, text: String)] = []
    for (name, text) in layout.filters { filters.append((try Self.column(name, of: names), text)) }
    rates = names.indices.filter { column in
      hasRates(names[column]) && !places.contains { $0.column == column }
    }
    self.places = places
    self.filters = filters
  }

  /// Columns without names, by number.
  init(numbersOf layout: TableLayout) {
    names = []
    rates = []
    places = layout.fields.compactMap { field, number in
      Int(number).map { (field, $0 - 1) }
    }.filter { $0.column >= 0 }
    filters = layout.filters.compactMap { number, text in Int(number).map { ($0 - 1, text) } }
      .filter { $0.column >= 0 }
  }

  private static func column(_ name: String, of names: [String]) throws(ParseError) -> Int {
    let wanted = RowTexts.name(name).lowercased()
    if let column = names.firstIndex(where: { RowTexts.name($0).lowercased() == wanted }) {
      return column
    }
    if let number = Int(name), names.indices.contains(number - 1) { return number - 1 }
    let found = QuotedText.oneLine(names.joined(separator: ", "), maximumLength: 120)
    throw ParseError("the text has no column \(QuotedText.quoted(name)); its columns are \(found)")
  }
}
