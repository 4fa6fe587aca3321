/// Removes new pairs from readings of a source that has as many series as it may have, and reports that
/// once.
///
/// Series cost memory for as long as fxwatch runs, and a publisher may print other pairs every second.
struct SeriesLimitFilter {
  let source: TrackedSource
  let known: SourceSeries

  /// The number of series of all sources.
  let countOfAll: Int

  /// The number of series that may be added to the source, and to all sources.
  private var room: (inSource: Int, inAll: Int) {
    (source.planned.maximumSeries - known.count, SourceLimits.seriesOfAll - countOfAll)
  }

  /// Returns a reading with at most as many new pairs as may be added, the first ones.
  ///
  /// Cost: nothing while there is room for every line, otherwise linear in the lines.
  func filtered(_ reading: SourceReading, in decision: DecisionBuilder) -> SourceReading {
    let room = max(0, min(room.inSource, room.inAll))
    guard reading.observations.count > room else { return fitting(reading, in: decision) }
    var positions: [Int] = []
    var expected = 0
    for position in reading.observations.indices {
      let key = SeriesKey(
        pair: reading.observations[position].pair, side: reading.observations[position].side)
      if let index = known.table.index(of: key, expected: expected) {
        expected = index + 1
      } else if known.suspects[key] == nil {
        positions.append(position)
      }
    }
    guard positions.count > room else { return fitting(reading, in: decision) }
    let excess = positions.dropFirst(room)
    report(excess.map { reading.observations[$0].pair }, in: decision)
    return reading.without(Set(excess))
  }

  private func fitting(_ reading: SourceReading, in decision: DecisionBuilder) -> SourceReading {
    if source.exceedsSeries { decision.changeset.sources[.excess(of: source.name)] = SourceState() }
    return reading
  }

  private func report(_ pairs: [CurrencyPair], in decision: DecisionBuilder) {
    guard !source.exceedsSeries, let first = pairs.first else { return }
    var state = SourceState()
    state.downSince = decision.now
    decision.changeset.sources[.excess(of: source.name)] = state
    let limit =
      room.inSource <= room.inAll
      ? "the source has \(source.planned.maximumSeries) series, as many as max_series allows"
      : "all sources together have \(SourceLimits.seriesOfAll) series, which is the most"
    decision.notify(
      .sourceSuspect,
      SuspectPayload.data(
        [SuspectPayload.Finding(ignored: first, others: pairs.count - 1, because: limit)],
        on: source.name, severity: .warning),
      orderingKey: "source \(source.name)")
  }
}
