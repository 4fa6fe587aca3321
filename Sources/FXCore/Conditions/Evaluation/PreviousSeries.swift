/// A series as it was evaluated with the previous publication, for values that are compared over two
/// publications.
struct PreviousSeries<Base: SeriesView>: SeriesView {
  private let base: Base
  let current: SeriesPoint

  /// The moment of that evaluation.
  let lastPublished: Timestamp

  /// The previous evaluation of a series; nil without one, and for a revision, whose day had another one.
  init?(_ base: Base) {
    guard !base.replacesLast, let previous = base.previous, let published = base.previousPublished
    else { return nil }
    self.base = base
    current = base.history.point(at: base.publication - 1, along: .publications) ?? previous
    lastPublished = published
  }

  var previous: SeriesPoint? { nil }

  /// True unless the previous publication repeated an earlier rate: the history ends with the current point.
  var replacesLast: Bool { current.publication == publication }
  var history: SeriesHistory { base.history }
  var publication: Int64 { max(current.publication, base.publication - 1) }
  var scale: Int { base.scale(of: current.rate.nominal) }
  var publishedChange: String? { nil }
  var changeScale: Int? { nil }
  var otherDay: SeriesPoint? { nil }
  var isRevision: Bool { false }
  var isSuspect: Bool { false }
  var pair: CurrencyPair { base.pair }
  var siblings: [CurrencyPair] { [] }

  func scale(of nominal: Int64) -> Int { base.scale(of: nominal) }
  func missedPublications(at now: Timestamp) -> Int? { nil }
  func nextMissedPublication(after now: Timestamp) -> Timestamp? { nil }
  func rate(at source: SourceName) -> RateRange? { nil }
  func isPublished(at source: SourceName, within age: Duration, of now: Timestamp) -> Bool {
    false
  }
  func rate(of sibling: CurrencyPair) -> RateRange? { nil }
}
