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
    var lowest: Publication?
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
    let first = min(stored.lowest?.number ?? 1, 1) - Int64(added.count)
    let publications = publications(
      of: added, from: first, source: history.source,
      before: stored.earliestFirstSeen ?? Timestamp(milliseconds: now.milliseconds + 1))
    try write(publications, of: history.source)
    let byDay = Dictionary(
      publications.map { ($0.valueDate ?? $0.firstSeen.day, $0) }
    ) { first, _ in first }
    let total = history.rates.values.reduce(0) { $0 + $1.count }
    var done = 0
    for (series, rates) in history.rates.sorted(by: { $0.key < $1.key }) {
      outcome.rates += try write(
        rates.compactMap { rate in byDay[rate.day].map { ($0, rate) } }, of: series,
        among: publications, next: stored.lowest)
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
        SELECT min(first_seen) AS earliest
        FROM fxwatch.publication JOIN fxwatch.source ON source.id = source_id WHERE name = $1
        """, .text(source.text)),
      PostgresStatement(
        """
        SELECT \(Publication.columns)
        FROM fxwatch.publication JOIN fxwatch.source ON source.id = source_id WHERE name = $1
        ORDER BY number LIMIT 1
        """, .text(source.text)),
    ])
    stored.days = Set(try results[0].map { try $0.day("day") })
    stored.oldest = stored.days.min()
    stored.earliestFirstSeen =
      try results[1].first { try $0.optionalInstant("earliest") } ?? nil
    stored.lowest = try results[2].first(Publication.init)
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
    rows.add("checksum", publications.map(\.checksum.whole))
    rows.add("headlines_checksum", publications.map(\.headlines.storedChecksum))
    rows.add("observations_checksum", publications.map { _ in 0 })
    _ = try session.run(
      [
        PostgresStatement(
          """
          INSERT INTO fxwatch.publication (source_id, \(rows.names.dropFirst().joined(separator: ", ")))
          SELECT source.id, \(rows.list(1)) FROM ROWS JOIN fxwatch.source ON source.name = t.source
          """, of: rows)
      ], within: PostgresLimits.importing)
  }

  /// Writes the rates of one series, and the publications that no longer list it; returns the number
  /// of rates.
  ///
  /// `publications` are all that are imported, and `next` is the one behind them, if there is one.
  private func write(
    _ rates: [(publication: Publication, rate: ImportedHistory.DayRate)], of series: Series,
    among publications: [Publication], next: Publication?
  ) throws -> Int {
    guard let newest = rates.last?.publication.number, let first = publications.first?.number,
      let last = publications.last?.number
    else { return 0 }
    var ends = zip(rates, rates.dropFirst()).compactMap { earlier, later in
      later.publication.number > earlier.publication.number + 1
        ? publications[Int(earlier.publication.number + 1 - first)] : nil
    }
    if newest < last {
      ends.append(publications[Int(newest + 1 - first)])
    } else if let next {
      ends.append(next)
    }
    let observations =
      rates.map { publication, rate in
        StoredObservation(
          publication: publication.number, firstSeen: publication.firstSeen,
          valueDate: publication.valueDate, rate: rate.rate, version: 1,
          publishedChange: rate.publishedChange.map(PostgresValue.storable), suspicion: nil)
      }
      + ends.map {
        StoredObservation(
          endAt: $0.number, firstSeen: $0.firstSeen, valueDate: $0.valueDate)
      }
    let scale = rates.map { Int64($0.rate.rate.printed.scale) }.max() ?? 0
    let isListed = next == nil && newest == last
    var names = PostgresRowsToWrite()
    SeriesColumns.add([series], to: &names)
    _ = try session.run(
      [
        Self.write(observations, of: series),
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

  /// Returns the statement that writes observations of a series, unless they are stored, and adds them to
  /// the sums of their publications.
  private static func write(
    _ observations: [StoredObservation], of series: Series
  ) -> PostgresStatement {
    var rows = PostgresRowsToWrite()
    SeriesColumns.add(observations.map { _ in series }, to: &rows)
    rows.add("publication", observations.map(\.publication))
    rows.add("coefficient", observations.map { $0.rate?.printed.coefficient })
    rows.add("scale", observations.map { Int64($0.rate?.printed.scale ?? 0) })
    rows.add("nominal", observations.map { $0.rate?.nominal ?? 1 })
    rows.add("published_change", observations.map(\.publishedChange))
    let checksum = series.checksum
    rows.add("checksum", observations.map { $0.checksum(of: checksum).short })
    return PostgresStatement(
      """
      WITH written AS (
        INSERT INTO fxwatch.observation
          (series_id, publication, coefficient, scale, nominal, published_change, checksum, version)
        SELECT series.id, \(rows.list(4)), 1 FROM ROWS \(SeriesColumns.join)
        ON CONFLICT DO NOTHING RETURNING series_id, publication, checksum)
      UPDATE fxwatch.publication SET observations_checksum = observations_checksum + written.checksum
      FROM written JOIN fxwatch.series ON series.id = written.series_id
      WHERE publication.source_id = series.source_id AND number = written.publication
      """, of: rows)
  }
}
