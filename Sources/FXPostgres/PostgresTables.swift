package import FXCore

/// The tables of a PostgreSQL database as plain values.
package struct PostgresTables: TableCopying {
  private let session: PostgresSession

  /// Opens a database; with `creating`, creates the tables if they are missing.
  package init(_ target: PostgresTarget, creating: Bool) throws(StoreProblem) {
    session = PostgresSession(target)
    if creating { try Schema.migrate(session) } else { try Schema.requireCurrent(session) }
  }

  /// The row of `meta` that is of this kind of store only.
  private static func condition(_ table: StoredTable) -> String {
    table.name == "meta" ? "key <> 'schema'" : "true"
  }

  package func count(of table: StoredTable) throws(StoreProblem) -> Int {
    let rows = try session.read(
      PostgresStatement(
        "SELECT count(*) AS count FROM fxwatch.\(table.name) WHERE \(Self.condition(table))"))
    do { return try rows.first { try $0.count("count") } ?? 0 } catch {
      throw StoreProblem(error, at: session.location)
    }
  }

  package func rows(
    of table: StoredTable, behind key: [StoredValue]?, limit: Int
  ) throws(StoreProblem) -> [[StoredValue]] {
    let names = (key ?? []).indices.map { "$\($0 + 1)" }.joined(separator: ", ")
    let condition = key == nil ? "true" : "(\(table.key.joined(separator: ", "))) > (\(names))"
    return try fetch(
      """
      SELECT \(table.columns.joined(separator: ", ")) FROM fxwatch.\(table.name)
      WHERE \(Self.condition(table)) AND \(condition)
      ORDER BY \(table.key.joined(separator: ", ")) LIMIT \(limit)
      """, table.columns, key ?? [], of: table)
  }

  package func lastKey(of table: StoredTable) throws(StoreProblem) -> [StoredValue]? {
    let order = table.key.map { "\($0) DESC" }.joined(separator: ", ")
    return try fetch(
      """
      SELECT \(table.key.joined(separator: ", ")) FROM fxwatch.\(table.name)
      WHERE \(Self.condition(table)) ORDER BY \(order) LIMIT 1
      """, table.key, [], of: table
    ).first
  }

  package func put(_ rows: [[StoredValue]], into table: StoredTable) throws(StoreProblem) {
    var written = PostgresRowsToWrite()
    for (index, column) in table.columns.enumerated() {
      if table.texts.contains(column) {
        written.add(column, rows.map { $0[index].textOrNil })
      } else {
        written.add(column, rows.map { $0[index].integerOrNil })
      }
    }
    if table.name == "event" { written.add("summary", try summaries(of: rows, in: table)) }
    let changes = written.names.dropFirst(table.keyCount).map { "\($0) = excluded.\($0)" }
    let hasCell = [
      "disabled_notifier", "failing_notifier", "event", "delivery", "delivery_attempt", "held",
    ].contains(table.name)
    let key = (table.key + (hasCell ? ["cell"] : [])).joined(separator: ", ")
    _ = try session.run(
      [
        PostgresStatement(
          """
          INSERT INTO fxwatch.\(table.name) (\(written.names.joined(separator: ", ")))
          SELECT \(written.list(0)) FROM ROWS ON CONFLICT (\(key)) \
          \(changes.isEmpty ? "DO NOTHING" : "DO UPDATE SET " + changes.joined(separator: ", "))
          """, of: written)
      ], within: PostgresLimits.importing)
  }

  /// The summaries of events, which are in their data or in that of their alert.
  private func summaries(
    of rows: [[StoredValue]], in table: StoredTable
  ) throws(StoreProblem) -> [String?] {
    let (data, alert) = (
      table.columns.firstIndex(of: "data"), table.columns.firstIndex(of: "alert_id")
    )
    guard let data, let alert else { return [] }
    let alerts = try session.read(
      AlertQueries.firings(of: rows.compactMap { $0[alert].textOrNil }))
    do {
      let firings = Dictionary(
        try alerts.map { try AlertQueries.firing($0) }
      ) { first, _ in first }
      return rows.map { row in
        let text =
          row[data].textOrNil.map { JSONText(bytes: Array($0.utf8)) }
          ?? row[alert].textOrNil.flatMap { firings[$0] }
        return text?.value["summary"]?.text ?? ""
      }
    } catch {
      throw StoreProblem(error, at: session.location)
    }
  }

  /// Lets new identifiers follow those that were copied.
  package func finish() throws(StoreProblem) {
    _ = try session.run(
      ["source", "series", "silence", "acknowledgement"].map { table in
        PostgresStatement(
          """
          SELECT setval(pg_get_serial_sequence('fxwatch.\(table)', 'id'), max(id))
          FROM fxwatch.\(table) HAVING max(id) IS NOT NULL
          """)
      })
  }

  private func fetch(
    _ sql: String, _ columns: [String], _ values: [StoredValue], of table: StoredTable
  ) throws(StoreProblem) -> [[StoredValue]] {
    let rows = try session.read(PostgresStatement(sql, values: values.map(\.parameter)))
    do {
      return try rows.map { row in
        try columns.enumerated().map { index, column in
          try row.stored(at: index, isText: table.texts.contains(column))
        }
      }
    } catch {
      throw StoreProblem(error, at: session.location)
    }
  }
}

extension StoredValue {
  fileprivate var parameter: PostgresValue {
    switch self {
    case .null: .integer(nil)
    case .integer(let integer): .integer(integer)
    case .text(let text): .text(text)
    }
  }

  fileprivate var textOrNil: String? { if case .text(let text) = self { text } else { nil } }

  fileprivate var integerOrNil: Int64? {
    if case .integer(let integer) = self { integer } else { nil }
  }
}
