/// A series as it was evaluated with an earlier publication, for values that are compared or counted over
/// several publications.
struct PastSeries<Base: SeriesView>: SeriesView {
  private let base: Base
  let current: SeriesPoint
  let previous: SeriesPoint?

  /// The moment of that evaluation.
  let lastPublished: Timestamp

  let publication: Int64

  /// True for the previous publication unless it repeated an earlier rate: the history ends with its point.
  let replacesLast: Bool

  /// The evaluation of a series with the previous publication; nil without one, and for a revision, whose
  /// day had another one.
  init?(before base: Base) {
    guard !base.replacesLast, let previous = base.previous, let published = base.previousPublished
    else { return nil }
    self.base = base
    current = base.history.point(at: base.publication - 1, along: .publications) ?? previous
    self.previous = nil
    lastPublished = published
    publication = max(current.publication, base.publication - 1)
    replacesLast = current.publication == publication
  }

  /// The evaluation of a series when a point was published after another one.
  init(_ base: Base, at current: SeriesPoint, after previous: SeriesPoint?) {
    self.base = base
    self.current = current
    self.previous = previous
    lastPublished = current.firstSeen
    publication = current.publication
    replacesLast = false
  }

  var history: SeriesHistory { base.history }
  var scale: Int { base.scale(of: current.rate.nominal) }
  var publishedChange: String? { nil }
  var changeScale: Int? { nil }
  var otherDay: SeriesPoint? { nil }
  var isRevision: Bool { false }
  var isSuspect: Bool { false }
  var pair: CurrencyPair { base.pair }
  var siblings: [CurrencyPair] { [] }

  func scale(of nominal: Int64) -> Int { base.scale(of: nominal) }
  func start(of mark: AlertMark) -> Timestamp? { base.start(of: mark) }
  func missedPublications(at now: Timestamp) -> Int? { nil }
  func nextMissedPublication(after now: Timestamp) -> Timestamp? { nil }
  func rate(at source: SourceName) -> RateRange? { nil }
  func isPublished(at source: SourceName, within age: Duration, of now: Timestamp) -> Bool {
    false
  }
  func rate(of sibling: CurrencyPair) -> RateRange? { nil }
  func rate(on side: Side) -> RateRange? { nil }
}
