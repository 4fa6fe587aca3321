import FXCore

/// A series of true rates as a publisher prints them: one per hour, rounded to a tick.
///
/// True rates are integers in thousandths of a tick, so that all statements about them are exact.
struct PrintedSeries: SeriesView {
  let pair: CurrencyPair
  let scale: Int
  let points: [SeriesPoint]
  let history: SeriesHistory

  /// The rates of the pair at other sources.
  var others: [SourceName: RateRange] = [:]

  /// The rates of other pairs at the same source.
  var beside: [CurrencyPair: RateRange] = [:]

  /// The instant of the first rate.
  private static let start = Timestamp(seconds: 1_771_578_000)

  /// Makes a series of true rates, oldest first, of which the last is evaluated; nil if there are none.
  init?(_ truths: [Int64], scale: Int) {
    let rates = truths.compactMap { Self.printed($0, scale: scale) }
    guard rates.count == truths.count else { return nil }
    self.init(printing: rates, scale: scale)
  }

  /// Makes a series of printed rates, oldest first, of which the last is evaluated; nil if there are none.
  init?(printing rates: [Rate], scale: Int) {
    guard let pair = CurrencyPair("EUR/USD"), !rates.isEmpty else { return nil }
    let points = rates.enumerated().map { hour, rate in
      SeriesPoint(
        rate: rate, valueDate: nil, firstSeen: Self.start + .seconds(3600 * hour),
        publication: Int64(hour) + 1, version: 1)
    }
    self.pair = pair
    self.scale = scale
    self.points = points
    history = SeriesHistory(
      points.dropLast(), keeping: [.lows, .highs, .timeSums, .publicationSums])
  }

  /// Returns the rate that a publisher prints for a true one: the nearest, halves up.
  static func printed(_ truth: Int64, scale: Int) -> Rate? {
    ExactDecimal(coefficient: (truth + 500) / 1000, scale: scale).flatMap { Rate(printed: $0) }
  }

  /// Returns the range of the printed rate of a true one.
  static func range(_ truth: Int64, scale: Int) -> RateRange? {
    printed(truth, scale: scale).map {
      RateRange(rate: $0.perUnit, tick: $0.tick(scale: scale))
    }
  }

  /// Returns the certain result of a condition when the last rate is published.
  func verdict(_ condition: Condition) -> Verdict {
    condition.evaluate(on: self, at: current.firstSeen, certainty: .certain)
  }

  var current: SeriesPoint { points[points.count - 1] }
  var previous: SeriesPoint? { points.count > 1 ? points[points.count - 2] : nil }
  var publication: Int64 { current.publication }
  var lastPublished: Timestamp { current.firstSeen }
  var publishedChange: String? { nil }
  var changeScale: Int? { nil }
  var otherDay: SeriesPoint? { nil }
  var isRevision: Bool { false }
  var isSuspect: Bool { false }
  var siblings: [CurrencyPair] { beside.keys.sorted() }

  func start(of mark: AlertMark) -> Timestamp? { nil }
  func missedPublications(at now: Timestamp) -> Int? { nil }
  func nextMissedPublication(after now: Timestamp) -> Timestamp? { nil }
  func rate(at source: SourceName) -> RateRange? { others[source] }
  func isPublished(at source: SourceName, within age: Duration, of now: Timestamp) -> Bool {
    true
  }
  func rate(on side: Side) -> RateRange? { nil }
  func rate(of sibling: CurrencyPair) -> RateRange? { beside[sibling] }
}
