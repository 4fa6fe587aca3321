import FXCore

/// Collects the successive rows of an archive that are of one day.
struct ArchiveRows {
  private var columns: RateColumns
  private let title: String
  private var rows: [PrintedRow] = []
  private var date: String?

  /// The number of rows, those without rates included.
  private var count = 0

  /// The number of rows with rates, and of those that cannot be read.
  private var counted = 0
  private var unreadable = 0

  /// The first row that cannot be read.
  private var firstUnreadable: SetAsideRow?

  /// Rows of columns that may contain withdrawn currencies.
  init(_ columns: RateColumns, title: String) {
    self.columns = columns
    self.title = title
    self.columns.isArchive = true
    self.columns.requiresDate = false
    self.columns.rowDates = .agree
  }

  /// Adds a row; if its day differs, first passes the collected rows to `handle`.
  mutating func add(
    _ row: PrintedRow, _ handle: (SourceReading) throws(ParseError) -> Void
  ) throws(ParseError) {
    count += 1
    guard count <= ArchiveLimits.maximumRows else {
      throw ParseError("\(title) have more than \(ArchiveLimits.maximumRows) rows")
    }
    if row.dateText != date || rows.count == BodyLimits.maximumRows { try passOn(handle) }
    date = row.dateText
    rows.append(row)
  }

  /// Passes the last rows to `handle`; throws if more than a fifth of all rows cannot be read.
  ///
  /// `passedOver` are parts of the file that were not read.
  mutating func finish(
    passedOver: [SetAsideRow] = [],
    _ handle: (SourceReading) throws(ParseError) -> Void
  ) throws(ParseError) {
    try passOn(handle)
    if RateRows.isRefused(unreadable: unreadable, of: counted), let firstUnreadable {
      throw RateColumns.refusal([firstUnreadable], unreadable: unreadable, of: counted)
    }
    if !passedOver.isEmpty {
      try handle(SourceReading(valueDate: nil, observations: [], setAside: passedOver))
    }
  }

  private mutating func passOn(
    _ handle: (SourceReading) throws(ParseError) -> Void
  ) throws(ParseError) {
    guard !rows.isEmpty else { return }
    let (valueDate, read) = try columns.interpret(PrintedTable(rows: rows), title: title)
    rows.removeAll(keepingCapacity: true)
    counted += read.count
    unreadable += read.unreadable
    if firstUnreadable == nil { firstUnreadable = read.setAside.first { $0.retired == nil } }
    let day = valueDate ?? (read.all.isEmpty ? date.flatMap { columns.date.read($0) } : nil)
    try handle(
      SourceReading(
        valueDate: day, observations: read.all.map(\.observation), setAside: read.setAside))
  }
}
