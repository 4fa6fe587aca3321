/// Rows that are sent as one array for each column.
struct PostgresRowsToWrite {
  /// The names of the columns.
  private(set) var names: [String] = []

  /// An array for each column.
  private(set) var values: [PostgresValue] = []

  /// Rows without columns.
  init() {}

  /// Adds a column of integers.
  mutating func add(_ name: String, _ integers: [Int64?]) {
    names.append(name)
    values.append(.integers(integers))
  }

  /// Adds a column of texts.
  mutating func add(_ name: String, _ texts: [String?]) {
    names.append(name)
    values.append(.texts(texts))
  }

  /// Adds a column of documents.
  mutating func add(_ name: String, documents: [[UInt8]?]) {
    names.append(name)
    values.append(.documents(documents))
  }

  /// The table in SQL: `unnest($1::bigint[], $2::text[]) AS t(number, name)`.
  var table: String {
    let arrays = values.enumerated().map { "$\($0.offset + 1)::\($0.element.kind.name)" }
    return "unnest(\(arrays.joined(separator: ", "))) AS t(\(names.joined(separator: ", ")))"
  }

  /// The columns from an index on, as `t.a, t.b`.
  func list(_ first: Int) -> String {
    names.dropFirst(first).map { "t.\($0)" }.joined(separator: ", ")
  }
}
