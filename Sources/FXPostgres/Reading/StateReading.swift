import FXCore

/// The state the engine starts from, put together from the results of `StateQueries`.
struct StateReading {
  /// A series with its rates and its latest suspect one.
  private struct Line {
    var chain: StoredChain
    let suspect: SuspectPoint?
    let disappearance: Disappearance?

    /// The rate of an earlier day, where all others are of one.
    var earlier: SeriesPoint?

    var listing: Listing { chain.listing }
  }

  private var lines: [Line]

  /// The most rows of a series that are read next.
  private var limit: Int
  private let rest: Rest

  /// Everything but series.
  private struct Rest {
    let summary: PostgresRows
    let sources: PostgresRows
    let alerts: PostgresRows
    let bases: PostgresRows
    let waiting: PostgresRows
    let few: PostgresRows
    let disabled: PostgresRows
    let failing: PostgresRows
    let held: PostgresRows
    let suppressions: Suppressions
  }

  /// The statements whose results the initializer takes.
  static func statements(reach: StoredReach, now: Timestamp) -> [PostgresStatement] {
    [
      StateQueries.summary, StateQueries.sources, StateQueries.listings,
      StateQueries.rows(within: reach.lookback, of: now), StateQueries.suspects,
      StateQueries.alerts(active: false), StateQueries.bases, StateQueries.waiting,
      StateQueries.few, StateQueries.disabled, StateQueries.failing, StateQueries.held,
    ] + StateQueries.suppressions(at: now)
      + [
        StateQueries.disappearances,
        StateQueries.firstPublications(within: reach.lookback, of: now),
      ]
  }

  /// Reads the results of those statements.
  init(_ results: [PostgresRows], reach: StoredReach) throws {
    rest = Rest(
      summary: results[0], sources: results[1], alerts: results[5], bases: results[6],
      waiting: results[7], few: results[8], disabled: results[9], failing: results[10],
      held: results[11], suppressions: try Suppressions(results[12], results[13]))
    let listings = try results[2].map { try Listing($0) }
    let observations = try Self.observations(results[3], of: listings)
    let suspects = try Self.observations(results[4], of: listings)
    let disappearances = Dictionary(
      try results[14].map { row in
        (
          try row.integer("id"),
          Disappearance(publication: try row.integer("number"), at: try row.instant("first_seen"))
        )
      }
    ) { first, _ in first }
    let before = StateQueries.rowsBefore(reach.lookback)
    let publications = Dictionary(
      try results[15].map { row in
        (
          try row.integer("source_id"),
          (first: try row.optionalInteger("number") ?? .max, latest: try row.integer("latest"))
        )
      }
    ) { first, _ in first }
    limit = 2 * before
    lines = try listings.map { listing in
      let (first, latest) = publications[listing.sourceID] ?? (.max, 0)
      var chain = StoredChain(
        listing, from: first, reach.count(of: listing.series.source, upTo: latest))
      let rows = observations[listing.seriesID] ?? []
      chain.add(rows, isLast: rows.count { $0.publication < first } < before)
      return Line(
        chain: chain, suspect: try suspects[listing.seriesID]?.first.map(SuspectPoint.init),
        disappearance: disappearances[listing.seriesID])
    }
  }

  /// The statement for older rows; nil once all that rules look back on were read.
  var older: PostgresStatement? {
    let short = lines.map(\.chain).filter { !$0.isComplete }
    return short.isEmpty ? nil : StateQueries.rows(before: short, limit: limit)
  }

  /// Takes the result of that statement; the next one asks for more.
  ///
  /// Few are asked: each doubles the rows of a series that are read.
  mutating func take(older rows: PostgresRows) throws {
    let found = try Self.observations(rows, of: lines.map(\.listing))
    for index in lines.indices where !lines[index].chain.isComplete {
      let rows = found[lines[index].listing.seriesID] ?? []
      lines[index].chain.add(rows, isLast: rows.count < limit)
    }
    limit *= 2
  }

  /// Reads observations of those series that are kept in memory, by series, in the order of the rows.
  private static func observations(
    _ rows: PostgresRows, of listings: [Listing]
  ) throws -> [Int64: [StoredObservation]] {
    let listings = Dictionary(listings.map { ($0.seriesID, $0) }) { first, _ in first }
    var observations: [Int64: [StoredObservation]] = [:]
    for index in 0..<rows.count {
      let row = PostgresRow(rows: rows, index: index)
      guard let listing = listings[try row.integer("id")] else { continue }
      observations[listing.seriesID, default: []].append(try StoredObservation(row, of: listing))
    }
    return observations
  }

  /// The series whose rates are all of one day: that of the day before is to be read, too.
  var ofOneDay: [EarlierDays.Request] {
    lines.compactMap { line in
      let points = line.chain.points
      guard let latest = points.last?.point, let day = latest.valueDate,
        !points.contains(where: { $0.point.valueDate.map { $0 < day } ?? false })
      else { return nil }
      return EarlierDays.Request(
        listing: line.listing,
        publication: latest.publication, day: day)
    }
  }

  /// Adds the rates of earlier days, by series.
  mutating func add(_ earlier: [Int64: SeriesPoint]) {
    for index in lines.indices {
      lines[index].earlier = earlier[lines[index].listing.seriesID]
    }
  }

  /// The state; `known` is the number of the newest event ever stored, where it is known.
  func state(known: Int64?) throws -> StoredState {
    let summary = try rest.summary.first { row in
      (
        installation: try row.text("installation"), latest: try row.optionalInteger("latest") ?? 0,
        timestamp: try row.optionalInstant("timestamp")
      )
    }
    guard let summary else { throw UnreadableValue("installation") }
    func dictionary<Key: Hashable, Value>(
      _ rows: PostgresRows, _ made: (PostgresRow) throws -> (Key, Value)
    ) throws -> [Key: Value] {
      Dictionary(try rows.map(made)) { first, _ in first }
    }
    return StoredState(
      installation: summary.installation, latestEvent: summary.latest,
      sources: try dictionary(rest.sources) {
        (SourceName(try $0.text("name")), try SourceState($0))
      },
      series: lines.compactMap(Self.series),
      alerts: try dictionary(rest.alerts) { (try AlertKey($0), try AlertState($0)) },
      outbox: try rest.few.map(OutboxEntry.init),
      waiting: try dictionary(rest.waiting) { (try $0.text("notifier"), try $0.count("count")) },
      disabled: try dictionary(rest.disabled) { row in
        (
          try row.text("name"),
          DisabledNotifier(
            fingerprint: try row.text("fingerprint"), since: try row.instant("since"),
            reason: try row.text("reason"))
        )
      },
      failing: try dictionary(rest.failing) { (try $0.text("name"), try $0.instant("since")) },
      held: try rest.held.map { row in
        HeldEvent(
          key: .init(sequence: try row.integer("sequence"), notifier: try row.text("notifier")),
          notification: try Notification(parsing: row))
      },
      suppressions: rest.suppressions,
      alertBases: try dictionary(rest.bases) { (try AlertKey($0), try AlertBasis($0)) },
      rewind: known.flatMap { known in
        known > summary.latest
          ? StoreRewind(expected: known, found: summary.latest, since: summary.timestamp) : nil
      })
  }

  private static func series(_ line: Line) -> StoredSeries? {
    let points = line.chain.points
    guard !points.isEmpty || line.suspect != nil else { return nil }
    return StoredSeries(
      series: line.listing.series, scale: line.listing.scale,
      publishedChange: points.last?.publishedChange, isListed: line.listing.isListed,
      points: (line.earlier.map { [$0] } ?? []) + points.map(\.point), suspect: line.suspect,
      disappearance: line.disappearance, absences: line.chain.absences)
  }
}

extension Suppressions {
  /// Reads the results of `StateQueries.suppressions`.
  init(_ silences: PostgresRows, _ acknowledgements: PostgresRows) throws {
    self.init(
      silences: try silences.map(Silence.init),
      acknowledgements: try acknowledgements.map(Acknowledgement.init))
  }
}
