import FXCore
import GRDB

/// Writes imported history before a source's oldest publication, within a transaction of the caller.
///
/// Imported publications have the numbers 0, -1, -2 … from the newest to the oldest, so that those
/// of the daemon keep theirs and the order of numbers is that of days. A later import of older days
/// continues below them.
struct ImportWriter {
  let db: Database

  /// Identifiers used so far.
  var identifiers: Identifiers

  /// The number of rates between two reports of progress.
  private static let ratesPerReport = 4096

  /// Stores the days older than everything stored of the source.
  ///
  /// `progress` is called with how many of all rates are done.
  mutating func write(
    _ history: ImportedHistory, now: Timestamp, progress: (Int, Int) -> Void
  ) throws -> ImportOutcome {
    let source = try identifiers.of(history.source, in: db)
    let stored = try stored(of: source)
    var outcome = ImportOutcome()
    var added: [ImportedHistory.Day] = []
    for day in history.days {
      if stored.days.contains(day.valueDate) {
        outcome.known += 1
      } else if let oldest = stored.oldest, day.valueDate >= oldest {
        outcome.leftOut.append(day.valueDate)
      } else {
        added.append(day)
      }
    }
    outcome.added = added.map(\.valueDate)
    guard !added.isEmpty else { return outcome }
    let first = min(stored.lowestNumber ?? 1, 1) - Int64(added.count)
    let publications = publications(
      of: added, from: first, source: history.source,
      before: stored.earliestFirstSeen ?? Timestamp(milliseconds: now.milliseconds + 1))
    try write(publications, source: source)
    let next = try stored.lowestNumber.flatMap { number in
      try PublicationQueries(db: db).publication(number, of: history.source)
    }
    var span = Span(publications, next: next)
    let total = history.rates.values.reduce(0) { $0 + $1.count }
    var done = 0
    for (series, rates) in history.rates.sorted(by: { $0.key < $1.key }) {
      outcome.rates += try write(rates, of: series, in: &span) { count in
        progress(done + count, total)
      }
      done += rates.count
    }
    let writer = try ObservationWriter(db: db, source: source)
    for (number, change) in span.changes { try writer.add(change, toChecksumOf: number) }
    progress(total, total)
    return outcome
  }

  /// The stored publications of a source.
  private struct Stored {
    var days: Set<CalendarDay> = []
    var oldest: CalendarDay?
    var lowestNumber: Int64?
    var earliestFirstSeen: Timestamp?
  }

  /// The publications that an import adds.
  private struct Span {
    /// By their days.
    let publications: [CalendarDay: Publication]

    /// The number of the newest of them.
    let last: Int64

    /// The publication stored after them; nil if there is none.
    let next: Publication?

    /// By number; with `next`.
    let byNumber: [Int64: Publication]

    /// The sums by which the checksums of publications change, by number.
    var changes: [Int64: Checksum] = [:]

    init(_ publications: [Publication], next: Publication?) {
      self.next = next
      last = publications.last?.number ?? 0
      self.publications = Dictionary(publications.map { ($0.valueDate ?? $0.firstSeen.day, $0) }) {
        first, _ in first
      }
      byNumber = Dictionary(
        (publications + (next.map { [$0] } ?? [])).map { ($0.number, $0) }
      ) { first, _ in first }
    }
  }

  /// Returns the publications of a source; one without a day counts as of the UTC day of its first
  /// fetch.
  private func stored(of source: Int64) throws -> Stored {
    var stored = Stored()
    let days = try db.rows(
      """
      SELECT DISTINCT coalesce(value_date, first_seen / 86400000) AS day FROM publication
      WHERE source_id = ?
      """, source
    ) { try $0.day("day") }
    stored.days = Set(days)
    stored.oldest = days.min()
    (stored.lowestNumber, stored.earliestFirstSeen) =
      try db.first(
        """
        SELECT min(number) AS lowest, min(first_seen) AS earliest FROM publication
        WHERE source_id = ?
        """, source
      ) { (try $0.optionalInteger("lowest"), try $0.optionalInstant("earliest")) } ?? (nil, nil)
    return stored
  }

  /// Returns the publications of days, each first seen when it was published, but before the one after
  /// it.
  private func publications(
    of days: [ImportedHistory.Day], from first: Int64, source: SourceName, before end: Timestamp
  ) -> [Publication] {
    var next = end
    return days.enumerated().reversed().map { offset, day in
      let instant = min(day.published, Timestamp(milliseconds: next.milliseconds - 1))
      next = instant
      return Publication(
        number: first + Int64(offset), source: source, valueDate: day.valueDate,
        firstSeen: instant, lastSeen: instant, bodyHash: day.bodyHash, headlines: day.headlines)
    }.reversed()
  }

  private func write(_ publications: [Publication], source: Int64) throws {
    let insertion = try db.prepared(
      """
      INSERT INTO publication
        (source_id, number, value_date, first_seen, last_seen, body_hash, headlines, checksum)
      VALUES (?1, ?2, ?3, ?4, ?4, ?5, ?6, ?7)
      """)
    for publication in publications {
      try insertion.run(
        source, publication.number, publication.valueDate, publication.firstSeen,
        publication.bodyHash, publication.headlines.isEmpty ? nil : publication.headlines.json,
        (publication.checksum + publication.headlines.checksum).whole)
    }
  }

  /// Writes the rates of one series, and the publications that no longer list it; returns the number
  /// of rates.
  private mutating func write(
    _ rates: [ImportedHistory.DayRate], of series: Series, in span: inout Span,
    progress: (Int) -> Void
  ) throws -> Int {
    let known = try identifiers.known(series, in: db)
    let insertion = try db.prepared(Self.insertion)
    var previous: Int64?
    var count = 0
    var scale = 0
    for (index, rate) in rates.enumerated() {
      if index % Self.ratesPerReport == 0 { progress(index) }
      guard let publication = span.publications[rate.day] else { continue }
      let number = publication.number
      if let previous, number > previous + 1 { try end(known, at: previous + 1, in: &span) }
      try insert(rate, of: known, in: publication, &span, insertion)
      scale = max(scale, rate.rate.printed.scale)
      previous = number
      count += 1
    }
    guard let previous else { return 0 }
    if previous < span.last {
      try end(known, at: previous + 1, in: &span)
    } else if let next = span.next {
      try end(known, at: next.number, in: &span)
    }
    try db.run(
      "UPDATE series SET scale = max(scale, ?), listed = max(listed, ?) WHERE id = ?",
      scale, span.next == nil && previous == span.last, known.id)
    return count
  }

  private func insert(
    _ rate: ImportedHistory.DayRate, of series: Identifiers.KnownSeries,
    in publication: Publication, _ span: inout Span, _ insertion: PreparedStatement
  ) throws {
    let row = StoredObservation(
      SeriesPoint(
        rate: rate.rate, valueDate: publication.valueDate, firstSeen: publication.firstSeen,
        publication: publication.number, version: 1),
      publishedChange: rate.publishedChange, suspicion: nil)
    let checksum = row.checksum(of: series.checksum)
    let printed = rate.rate.printed
    try insertion.run(
      series.id, publication.number, printed.coefficient, printed.scale, rate.rate.nominal,
      rate.publishedChange, checksum.short)
    span.changes[publication.number, default: .none] += checksum
  }

  private static let insertion = """
    INSERT INTO observation
      (series_id, publication, coefficient, scale, nominal, version, published_change, checksum)
    VALUES (?, ?, ?, ?, ?, 1, ?, ?)
    """

  /// Stores that a series is no longer listed in a publication, unless the publication has it.
  private func end(
    _ series: Identifiers.KnownSeries, at number: Int64, in span: inout Span
  ) throws {
    guard let publication = span.byNumber[number] else { return }
    let row = StoredObservation(
      endAt: number, firstSeen: publication.firstSeen, valueDate: publication.valueDate)
    let checksum = row.checksum(of: series.checksum)
    try db.run(
      """
      INSERT INTO observation
        (series_id, publication, coefficient, scale, nominal, version, checksum)
      VALUES (?, ?, NULL, 0, 1, 1, ?) ON CONFLICT DO NOTHING
      """,
      series.id, number, checksum.short)
    if db.changesCount > 0 { span.changes[number, default: .none] += checksum }
  }
}
