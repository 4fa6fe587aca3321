/// A series as conditions read it while one publication is evaluated.
///
/// One reference, passed on by everything that reads it; its properties are the inputs of conditions.
final class EvaluatedSeries: SeriesView, Sendable {
  /// The memory of the series, at its index; nothing is copied out of it.
  let table: [SeriesMemory]
  let index: Int
  let current: SeriesPoint
  let previous: SeriesPoint?
  let scale: Int
  let lastPublished: Timestamp
  let publication: Int64
  let publishedChange: String?
  let isRevision: Bool
  let isSuspect: Bool
  let replacesLast: Bool

  /// The place of the current point as it was stored; `current` has that of the first version of its
  /// day.
  private let stored: (firstSeen: Timestamp, publication: Int64)

  /// The time of the source's publication before; nil for the one before the view's point.
  private let sourcePublished: Timestamp?

  /// The part that all series of a publication share; one reference, as a view is made per line.
  let context: PublicationContext

  /// The series at an index of a table, with `point` as its current point, which takes the place of an
  /// earlier one where `place` is that.
  init(
    table: [SeriesMemory], index: Int, point: SeriesPoint, place: SeriesPoint? = nil,
    previous: SeriesPoint?, scale: Int, lastPublished: Timestamp, publication: Int64,
    publishedChange: String?, isRevision: Bool, isSuspect: Bool = false,
    replacesLast: Bool = false, sourcePublished: Timestamp? = nil, context: PublicationContext
  ) {
    self.table = table
    self.index = index
    if let place { current = point.placed(like: place) } else { current = point }
    stored = (point.firstSeen, point.publication)
    self.previous = previous
    self.scale = scale
    self.lastPublished = lastPublished
    self.publication = publication
    self.publishedChange = publishedChange
    self.isRevision = isRevision
    self.isSuspect = isSuspect
    self.replacesLast = replacesLast
    self.sourcePublished = sourcePublished
    self.context = context
  }

  /// The current point as it was stored.
  var printed: SeriesPoint {
    SeriesPoint(
      rate: current.rate, valueDate: current.valueDate, firstSeen: stored.firstSeen,
      publication: stored.publication, version: current.version)
  }

  var previousPublished: Timestamp? {
    if let sourcePublished { return sourcePublished }
    guard let previous else { return nil }
    // A revision is not one more publication.
    return (replacesLast ? previous : history.points.last ?? previous).firstSeen
  }

  /// True if the rate of one unit moved back to what it was before its last change.
  ///
  /// A publication that repeats the rate is no change.
  var returns: Bool {
    guard !replacesLast, let previous, let earlier = history.points.dropLast().last else {
      return false
    }
    return earlier.rate.isSamePerUnit(as: current.rate)
      && !previous.rate.isSamePerUnit(as: current.rate)
  }

  /// The disappearance of the series where it is not listed, or was not before this publication; nil for
  /// any other.
  var disappearance: Disappearance? {
    table[index].isListed ? nil : others.disappearance(of: series)
  }

  func scale(of nominal: Int64) -> Int {
    nominal == current.rate.nominal ? scale : table[index].scale(of: nominal)
  }

  var series: Series { table[index].series }
  var history: SeriesHistory { table[index].history }
  var pair: CurrencyPair { table[index].series.pair }
  var otherDay: SeriesPoint? { table[index].latest(before: current.valueDate) }
  var changeScale: Int? { context.changeScale }
  private var others: OtherSeries { context.others }

  func start(of mark: AlertMark) -> Timestamp? { nil }
  func missedPublications(at now: Timestamp) -> Int? { context.tracker?.missed(at: now) }

  func nextMissedPublication(after now: Timestamp) -> Timestamp? {
    context.tracker?.nextMissed(after: now)
  }

  func rate(at source: SourceName) -> RateRange? {
    if let rate = rate(at: source, side: series.side) { return rate }
    guard Metals.contains(pair.base) else { return nil }
    // The other source may print the price of the other unit.
    let grams = RateRange(exactly: Metals.gramsOfOunce)
    return series.side.isOfGram
      ? rate(at: source, side: series.side.ofOunce).flatMap { $0.divided(by: grams) }
      : rate(at: source, side: series.side.ofGram).flatMap { $0.multiplied(by: grams) }
  }

  func isPublished(at source: SourceName, within age: Duration, of now: Timestamp) -> Bool {
    others.isPublished(source, within: age, of: now)
  }

  private func rate(at source: SourceName, side: Side) -> RateRange? {
    let inverse = CurrencyPair(base: pair.quote, quote: pair.base)
    let mid = side.isOfGram ? Side.midOfGram : .mid
    for side in side == mid ? [mid] : [side, mid] {
      if let printed = others.range(of: .init(pair: pair, side: side), at: source) {
        return printed
      }
      if let printed = others.range(of: .init(pair: inverse, side: side.ofInverse), at: source) {
        return RateRange(exactly: .one).divided(by: printed)
      }
    }
    return nil
  }

  func rate(on side: Side) -> RateRange? {
    others.range(
      of: .init(pair: pair, side: series.side.isOfGram ? side.ofGram : side), at: series.source)
  }

  var siblings: [CurrencyPair] {
    let own = others.pairs(on: series.side, at: series.source)
    return series.side.isOfGram
      ? own + others.pairs(on: series.side.ofOunce, at: series.source).filter { !own.contains($0) }
      : own
  }

  func rate(of sibling: CurrencyPair) -> RateRange? {
    others.range(of: .init(pair: sibling, side: series.side), at: series.source)
      ?? (series.side.isOfGram
        ? others.range(of: .init(pair: sibling, side: series.side.ofOunce), at: series.source)
        : nil)
  }
}
