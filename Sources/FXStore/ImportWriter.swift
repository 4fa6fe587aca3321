import FXCore
import GRDB

/// Writes imported history before a source's oldest publication, inside a transaction that someone
/// else begins and ends.
///
/// Imported publications have the numbers 0, -1, -2 … from the newest to the oldest, so that those
/// of the daemon keep theirs, and the order of numbers stays that of days. An import of older
/// days goes on where the one before ended.
struct ImportWriter {
  let db: Database

  /// Identifiers met so far; to be kept only if the transaction is committed.
  var identifiers: Identifiers

  /// How often progress is told, in figures.
  private static let figuresPerReport = 4096

  /// Stores what is older than everything stored of the source.
  ///
  /// `progress` is told how many of all figures are looked at.
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
    let numbers = Dictionary(
      uniqueKeysWithValues: added.enumerated().map { ($1.valueDate, first + Int64($0)) })
    let total = history.figures.values.reduce(0) { $0 + $1.count }
    var seen = 0
    for (series, figures) in history.figures.sorted(by: { $0.key < $1.key }) {
      outcome.figures += try write(
        figures, of: series, numbers: numbers,
        isLatest: stored.lowestNumber == nil, last: first + Int64(added.count) - 1,
        next: stored.lowestNumber
      ) { count in
        progress(seen + count, total)
      }
      seen += figures.count
    }
    progress(total, total)
    return outcome
  }

  /// What is stored of a source.
  private struct Stored {
    var days: Set<CalendarDay> = []
    var oldest: CalendarDay?
    var lowestNumber: Int64?
    var earliestFirstSeen: Timestamp?
  }

  /// The publications of a source; one without a day counts as of the UTC day it was first seen on.
  private func stored(of source: Int64) throws -> Stored {
    var stored = Stored()
    let days = try db.rows(
      """
      SELECT DISTINCT coalesce(value_date, first_seen / 86400000) FROM publication
      WHERE source_id = ?
      """, source
    ) { CalendarDay(daysSinceEpoch: Int(try $0.integer(0))) }
    stored.days = Set(days)
    stored.oldest = days.min()
    (stored.lowestNumber, stored.earliestFirstSeen) =
      try db.rows(
        "SELECT min(number), min(first_seen) FROM publication WHERE source_id = ?", source
      ) { (try $0.optionalInteger(0), try $0.optionalInstant(1)) }.first ?? (nil, nil)
    return stored
  }

  /// Writes the publications, each known from when it was published on, but before the one after it.
  private func write(
    _ days: [ImportedHistory.Day], from first: Int64, source: Int64, before end: Timestamp
  ) throws {
    var next = end
    for (offset, day) in days.enumerated().reversed() {
      let instant = min(day.published, Timestamp(milliseconds: next.milliseconds - 1))
      next = instant
      try db.run(
        """
        INSERT INTO publication
          (source_id, number, value_date, first_seen, last_seen, body_hash, headlines)
        VALUES (?1, ?2, ?3, ?4, ?4, ?5, ?6)
        """,
        source, first + Int64(offset), day.valueDate.daysSinceEpoch, instant.milliseconds,
        day.bodyHash, day.headlines.isEmpty ? nil : day.headlines.json)
    }
  }

  /// Writes the figures of one series, and where it stood no longer; gives how many there are.
  private mutating func write(
    _ figures: [ImportedHistory.Figure], of series: Series, numbers: [CalendarDay: Int64],
    isLatest: Bool, last: Int64, next: Int64?, progress: (Int) -> Void
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
    for (place, figure) in figures.enumerated() {
      if place % Self.figuresPerReport == 0 { progress(place) }
      guard let number = numbers[figure.day] else { continue }
      if let previous, number > previous + 1 { try end(of: identifier, at: previous + 1) }
      let printed = figure.rate.printed
      try insertion.run(
        identifier, number, printed.coefficient, printed.scale, figure.rate.nominal,
        figure.publishedChange)
      scale = max(scale, printed.scale)
      previous = number
      count += 1
    }
    guard let previous else { return 0 }
    if previous < last {
      try end(of: identifier, at: previous + 1)
    } else if let next {
      try end(of: identifier, at: next)
    }
    try db.run(
      "UPDATE series SET scale = max(scale, ?), listed = max(listed, ?) WHERE id = ?",
      scale, isLatest && previous == last, identifier)
    return count
  }

  /// Says that a series stood no longer in a publication, unless it did.
  private func end(of series: Int64, at publication: Int64) throws {
    try db.run(
      """
      INSERT INTO observation (series_id, publication, coefficient, scale, nominal, version)
      VALUES (?, ?, NULL, 0, 1, 1) ON CONFLICT DO NOTHING
      """,
      series, publication)
  }
}
