/// A series as the conditions of a rule read it that has windows since its alert was armed or fired.
struct AlertSeries: SeriesView {
  private let base: EvaluatedSeries
  private let armed: Timestamp?
  private let fired: Timestamp?

  /// A series with the progress of the alert before the evaluation.
  ///
  /// A revision of the rate that armed the alert is evaluated as that rate was, before it did.
  init(_ base: EvaluatedSeries, _ progress: AlertProgress?, isRevision: Bool = false) {
    self.base = base
    fired = progress?.firing?.since
    if isRevision, let arming = progress?.arming, arming.at >= base.current.firstSeen {
      armed = arming.earliest
    } else {
      armed = progress?.arming?.at
    }
  }

  func start(of mark: AlertMark) -> Timestamp? {
    switch mark {
    case .armed: armed
    case .fired: fired
    }
  }

  var current: SeriesPoint { base.current }
  var previous: SeriesPoint? { base.previous }
  var history: SeriesHistory { base.history }
  var replacesLast: Bool { base.replacesLast }
  var publication: Int64 { base.publication }
  var lastPublished: Timestamp { base.lastPublished }
  var previousPublished: Timestamp? { base.previousPublished }
  var scale: Int { base.scale }
  var publishedChange: String? { base.publishedChange }
  var changeScale: Int? { base.changeScale }
  var otherDay: SeriesPoint? { base.otherDay }
  var isRevision: Bool { base.isRevision }
  var isSuspect: Bool { base.isSuspect }
  var pair: CurrencyPair { base.pair }
  var siblings: [CurrencyPair] { base.siblings }

  func scale(of nominal: Int64) -> Int { base.scale(of: nominal) }
  func missedPublications(at now: Timestamp) -> Int? { base.missedPublications(at: now) }
  func nextMissedPublication(after now: Timestamp) -> Timestamp? {
    base.nextMissedPublication(after: now)
  }
  func rate(at source: SourceName) -> RateRange? { base.rate(at: source) }
  func isPublished(at source: SourceName, within age: Duration, of now: Timestamp) -> Bool {
    base.isPublished(at: source, within: age, of: now)
  }
  func rate(of sibling: CurrencyPair) -> RateRange? { base.rate(of: sibling) }
  func rate(on side: Side) -> RateRange? { base.rate(on: side) }
}
