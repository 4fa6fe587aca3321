/// A series that keeps its rate for ever, to evaluate conditions on levels.
struct ConstantSeries: SeriesView {
  let current: SeriesPoint
  let pair: CurrencyPair

  var previous: SeriesPoint? { current }
  var history: SeriesHistory { SeriesHistory([current], keeping: []) }
  var publication: Int64 { current.publication }
  var lastPublished: Timestamp { current.firstSeen }
  var scale: Int { current.rate.printed.scale }
  var publishedChange: String? { nil }
  var changeScale: Int? { nil }
  var otherDay: SeriesPoint? { nil }
  var isRevision: Bool { false }
  var isSuspect: Bool { false }
  var siblings: [CurrencyPair] { [] }

  func start(of mark: AlertMark) -> Timestamp? { nil }
  func missedPublications(at now: Timestamp) -> Int? { nil }
  func nextMissedPublication(after now: Timestamp) -> Timestamp? { nil }
  func rate(at source: SourceName) -> RateRange? { nil }
  func isPublished(at source: SourceName, within age: Duration, of now: Timestamp) -> Bool {
    false
  }
  func rate(of sibling: CurrencyPair) -> RateRange? { nil }
  func rate(on side: Side) -> RateRange? { nil }
}
