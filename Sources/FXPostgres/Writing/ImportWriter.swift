import FXCore

/// Writes imported history before a source's oldest publication, within a transaction of the caller.
///
/// Imported publications have the numbers 0, -1, -2 … from the newest to the oldest, so that those
/// of the daemon keep theirs and the order of numbers is that of days. A later import of older days
/// continues below them.
struct ImportWriter {
  private let session: PostgresSession

  /// A writer of a session.
  init(_ session: PostgresSession) { self.session = session }

  /// The publications of a source.
  private struct Stored {
    var days: Set<CalendarDay> = []
    var oldest: CalendarDay?
    var lowestNumber: Int64?
    var earliestFirstSeen: Timestamp?
  }

  /// Stores the days older than everything stored of the source.
  ///
  /// `progress` is called with how many of all rates are done.
  func write(
    _ history: ImportedHistory, now: Timestamp, progress: (Int, Int) -> Void
  ) throws -> ImportOutcome {
    _ = try session.run([
      NameStatements.sources([history.source]), NameStatements.series(history.rates.keys.sorted()),
    ])
    let stored = try stored(of: history.source)
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
    try write(publications, of: history.source)
    let numbers = Dictionary(
      publications.map { ($0.valueDate ?? $0.firstSeen.day, $0.number) }
    ) { first, _ in first }
    let last = publications.last?.number ?? 0
    let total = history.rates.values.reduce(0) { $0 + $1.count }
    var done = 0
    for (series, rates) in history.rates.sorted(by: { $0.key < $1.key }) {
      outcome.rates += try write(
        rates.compactMap { rate in numbers[rate.day].map { ($0, rate) } }, of: series,
        last: last, next: stored.lowestNumber)
      done += rates.count
      progress(done, total)
    }
    return outcome
  }

  /// Returns the publications of a source; one without a day counts as of the UTC day of its first
  /// fetch.
  private func stored(of source: SourceName) throws -> Stored {
    var stored = Stored()
    let results = try session.run([
      PostgresStatement(
        """
        SELECT DISTINCT coalesce(value_date, first_seen / 86400000) AS day
        FROM fxwatch.publication JOIN fxwatch.source ON source.id = source_id WHERE name = $1
        """, .text(source.text)),
      PostgresStatement(
        """
        SELECT min(number) AS lowest, min(first_seen) AS earliest
        FROM fxwatch.publication JOIN fxwatch.source ON source.id = source_id WHERE name = $1
        """, .text(source.text)),
    ])
    stored.days = Set(try results[0].map { try $0.day("day") })
    stored.oldest = stored.days.min()
    (stored.lowestNumber, stored.earliestFirstSeen) =
      try results[1].first {
        (try $0.optionalInteger("lowest"), try $0.optionalInstant("earliest"))
      } ?? (nil, nil)
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

  private func write(_ publications: [Publication], of source: SourceName) throws {
    var rows = PostgresRowsToWrite()
    rows.add("source", publications.map { _ in source.text })
    rows.add("number", publications.map(\.number))
    rows.add("value_date", publications.map { $0.valueDate?.stored })
    rows.add("first_seen", publications.map(\.firstSeen.stored))
    rows.add("last_seen", publications.map(\.lastSeen.stored))
    rows.add("body_hash", publications.map(\.bodyHash))
    rows.add("headlines", publications.map { $0.headlines.isEmpty ? nil : $0.headlines.json })
    _ = try session.run(
      [
        PostgresStatement(
          """
          INSERT INTO fxwatch.publication
            (source_id, number, value_date, first_seen, last_seen, body_hash, headlines)
          SELECT source.id, \(rows.list(1)) FROM ROWS JOIN fxwatch.source ON source.name = t.source
          """, of: rows)
      ], within: PostgresLimits.importing)
  }

  /// Writes the rates of one series, and the publications that no longer list it; returns the number
  /// of rates.
  private func write(
    _ rates: [(number: Int64, rate: ImportedHistory.DayRate)], of series: Series, last: Int64,
    next: Int64?
  ) throws -> Int {
    guard let newest = rates.last?.number else { return 0 }
    var ends = zip(rates, rates.dropFirst()).compactMap { earlier, later in
      later.number > earlier.number + 1 ? earlier.number + 1 : nil
    }
    if newest < last { ends.append(newest + 1) } else if let next { ends.append(next) }
    var rows = PostgresRowsToWrite()
    SeriesColumns.add(
      Array(repeating: series, count: rates.count + ends.count), to: &rows)
    let none = [Int64?](repeating: nil, count: ends.count)
    rows.add("publication", rates.map(\.number) + ends)
    rows.add("coefficient", rates.map { $0.rate.rate.printed.coefficient } + none)
    rows.add("scale", rates.map { Int64($0.rate.rate.printed.scale) } + ends.map { _ in 0 })
    rows.add("nominal", rates.map { $0.rate.rate.nominal } + ends.map { _ in 1 })
    rows.add("published_change", rates.map { $0.rate.publishedChange } + ends.map { _ in nil })
    let scale = rates.map { Int64($0.rate.rate.printed.scale) }.max() ?? 0
    let isListed = next == nil && newest == last
    var names = PostgresRowsToWrite()
    SeriesColumns.add([series], to: &names)
    _ = try session.run(
      [
        PostgresStatement(
          """
          INSERT INTO fxwatch.observation
            (series_id, publication, coefficient, scale, nominal, published_change, version)
          SELECT series.id, \(rows.list(4)), 1 FROM ROWS \(SeriesColumns.join)
          ON CONFLICT DO NOTHING
          """, of: rows),
        PostgresStatement(
          """
          UPDATE fxwatch.series
          SET scale = greatest(scale, \(scale)), listed = greatest(listed, \(isListed ? 1 : 0))
          FROM ROWS JOIN fxwatch.source ON source.name = t.source
          WHERE series.source_id = source.id AND series.base = t.base AND series.quote = t.quote
            AND series.side = t.side
          """, of: names),
      ], within: PostgresLimits.importing)
    return rates.count
  }
}
