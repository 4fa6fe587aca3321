import FXCore

/// Collects the successive rows of an archive that are of one day.
struct ArchiveRows {
  private var columns: RateColumns
  private let title: String
  private var rows: [PrintedRow] = []
  private var date: String?
  private var count = 0

  /// Rows of columns that may contain withdrawn currencies.
  init(_ columns: RateColumns, title: String) {
    self.columns = columns
    self.title = title
    self.columns.isArchive = true
  }

  /// Adds a row; if its day differs, first passes the collected rows to `handle`.
  mutating func add(
    _ row: PrintedRow, _ handle: (SourceReading) throws(ParseError) -> Void
  ) throws(ParseError) {
    count += 1
    guard count <= ArchiveLimits.maximumRows else {
      throw ParseError("\(title) have more than \(ArchiveLimits.maximumRows) rows")
    }
    if row.dateText != date { try finish(handle) }
    date = row.dateText
    rows.append(row)
  }

  /// Passes the collected rows to `handle`.
  mutating func finish(
    _ handle: (SourceReading) throws(ParseError) -> Void
  ) throws(ParseError) {
    guard !rows.isEmpty else { return }
    let reading = try columns.reading(of: PrintedTable(rows: rows), title: title)
    rows.removeAll(keepingCapacity: true)
    if !reading.observations.isEmpty { try handle(reading) }
  }
}
