import FXCore
import GRDB

/// A stored value that no fxwatch writes: the file was damaged or changed by other hands.
struct UnreadableValue: Error {}

/// Reading columns by position. A NULL or a text out of place is thrown, never trapped on.
extension Row {
  func integer(_ column: Int) throws -> Int64 { try decode(atIndex: column) }

  func optionalInteger(_ column: Int) throws -> Int64? { try decode(atIndex: column) }

  func text(_ column: Int) throws -> String { try decode(atIndex: column) }

  func optionalText(_ column: Int) throws -> String? { try decode(atIndex: column) }

  func instant(_ column: Int) throws -> Timestamp { Timestamp(milliseconds: try integer(column)) }

  func optionalInstant(_ column: Int) throws -> Timestamp? {
    try optionalInteger(column).map(Timestamp.init(milliseconds:))
  }

  func optionalDay(_ column: Int) throws -> CalendarDay? {
    try optionalInteger(column).map { CalendarDay(daysSinceEpoch: Int($0)) }
  }

  func json(_ column: Int) throws -> JSONValue { try JSONReader.read(Array(text(column).utf8)) }

  /// The value of an enumeration kept by its raw text.
  func choice<Choice: RawRepresentable<String>>(_ column: Int) throws -> Choice {
    guard let choice = try Choice(rawValue: text(column)) else { throw UnreadableValue() }
    return choice
  }

  /// A series from four columns: source, base, quote, side.
  func series(from column: Int) throws -> Series {
    try series(of: SourceName(text(column)), from: column + 1)
  }

  /// A series of a source from three columns: base, quote, side.
  func series(of source: SourceName, from column: Int) throws -> Series {
    guard let base = try Currency(text(column)), let quote = try Currency(text(column + 1))
    else { throw UnreadableValue() }
    return Series(
      source: source, pair: CurrencyPair(base: base, quote: quote), side: try choice(column + 2))
  }
}

extension Database {
  /// Runs one statement, prepared once per connection.
  func run(_ sql: String, _ arguments: StatementArguments) throws {
    try cachedStatement(sql: sql).execute(arguments: arguments)
  }

  /// The rows of one query, prepared once per connection, each made into a value at once.
  func rows<Value>(
    _ sql: String, _ arguments: StatementArguments = [], _ value: (Row) throws -> Value
  ) throws -> [Value] {
    let cursor = try Row.fetchCursor(cachedStatement(sql: sql), arguments: arguments)
    var values: [Value] = []
    while let row = try cursor.next() { values.append(try value(row)) }
    return values
  }
}
