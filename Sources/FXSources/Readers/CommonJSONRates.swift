import FXCore

/// Reads JSON in the shapes that most rate APIs share, with nothing said of what stands where.
///
/// Either an object of figures by code beside their base, `{"base": "USD", "date": "2026-02-20",
/// "rates": {"EUR": 0.9123}}`, or a list of objects with `base`, `quote` and `rate` or with `pair` and
/// `rate`, as Frankfurter, ExchangeRate-API, Open Exchange Rates, Fixer and their like answer. Any
/// other shape is refused with a sentence: what a figure means is never guessed from its name alone.
struct CommonJSONRates: TableReader {
  /// How the document is entered: decoding, what it must have, where JSON stands in more than JSON.
  let document: JSONRates

  var title: String { document.title }
  var columns: RateColumns { document.columns }
  var charset: Charset? { document.charset }

  /// Names under which objects of figures by code, or lists of them, stand.
  private static let tables = ["rates", "conversion_rates", "quotes", "data"]

  /// Names of the currency all those figures are for one unit of.
  private static let bases = ["base", "base_code", "base_currency", "source"]

  /// Names of the day, the plain ones first.
  private static let days = [
    "date", "value_date", "time_last_update_unix", "timestamp", "updated_at", "last_updated_at",
  ]

  func table(_ body: [UInt8], contentType: String?) throws(ParseError) -> PrintedTable {
    let root = try document.root(body, contentType: contentType)
    let reader = try form(of: root.value)
    var table = PrintedTable(rows: try reader.printedRows(from: root))
    table.date = reader.date?.text(in: root).map(Self.day)
    for index in table.rows.indices {
      table.rows[index].texts[.date] = table.rows[index].texts[.date].map(Self.day)
    }
    return table
  }

  /// Where what stands in this document.
  private func form(of root: JSONValue) throws(ParseError) -> JSONRates {
    var reader = document
    let day = Self.days.first { root[$0]?.text != nil }
    reader.date = day.map { JSONPath("$.\($0)") }
    for name in [""] + Self.tables {
      guard let value = name.isEmpty ? root : root[name] else { continue }
      if case .array(let elements) = value, let fields = Self.fields(of: elements.first) {
        reader.rows = JSONPath(name)
        reader.fields = fields
        return reader
      }
      guard case .object(let members) = value, !name.isEmpty,
        members.contains(where: { Currency($0.name) != nil && $0.value.text != nil }),
        let base = Self.bases.first(where: { root[$0]?.text.flatMap { Currency($0) } != nil })
      else { continue }
      reader.rows = JSONPath("\(name).*")
      reader.fields = [.base: JSONPath("$.\(base)"), .quote: JSONPath("#"), .rate: JSONPath(".")]
      return reader
    }
    throw ParseError(
      "the body is JSON, but neither 'rates' by code beside their 'base' nor a list of 'base',"
        + " 'quote' and 'rate'; say where what stands, with 'rows', 'base', 'quote' and 'rate'")
  }

  /// The fields of a list's elements, judged by the first of them.
  private static func fields(of element: JSONValue?) -> [RateField: JSONPath]? {
    guard let element else { return nil }
    let printed = [RateField.pair, .base, .quote, .rate, .bid, .ask, .date].filter {
      element[$0.rawValue]?.text != nil
    }
    let known = Set(printed)
    guard known.contains(.pair) || known.isSuperset(of: [.base, .quote]),
      !known.isDisjoint(with: RateField.figures)
    else { return nil }
    return Dictionary(uniqueKeysWithValues: printed.map { ($0, JSONPath($0.rawValue)) })
  }

  /// A day as `yyyy-mm-dd`, where it is printed as an instant in seconds or milliseconds.
  private static func day(_ text: String) -> String {
    guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let unix = DateFormat("unix") else {
      return text
    }
    return unix.read(text)?.description ?? text
  }
}
