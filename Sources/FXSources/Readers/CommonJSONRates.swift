import FXCore

/// Reads JSON of the structures common to most rate APIs, without settings.
///
/// Either an object of rates by code with their base, `{"base": "USD", "date": "2026-02-20",
/// "rates": {"EUR": 0.9123}}`, or a list of objects with `base`, `quote` and `rate` or with `pair`
/// and `rate`, as Frankfurter, ExchangeRate-API, Open Exchange Rates and Fixer return. Any other
/// structure is refused: the meaning of a number is never guessed from its name alone.
struct CommonJSONRates: TableReader {
  /// The settings that apply to the whole document: decoding, checks, nesting.
  let document: JSONRates

  var title: String { document.title }
  var columns: RateColumns { document.columns }
  var charset: Charset? { document.charset }
  var takesLinearTime: Bool { document.inside.isEmpty && document.checks.isEmpty }

  /// Names of objects of rates by code, or of lists of rates.
  private static let tables = ["rates", "conversion_rates", "quotes", "data"]

  /// Names of the base currency of all rates.
  private static let bases = ["base", "base_code", "base_currency", "source"]

  /// Names of the date, plain dates first.
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

  /// Returns the reader for the structure of a document.
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
      "the body is JSON of an unknown structure; expected 'base' and 'rates', or a list with 'base',"
        + " 'quote' and 'rate'; set 'rows', 'base', 'quote' and 'rate' for any other")
  }

  /// Returns the fields of a list's elements, judged by the first element.
  private static func fields(of element: JSONValue?) -> [RateField: JSONPath]? {
    guard let element else { return nil }
    let printed = [RateField.pair, .base, .quote, .rate, .bid, .ask, .date].filter {
      element[$0.rawValue]?.text != nil
    }
    let known = Set(printed)
    guard known.contains(.pair) || known.isSuperset(of: [.base, .quote]),
      !known.isDisjoint(with: RateField.rates)
    else { return nil }
    return Dictionary(uniqueKeysWithValues: printed.map { ($0, JSONPath($0.rawValue)) })
  }

  /// Converts an instant in seconds or milliseconds to `yyyy-mm-dd`; returns other text unchanged.
  private static func day(_ text: String) -> String {
    guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let unix = DateFormat("unix") else {
      return text
    }
    return unix.read(text)?.description ?? text
  }
}
