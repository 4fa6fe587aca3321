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
    try write(
      added, from: first, source: source,
      before: stored.earliestFirstSeen ?? Timestamp(milliseconds: now.milliseconds + 1))
    let span = Span(
      numbers: Dictionary(
        uniqueKeysWithValues: added.enumerated().map { ($1.valueDate, first + Int64($0)) }),
      last: first + Int64(added.count) - 1, next: stored.lowestNumber)
    let total = history.rates.values.reduce(0) { $0 + $1.count }
    var done = 0
    for (series, rates) in history.rates.sorted(by: { $0.key < $1.key }) {
      outcome.rates += try write(rates, of: series, in: span) { count in
        progress(done + count, total)
      }
      done += rates.count
    }
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
    /// Their numbers.
    let numbers: [CalendarDay: Int64]

    /// The number of the newest of them.
    let last: Int64

    /// The number of the publication stored after them; nil if there is none.
    let next: Int64?
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

  /// Writes the publications, each first seen when it was published, but before the one after it.
  private func write(
    _ days: [ImportedHistory.Day], from first: Int64, source: Int64, before end: Timestamp
  ) throws {
    let insertion = try db.prepared(
      """
      INSERT INTO publication
        (source_id, number, value_date, first_seen, last_seen, body_hash, headlines)
      VALUES (?1, ?2, ?3, ?4, ?4, ?5, ?6)
      """)
    var next = end
    for (offset, day) in days.enumerated().reversed() {
      let instant = min(day.published, Timestamp(milliseconds: next.milliseconds - 1))
      next = instant
      try insertion.run(
        source, first + Int64(offset), day.valueDate, instant, day.bodyHash,
        day.headlines.isEmpty ? nil : day.headlines.json)
    }
  }

  /// Writes the rates of one series, and the publications that no longer list it; returns the number
  /// of rates.
  private mutating func write(
    _ rates: [ImportedHistory.DayRate], of series: Series, in span: Span, progress: (Int) -> Void
  ) throws -> Int {
    let identifier = try identifiers.of(series, in: db)
    let insertion = try db.prepared(
      """
      INSERT INTO observation
        (series_id, publication, coefficient, scale, nominal, version, published_change)
      VALUES (?, ?, ?, ?, ?, 1, ?)
      """)
    var previous: Int64?
    var count = 0
    var scale = 0
    for (index, rate) in rates.enumerated() {
      if index % Self.ratesPerReport == 0 { progress(index) }
      guard let number = span.numbers[rate.day] else { continue }
      if let previous, number > previous + 1 { try end(identifier, at: previous + 1) }
      let printed = rate.rate.printed
      try insertion.run(
        identifier, number, printed.coefficient, printed.scale, rate.rate.nominal,
        rate.publishedChange)
      scale = max(scale, printed.scale)
      previous = number
      count += 1
    }
    guard let previous else { return 0 }
    if previous < span.last {
      try end(identifier, at: previous + 1)
    } else if let next = span.next {
      try end(identifier, at: next)
    }
    try db.run(
      "UPDATE series SET scale = max(scale, ?), listed = max(listed, ?) WHERE id = ?",
      scale, span.next == nil && previous == span.last, identifier)
    return count
  }

  /// Stores that a series is no longer listed in a publication, unless the publication has it.
  private func end(_ series: Int64, at publication: Int64) throws {
    try db.run(
      """
      INSERT INTO observation (series_id, publication, coefficient, scale, nominal, version)
      VALUES (?, ?, NULL, 0, 1, 1) ON CONFLICT DO NOTHING
      """,
      series, publication)
  }
}
