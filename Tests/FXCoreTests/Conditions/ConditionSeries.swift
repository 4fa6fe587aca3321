import FXCore
import Testing

/// A series in memory for evaluating conditions: one rate per hour.
struct ConditionSeries: SeriesView {
  var points: [SeriesPoint]
  var scale: Int
  var lastPublished: Timestamp
  var pair: CurrencyPair
  /// The number of publications since the last rate.
  var repeats: Int64 = 0
  var publishedChange: String?
  var changeScale: Int?
  var otherDay: SeriesPoint?
  var isRevision = false
  var isSuspect = false
  var missed: Int?

  /// The rates of the pair at other sources.
  var others: [SourceName: RateRange] = [:]

  /// The rates of other pairs at the same source.
  var beside: [CurrencyPair: RateRange] = [:]

  /// The rates of the sides of the pair.
  var sides: [Side: RateRange] = [:]

  /// The instants of the alert.
  var marks: [AlertMark: Timestamp] = [:]

  /// The instant of hour 0.
  static let start = Timestamp(seconds: 1_771_578_000)

  /// Makes a series of printed rates, one per hour; the last one is evaluated.
  ///
  /// Nil for text that is no number.
  init?(_ texts: [String], scale: Int, nominal: Int64 = 1) {
    guard let pair = CurrencyPair("KGS/USD") else { return nil }
    self.pair = pair
    var points: [SeriesPoint] = []
    for (hour, text) in texts.enumerated() {
      guard let printed = ExactDecimal(text), let rate = Rate(printed: printed, nominal: nominal)
      else { return nil }
      points.append(
        SeriesPoint(
          rate: rate, valueDate: nil, firstSeen: Self.start + .seconds(3600 * hour),
          publication: Int64(hour) + 1, version: 1))
    }
    guard let last = points.last else { return nil }
    self.points = points
    self.scale = scale
    self.lastPublished = last.firstSeen
  }

  var current: SeriesPoint { points[points.count - 1] }

  var previous: SeriesPoint? { points.count > 1 ? points[points.count - 2] : nil }

  var history: SeriesHistory {
    SeriesHistory(points.dropLast(), keeping: [.lows, .highs, .timeSums, .publicationSums])
  }

  var publication: Int64 { current.publication + repeats }

  func start(of mark: AlertMark) -> Timestamp? { marks[mark] }

  func missedPublications(at now: Timestamp) -> Int? { missed }

  func nextMissedPublication(after now: Timestamp) -> Timestamp? {
    missed.map { _ in now + .seconds(86_400) }
  }

  func rate(at source: SourceName) -> RateRange? { others[source] }
  func isPublished(at source: SourceName, within age: Duration, of now: Timestamp) -> Bool {
    true
  }

  var siblings: [CurrencyPair] { beside.keys.sorted() }

  func rate(of sibling: CurrencyPair) -> RateRange? { beside[sibling] }

  func rate(on side: Side) -> RateRange? { sides[side] }

  /// The result of a condition when the last rate is published, or some time after.
  ///
  /// Also expects the accelerated evaluation to give the same.
  func verdict(
    _ text: String, _ certainty: Certainty = .certain, after delay: Duration = .zero
  ) throws -> Verdict {
    let (condition, now) = (try Condition(text), current.firstSeen + delay)
    let verdict = condition.evaluate(on: self, at: now, certainty: certainty)
    var expected = verdict
    if case .unknown = verdict { expected = .undecided }
    #expect(condition.evaluateBriefly(on: self, at: now, certainty: certainty) == expected)
    return verdict
  }
}
