import FXCore

/// The search for the newest rates of earlier days than those of given rates, among the publications
/// before them.
///
/// The publications of the same day are skipped first, which are the same for most series of a source.
/// It is carried out in steps: each has a statement, whose result is taken.
struct EarlierDays {
  /// A rate, before whose day another one is looked for.
  struct Request {
    let listing: Listing
    let publication: Int64
    let day: CalendarDay

    fileprivate var source: Int64 { listing.sourceID }

    fileprivate var span: EarlierDays.Span {
      Span(source: source, day: day, publication: publication)
    }
  }

  /// The publications of a source for a day, up to one.
  fileprivate struct Span: Hashable {
    let source: Int64
    let day: CalendarDay
    let publication: Int64
  }

  private enum Stage {
    case latestSpans
    case otherSpans([Span])
    case points
    case complete
  }

  private let requests: [Request]

  /// The latest publication of each source and day, that stands for the others.
  private let latest: [Span: Int64]

  /// The last publication for an earlier day before those of a span.
  private var earlier: [Span: Int64] = [:]
  private var stage: Stage

  /// The rates that were found, by series.
  private(set) var points: [Int64: SeriesPoint] = [:]

  /// A search that has not begun.
  init(_ requests: [Request]) {
    self.requests = requests
    stage = requests.isEmpty ? .complete : .latestSpans
    latest = Dictionary(requests.map { (Self.key($0), $0.publication) }, uniquingKeysWith: max)
  }

  /// The key of the publications of a source for a day.
  private static func key(_ request: Request) -> Span {
    Span(source: request.source, day: request.day, publication: 0)
  }

  /// The next statement; nil once the search is complete.
  var statement: PostgresStatement? {
    switch stage {
    case .latestSpans:
      Self.spans(
        latest.map { Span(source: $0.key.source, day: $0.key.day, publication: $0.value) })
    case .otherSpans(let spans): Self.spans(spans)
    case .points: Self.points(located)
    case .complete: nil
    }
  }

  /// Takes the result of the statement.
  mutating func take(_ rows: PostgresRows) throws {
    switch stage {
    case .latestSpans, .otherSpans:
      for (span, number) in try rows.map({ row in
        (
          Span(
            source: try row.integer("source"), day: try row.day("day"),
            publication: try row.integer("publication")), try row.integer("number")
        )
      }) {
        earlier[span] = number
      }
      if case .latestSpans = stage, let others = uncovered {
        stage = .otherSpans(others)
      } else {
        stage = located.isEmpty ? .complete : .points
      }
    case .points:
      points = try rows.points(of: requests.map(\.listing))
      stage = .complete
    case .complete: break
    }
  }

  /// The span of the latest publication that also stands for a request; nil where the day went back.
  private func covering(_ request: Request) -> Span? {
    guard let last = latest[Self.key(request)] else { return nil }
    let span = Span(source: request.source, day: request.day, publication: last)
    guard request.publication < last else { return span }
    return earlier[span].map { request.publication > $0 } == true ? span : nil
  }

  /// The spans of the requests that others do not stand for; nil if there are none.
  private var uncovered: [Span]? {
    let spans = Set(requests.filter { covering($0) == nil }.map(\.span))
    return spans.isEmpty ? nil : Array(spans)
  }

  /// The requests with the last publication for an earlier day.
  private var located: [(request: Request, earlier: Int64)] {
    requests.compactMap { request in
      earlier[covering(request) ?? request.span].map { (request, $0) }
    }
  }

  private static func spans(_ spans: [Span]) -> PostgresStatement {
    var rows = PostgresRowsToWrite()
    rows.add("source", spans.map(\.source))
    rows.add("day", spans.map(\.day.stored))
    rows.add("publication", spans.map(\.publication))
    return PostgresStatement(
      """
      SELECT t.source, t.day, t.publication, earlier.number FROM ROWS, LATERAL (
        SELECT number FROM fxwatch.publication
        WHERE source_id = t.source AND number < t.publication
          AND number >= t.publication - \(PostgresLimits.publicationsPerValueDate)
          AND value_date < t.day
        ORDER BY number DESC LIMIT 1) earlier
      """, of: rows)
  }

  private static func points(
    _ located: [(request: Request, earlier: Int64)]
  ) -> PostgresStatement {
    var rows = PostgresRowsToWrite()
    rows.add("series", located.map(\.request.listing.seriesID))
    rows.add("source", located.map(\.request.source))
    rows.add("day", located.map(\.request.day.stored))
    rows.add("earlier", located.map(\.earlier))
    return PostgresStatement(
      """
      SELECT t.series AS id, found.* FROM ROWS, LATERAL (
        SELECT * FROM (
          SELECT \(StoredObservation.columns)
          FROM fxwatch.observation o JOIN fxwatch.publication p
            ON p.source_id = t.source AND p.number = o.publication
          WHERE o.series_id = t.series AND \(ObservationTables.trusted)
            AND o.publication <= t.earlier
          ORDER BY o.publication DESC LIMIT \(PostgresLimits.publicationsPerValueDate)
        ) recent WHERE value_date < t.day LIMIT 1) found
      """, of: rows)
  }
}
