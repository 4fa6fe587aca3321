package import FXCore

/// Reads bodies that contain many days, each row with its own date.
///
/// Pure and bounded, like `SourceReader`.
package protocol ArchiveReader: SourceReader {
  /// True if every row contains its date; otherwise a body is of one day.
  var hasRowDates: Bool { get }

  /// Passes the readings of an archive to `handle` in the order of the body: each with one or more
  /// observations of one day; a day may be split into several readings.
  ///
  /// Days without rates are skipped. Memory: the body, its parsed form, and one reading. Throws if the
  /// body is not such an archive, and rethrows from `handle`.
  func readAll(
    _ body: [UInt8], contentType: String?,
    _ handle: (SourceReading) throws(ParseError) -> Void
  ) throws(ParseError)
}

/// The limits for archives.
package enum ArchiveLimits {
  /// The most bytes of one file after decompression; 27 years of the ECB's rates are 2 MB as CSV.
  package static let maximumBytes = 64 << 20

  /// The most bytes of one XML archive, which needs ten times that in memory; the ECB's is 8 MB.
  static let maximumMarkupBytes = 16 << 20

  /// The most rows of one archive: six times the ECB's, with a row per rate.
  static let maximumRows = 1_500_000

  /// The most days of one polled body that are read in addition to its newest: a quarter of a year
  /// without fetches.
  static let maximumDays = 92
}

extension SourceDefinition {
  /// Passes the readings of an archive file of this source to `handle`, day by day.
  ///
  /// The file has one of the publisher's archive formats or the format of the source itself, which
  /// contains many days if each row has a date, else one.
  package func readArchive(
    _ body: [UInt8], _ handle: (SourceReading) throws(ParseError) -> Void
  ) throws(ParseError) {
    guard body.count <= ArchiveLimits.maximumBytes else {
      throw ParseError("the file is larger than \(ArchiveLimits.maximumBytes >> 20) MiB")
    }
    if let format = archiveFormat(of: body) {
      return try format.reader.readAll(body, contentType: nil, handle)
    }
    if let archive = reader as? any ArchiveReader, archive.hasRowDates {
      return try archive.readAll(body, contentType: nil, handle)
    }
    try handle(try read(body, contentType: nil))
  }
}

extension SourceDefinition {
  /// Returns the publications after `day` and before `newest` that a polled body contains, oldest
  /// first; empty if a body of the source contains one day.
  ///
  /// Only days with every series of the newest are publications: an older row among newer ones is of a
  /// currency no longer quoted. At most `ArchiveLimits.maximumDays`, the latest ones.
  package func days(
    of body: [UInt8], after day: CalendarDay, before newest: SourceReading
  ) -> [SourceReading] {
    guard let last = newest.valueDate, day.advanced(by: 1) < last, hasManyDays(body) else {
      return []
    }
    var found: [CalendarDay: [Observation]] = [:]
    try? readArchive(body) { reading in
      guard let valueDate = reading.valueDate, day < valueDate, valueDate < last else { return }
      found[valueDate, default: []] += reading.observations
    }
    func series(_ observations: [Observation]) -> Set<Series> {
      Set(observations.map { Series(source: name, pair: $0.pair, side: $0.side) })
    }
    let wanted = series(newest.observations)
    return found.filter { wanted.isSubset(of: series($0.value)) }.sorted { $0.key < $1.key }
      .suffix(ArchiveLimits.maximumDays)
      .map { SourceReading(valueDate: $0.key, observations: $0.value) }
  }

  private func hasManyDays(_ body: [UInt8]) -> Bool {
    archiveFormat(of: body) != nil || (reader as? any ArchiveReader)?.hasRowDates == true
  }

  private func archiveFormat(of body: [UInt8]) -> ArchiveFormat? {
    ArchiveFormat.all.first { format in
      presetName.map { format.presets.contains($0) } == true && format.matches(body)
    }
  }
}

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
