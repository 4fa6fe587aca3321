package import FXCore

/// Understands bodies that hold many days, each row dated by itself.
///
/// Pure and bounded, as `SourceReader` is.
package protocol ArchiveReader: SourceReader {
  /// Whether every row of a body says its own day; otherwise a body is of one day.
  var datesEachRow: Bool { get }

  /// Gives `take` what an archive says, piece by piece in the order of the body: one or more
  /// observations of one day each, and one day possibly in several pieces.
  ///
  /// Days without figures are passed over. Memory: the body, its parsed form, and one piece. Throws
  /// where the body is anything but such an archive, or what `take` throws.
  func readAll(
    _ body: [UInt8], contentType: String?,
    _ take: (SourceReading) throws(ParseError) -> Void
  ) throws(ParseError)
}

/// How much of an archive is taken on.
package enum ArchiveLimits {
  /// Bytes of one file after decompression: 27 years of the ECB's rates are 2 MB as CSV.
  package static let maximumBytes = 64 << 20

  /// Bytes of one XML archive, which takes ten times that in memory: the ECB's is 8 MB.
  static let maximumMarkupBytes = 16 << 20

  /// Rows of one archive: six times the ECB's, with a row for each figure.
  static let maximumRows = 1_500_000

  /// Days of one polled body that are taken in beside its newest: a quarter of a year of absence.
  static let maximumDays = 92
}

extension SourceDefinition {
  /// Gives `take` what a file of this source's archive says, day by day.
  ///
  /// The file is in one of the forms in which the publisher offers its history, or what the source
  /// itself prints: with many days where each row has its own, else with one.
  package func readArchive(
    _ body: [UInt8], _ take: (SourceReading) throws(ParseError) -> Void
  ) throws(ParseError) {
    guard body.count <= ArchiveLimits.maximumBytes else {
      throw ParseError("the file is larger than \(ArchiveLimits.maximumBytes >> 20) MiB")
    }
    if let form = archiveForm(of: body) {
      return try form.reader.readAll(body, contentType: nil, take)
    }
    if let archive = reader as? any ArchiveReader, archive.datesEachRow {
      return try archive.readAll(body, contentType: nil, take)
    }
    try take(try read(body, contentType: nil))
  }
}

extension SourceDefinition {
  /// The days of publication after `day` and before that of `newest` which a polled body holds beside
  /// it, oldest first; none where the source prints one day at a time.
  ///
  /// Only days that have every series of the newest: a row that is older than its neighbours is a
  /// currency that was not quoted since, and no publication. At most `ArchiveLimits.maximumDays`,
  /// the latest ones.
  package func days(
    of body: [UInt8], after day: CalendarDay, before newest: SourceReading
  ) -> [SourceReading] {
    guard let last = newest.valueDate, day.advanced(by: 1) < last, holdsDays(body) else {
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

  private func holdsDays(_ body: [UInt8]) -> Bool {
    archiveForm(of: body) != nil || (reader as? any ArchiveReader)?.datesEachRow == true
  }

  private func archiveForm(of body: [UInt8]) -> ArchiveForm? {
    ArchiveForm.all.first { form in
      presetName.map { form.presets.contains($0) } == true && form.matches(body)
    }
  }
}

/// Rows of an archive as they come, collected as long as they are of one day.
struct ArchiveRows {
  private var columns: RateColumns
  private let title: String
  private var rows: [PrintedRow] = []
  private var date: String?
  private var count = 0

  /// Rows of columns that may hold what is out of use today.
  init(_ columns: RateColumns, title: String) {
    self.columns = columns
    self.title = title
    self.columns.isArchive = true
  }

  /// Takes one more row; gives on those of the day before it.
  mutating func add(
    _ row: PrintedRow, _ take: (SourceReading) throws(ParseError) -> Void
  ) throws(ParseError) {
    count += 1
    guard count <= ArchiveLimits.maximumRows else {
      throw ParseError("\(title) have more than \(ArchiveLimits.maximumRows) rows")
    }
    if row.dateText != date { try finish(take) }
    date = row.dateText
    rows.append(row)
  }

  /// Gives on what is left.
  mutating func finish(
    _ take: (SourceReading) throws(ParseError) -> Void
  ) throws(ParseError) {
    guard !rows.isEmpty else { return }
    let reading = try columns.reading(of: PrintedTable(rows: rows), title: title)
    rows.removeAll(keepingCapacity: true)
    if !reading.observations.isEmpty { try take(reading) }
  }
}
