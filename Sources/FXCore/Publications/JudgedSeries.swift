/// A series as a condition sees it while one publication is judged.
///
/// One reference, which everything that looks at it passes on.
final class JudgedSeries: SeriesView, Sendable {
  /// What is remembered of the series, at its place; nothing is copied out of it.
  let table: [SeriesMemory]
  let place: Int
  let current: SeriesPoint
  let previous: SeriesPoint?
  let scale: Int
  let lastPublished: Timestamp
  let publication: Int64
  let publishedChange: String?
  let isRevision: Bool
  let isSuspect: Bool

  /// What all series of its page have in common; one reference, as views are made for every line.
  let page: JudgedPage

  init(
    table: [SeriesMemory], place: Int, current: SeriesPoint, previous: SeriesPoint?, scale: Int,
    lastPublished: Timestamp, publication: Int64, publishedChange: String?, isRevision: Bool,
    isSuspect: Bool = false, page: JudgedPage
  ) {
    self.table = table
    self.place = place
    self.current = current
    self.previous = previous
    self.scale = scale
    self.lastPublished = lastPublished
    self.publication = publication
    self.publishedChange = publishedChange
    self.isRevision = isRevision
    self.isSuspect = isSuspect
    self.page = page
  }

  var series: Series { table[place].series }
  var history: SeriesHistory { table[place].history }
  var pair: CurrencyPair { table[place].series.pair }
  var otherDay: SeriesPoint? { table[place].latest(before: current.valueDate) }
  var changeScale: Int? { page.changeScale }
  var neighbours: Neighbours { page.neighbours }

  func missedPublications(at now: Timestamp) -> Int? { page.punctuality?.missed(at: now) }

  func nextMissedPublication(after now: Timestamp) -> Timestamp? {
    page.punctuality?.nextMissed(after: now)
  }

  func rate(at source: SourceName) -> RateRange? {
    let side = series.side
    let inverse = CurrencyPair(base: pair.quote, quote: pair.base)
    for side in side == .mid ? [.mid] : [side, .mid] {
      if let printed = neighbours.range(of: .init(pair: pair, side: side), at: source) {
        return printed
      }
      if let printed = neighbours.range(of: .init(pair: inverse, side: side), at: source) {
        return RateRange(exactly: .one).divided(by: printed)
      }
    }
    return nil
  }

  var siblings: [CurrencyPair] {
    neighbours.pairs(on: series.side, at: series.source)
  }

  func rate(of sibling: CurrencyPair) -> RateRange? {
    neighbours.range(
      of: .init(pair: sibling, side: series.side), at: series.source)
  }
}

/// What the series of one page have in common for conditions.
final class JudgedPage: Sendable {
  let neighbours: Neighbours

  /// The decimals of the rates that the source computes its change figures on; nil for those it
  /// prints.
  let changeScale: Int?

  /// How the source keeps its calendar; nil where it has none.
  let punctuality: PublicationTracker?

  init(of planned: PlannedSource, beside neighbours: Neighbours, _ punctuality: PublicationTracker?)
  {
    self.neighbours = neighbours
    self.punctuality = punctuality
    changeScale = planned.changeScale
  }
}

/// The other series of all sources, as they stand with the publication that is judged.
struct Neighbours {
  let sources: [SourceName: Engine.SourceMemory]

  /// What the publication that is judged has of its source; nil where none is.
  var fresh: (source: SourceName, listed: [Engine.SeriesKey: (rate: Rate, scale: Int)])?

  /// A listed rate with the range its rounding leaves; nil where the source prints none now.
  func range(of key: Engine.SeriesKey, at source: SourceName) -> RateRange? {
    if let fresh, fresh.source == source {
      return fresh.listed[key].map { RateRange($0.rate, scale: $0.scale) }
    }
    guard let memory = sources[source]?.series[key], memory.isListed else { return nil }
    let rate = memory.latest.rate
    return RateRange(rate, scale: max(memory.scale, rate.printed.scale))
  }

  /// The listed pairs of a source on a side, sorted.
  func pairs(on side: Side, at source: SourceName) -> [CurrencyPair] {
    if let fresh, fresh.source == source {
      return fresh.listed.keys.filter { $0.side == side }.map(\.pair).sorted()
    }
    let series = sources[source]?.series.all ?? []
    return series.filter { $0.series.side == side && $0.isListed }.map(\.series.pair).sorted()
  }
}
