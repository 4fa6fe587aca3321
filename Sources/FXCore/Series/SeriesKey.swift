/// Identifies a series within its source.
struct SeriesKey: Hashable, Comparable, Sendable {
  let pair: CurrencyPair
  let side: Side

  init(pair: CurrencyPair, side: Side) {
    self.pair = pair
    self.side = side
  }

  init(_ series: Series) { self.init(pair: series.pair, side: series.side) }

  /// Pair and side as one number, in their order.
  private var number: Int { pair.number * Side.numbers + side.number }

  func hash(into hasher: inout Hasher) { hasher.combine(number) }

  static func == (left: SeriesKey, right: SeriesKey) -> Bool { left.number == right.number }

  static func < (left: SeriesKey, right: SeriesKey) -> Bool { left.number < right.number }
}
