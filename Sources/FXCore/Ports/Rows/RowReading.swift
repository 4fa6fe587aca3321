/// One row of a query's result; columns are read by name.
///
/// Every value is checked: a NULL, a value of another type and one that fxwatch does not write throw an
/// `UnreadableValue`, so that nothing traps later. A store has only the three functions of the protocol.
/// The others, and the initializers from rows, are inlined into it: millions of columns are read.
package protocol RowReading {
  associatedtype Bytes: Collection<UInt8>

  /// Returns true if a column is NULL.
  func isNull(_ column: StaticString) throws -> Bool

  /// Reads an integer within a range.
  func integer(_ column: StaticString, in range: ClosedRange<Int64>) throws -> Int64

  /// Reads the bytes of a text; they are valid as long as the row.
  func bytes(_ column: StaticString, atMost limit: Int) throws -> Bytes
}

extension RowReading {
  /// Reads a number or an identifier.
  @inlinable
  package func integer(_ column: StaticString) throws -> Int64 {
    try integer(column, in: StoredRange.numbers)
  }

  /// Reads a number or an identifier, or nil for NULL.
  @inlinable
  package func optionalInteger(_ column: StaticString) throws -> Int64? {
    try isNull(column) ? nil : integer(column)
  }

  /// Reads a checksum of 64 bits; nil for a row of an earlier version.
  @inlinable
  package func checksum(_ column: StaticString) throws -> Checksum? {
    try isNull(column)
      ? nil : Checksum(stored: integer(column, in: Int64.min...Int64.max))
  }

  /// Reads a count.
  @inlinable
  package func count(_ column: StaticString) throws -> Int {
    Int(try integer(column, in: StoredRange.counts))
  }

  /// Reads a number of decimals.
  @inlinable
  package func scale(_ column: StaticString) throws -> Int {
    Int(try integer(column, in: 0...Int64(ExactDecimal.maximumScale)))
  }

  /// Reads 0 as false and 1 as true.
  @inlinable
  package func flag(_ column: StaticString) throws -> Bool {
    try integer(column, in: 0...1) == 1
  }

  /// Reads 0 as false and 1 as true, or nil for NULL.
  @inlinable
  package func optionalFlag(_ column: StaticString) throws -> Bool? {
    try isNull(column) ? nil : flag(column)
  }

  /// Reads a text.
  @inlinable
  package func text(_ column: StaticString) throws -> String {
    let bytes = try bytes(column, atMost: StoredRange.textBytes)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw UnreadableValue(column)
    }
    return text
  }

  /// Reads a text, or nil for NULL.
  @inlinable
  package func optionalText(_ column: StaticString) throws -> String? {
    try isNull(column) ? nil : text(column)
  }

  /// Reads an instant, stored as milliseconds since 1970.
  @inlinable
  package func instant(_ column: StaticString) throws -> Timestamp {
    Timestamp(milliseconds: try integer(column, in: StoredRange.instants))
  }

  /// Reads an instant, or nil for NULL.
  @inlinable
  package func optionalInstant(_ column: StaticString) throws -> Timestamp? {
    try isNull(column) ? nil : instant(column)
  }

  /// Reads a day, stored as days since 1970.
  @inlinable
  package func day(_ column: StaticString) throws -> CalendarDay {
    CalendarDay(daysSinceEpoch: Int(try integer(column, in: StoredRange.days)))
  }

  /// Reads a day, or nil for NULL.
  @inlinable
  package func optionalDay(_ column: StaticString) throws -> CalendarDay? {
    try isNull(column) ? nil : day(column)
  }

  /// Reads and parses a JSON text.
  @inlinable
  package func json(_ column: StaticString) throws -> JSONValue {
    let text = try jsonText(column)
    do { return try JSONReader.read(text.bytes) } catch { throw UnreadableValue(column) }
  }

  /// Reads a JSON text without parsing it.
  @inlinable
  package func jsonText(_ column: StaticString) throws -> JSONText {
    JSONText(bytes: Array(try bytes(column, atMost: StoredRange.documentBytes)))
  }

  /// Reads a value of an enumeration, stored as its raw text.
  @inlinable
  package func choice<Choice: RawRepresentable<String>>(
    _ column: StaticString
  ) throws -> Choice {
    guard let choice = try Choice(rawValue: text(column)) else { throw UnreadableValue(column) }
    return choice
  }

  // MARK: Groups of columns

  /// Reads the rate in `coefficient`, `scale` and `nominal`.
  @inlinable
  package func rate() throws -> Rate {
    let coefficient = try integer("coefficient", in: Int64.min...Int64.max)
    guard let printed = try ExactDecimal(coefficient: coefficient, scale: scale("scale")) else {
      throw UnreadableValue("coefficient", coefficient)
    }
    let nominal = try integer("nominal")
    guard let rate = Rate(printed: printed, nominal: nominal) else {
      throw UnreadableValue("nominal", nominal)
    }
    return rate
  }

  /// Reads a rate, or nil if `coefficient` is NULL: the series was no longer listed.
  @inlinable
  package func optionalRate() throws -> Rate? { try isNull("coefficient") ? nil : rate() }

  /// Reads the series in `source`, `base`, `quote` and `side`.
  @inlinable
  package func series() throws -> Series { try series(of: SourceName(text("source"))) }

  /// Reads the series of a source in `base`, `quote` and `side`.
  @inlinable
  package func series(of source: SourceName) throws -> Series {
    guard let quote = try Currency(text("quote")) else { throw UnreadableValue("quote") }
    guard
      let series = try Series(
        source: source, storedBase: text("base"), quote: quote, side: choice("side"))
    else { throw UnreadableValue("base") }
    return series
  }
}
