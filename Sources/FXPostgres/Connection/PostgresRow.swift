import FXCore

/// One row of a result; columns are read by name.
///
/// Every value is checked: a NULL, a value of another type and one that fxwatch does not write throw an
/// `UnreadableColumn`, so that nothing traps later.
struct PostgresRow {
  let rows: PostgresRows
  let index: Int

  /// Reads a number or an identifier.
  func integer(_ column: String) throws -> Int64 { try integer(column, in: StoredRange.numbers) }

  /// Reads a number or an identifier, or nil for NULL.
  func optionalInteger(_ column: String) throws -> Int64? {
    try unlessNull(column) { try integer(column) }
  }

  /// Reads any integer, or nil for NULL.
  func optionalWholeInteger(_ column: String) throws -> Int64? {
    try unlessNull(column) { try integer(column, in: Int64.min...Int64.max) }
  }

  /// Reads a checksum of 64 bits; nil for a row without one.
  func checksum(_ column: String) throws -> Checksum? {
    try optionalWholeInteger(column).map(Checksum.init(stored:))
  }

  /// Reads a count.
  func count(_ column: String) throws -> Int { Int(try integer(column, in: 0...(1 << 40))) }

  /// Reads a number of decimals.
  func scale(_ column: String) throws -> Int {
    Int(try integer(column, in: 0...Int64(ExactDecimal.maximumScale)))
  }

  /// Reads 0 as false and 1 as true.
  func flag(_ column: String) throws -> Bool { try integer(column, in: 0...1) == 1 }

  /// Reads 0 as false and 1 as true, or nil for NULL.
  func optionalFlag(_ column: String) throws -> Bool? {
    try unlessNull(column) { try flag(column) }
  }

  /// Reads a text.
  func text(_ column: String) throws -> String {
    guard let text = String(validating: try bytes(column), as: UTF8.self) else {
      throw UnreadableColumn(column)
    }
    return text
  }

  /// Reads a text, or nil for NULL.
  func optionalText(_ column: String) throws -> String? {
    try unlessNull(column) { try text(column) }
  }

  /// Reads an instant, stored as milliseconds since 1970.
  func instant(_ column: String) throws -> Timestamp {
    Timestamp(milliseconds: try integer(column, in: StoredRange.instants))
  }

  /// Reads an instant, or nil for NULL.
  func optionalInstant(_ column: String) throws -> Timestamp? {
    try unlessNull(column) { try instant(column) }
  }

  /// Reads a day, stored as days since 1970.
  func day(_ column: String) throws -> CalendarDay {
    CalendarDay(daysSinceEpoch: Int(try integer(column, in: StoredRange.days)))
  }

  /// Reads a day, or nil for NULL.
  func optionalDay(_ column: String) throws -> CalendarDay? {
    try unlessNull(column) { try day(column) }
  }

  /// Reads and parses a JSON text.
  func json(_ column: String) throws -> JSONValue {
    do { return try JSONReader.read(Array(try bytes(column))) } catch {
      throw UnreadableColumn(column)
    }
  }

  /// Reads a JSON text without parsing it.
  func jsonText(_ column: String) throws -> JSONText { JSONText(bytes: Array(try bytes(column))) }

  /// Reads a value of an enumeration, stored as its raw text.
  func choice<Choice: RawRepresentable<String>>(_ column: String) throws -> Choice {
    guard let choice = try Choice(rawValue: text(column)) else { throw UnreadableColumn(column) }
    return choice
  }

  /// Reads the rate in `coefficient`, `scale` and `nominal`; nil if `coefficient` is NULL.
  func optionalRate() throws -> Rate? {
    try unlessNull("coefficient") {
      let coefficient = try integer("coefficient", in: Int64.min...Int64.max)
      guard let printed = try ExactDecimal(coefficient: coefficient, scale: scale("scale")),
        let rate = Rate(printed: printed, nominal: try integer("nominal"))
      else { throw UnreadableColumn("coefficient") }
      return rate
    }
  }

  /// Reads the series in `source`, `base`, `quote` and `side`.
  func series() throws -> Series {
    guard let quote = try Currency(text("quote")) else { throw UnreadableColumn("quote") }
    guard
      let series = try Series(
        source: SourceName(text("source")), storedBase: text("base"), quote: quote,
        side: choice("side"))
    else { throw UnreadableColumn("base") }
    return series
  }

  // MARK: Values

  private func place(_ column: String) throws -> Range<Int>? {
    guard let column = rows.columns[column] else { throw UnreadableColumn(column) }
    return rows.places[index * rows.width + column]
  }

  private func bytes(_ column: String) throws -> ArraySlice<UInt8> {
    guard let place = try place(column) else { throw UnreadableColumn(column) }
    return rows.bytes[place]
  }

  private func integer(_ column: String, in range: ClosedRange<Int64>) throws -> Int64 {
    let bytes = try bytes(column)
    guard [2, 4, 8].contains(bytes.count) else { throw UnreadableColumn(column) }
    var integer: Int64 = bytes.first.map { $0 >= 0x80 } == true ? -1 : 0
    for byte in bytes { integer = integer << 8 | Int64(byte) }
    guard range.contains(integer) else { throw UnreadableColumn(column) }
    return integer
  }

  private func unlessNull<Value>(_ column: String, _ value: () throws -> Value) throws -> Value? {
    try place(column) == nil ? nil : value()
  }
}
