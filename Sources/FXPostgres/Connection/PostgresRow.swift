import FXCore

/// One row of a result.
struct PostgresRow: RowReading {
  let rows: PostgresRows
  let index: Int

  func isNull(_ column: StaticString) throws -> Bool { try value(column) == nil }

  func integer(_ column: StaticString, in range: ClosedRange<Int64>) throws -> Int64 {
    guard let integer = try value(column).flatMap(Self.integer) else {
      throw UnreadableValue(column)
    }
    guard range.contains(integer) else { throw UnreadableValue(column, integer) }
    return integer
  }

  func bytes(_ column: StaticString, atMost limit: Int) throws -> ArraySlice<UInt8> {
    guard let bytes = try value(column), bytes.count <= limit else {
      throw UnreadableValue(column)
    }
    return bytes
  }

  /// Reads any text or any integer of a column by its index.
  func stored(at column: Int, isText: Bool) throws -> StoredValue {
    guard let bytes = value(at: column) else { return .null }
    let value =
      isText
      ? String(validating: bytes, as: UTF8.self).map(StoredValue.text)
      : Self.integer(bytes).map(StoredValue.integer)
    guard let value else { throw UnreadableValue() }
    return value
  }

  /// Returns the bytes of a value; nil for NULL.
  private func value(_ column: StaticString) throws -> ArraySlice<UInt8>? {
    guard let index = rows.columns[column.description] else { throw UnreadableValue(column) }
    return value(at: index)
  }

  private func value(at column: Int) -> ArraySlice<UInt8>? {
    rows.places[index * rows.width + column].map { rows.bytes[$0] }
  }

  private static func integer(_ bytes: ArraySlice<UInt8>) -> Int64? {
    guard [2, 4, 8].contains(bytes.count) else { return nil }
    let sign: Int64 = bytes.first.map { $0 >= 0x80 } == true ? -1 : 0
    return bytes.reduce(sign) { $0 << 8 | Int64($1) }
  }
}
