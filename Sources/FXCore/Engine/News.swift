/// How a reading differs from what the source printed last.
struct News {
  /// The places of the observations that differ: another figure, nominal, printed change or value
  /// date, a series never seen, or one that had vanished.
  var changed: [Int] = []

  /// The series that the page had and no longer has.
  var vanished: [Series] = []

  /// Whether the page still says the same.
  var isEmpty: Bool { changed.isEmpty && vanished.isEmpty }

  /// Compares a reading with the memory of its source, suspect figures included.
  ///
  /// Cost: linear in both.
  init(of reading: SourceReading, against memory: Engine.SourceMemory) {
    var listed: Set<Engine.SeriesKey> = []
    for (index, observation) in reading.observations.enumerated() {
      let key = Engine.SeriesKey(pair: observation.pair, side: observation.side)
      listed.insert(key)
      guard let last = memory.lastPrinted(key), last.point.rate == observation.rate,
        last.point.valueDate == reading.valueDate,
        last.publishedChange == observation.publishedChange
      else {
        changed.append(index)
        continue
      }
    }
    for (key, known) in memory.series where known.isListed && !listed.contains(key) {
      vanished.append(known.series)
    }
    vanished.sort()
  }
}

extension Engine.SourceMemory {
  /// The suspect figure of a series that no trusted one has followed yet; nil where it is trusted.
  func held(_ key: Engine.SeriesKey) -> SuspectPoint? {
    suspects[key].flatMap { suspect in
      suspect.point.publication > series[key]?.latest.publication ?? 0 ? suspect : nil
    }
  }

  /// What the source printed last for a series, trusted or not; nil where it no longer has it.
  fileprivate func lastPrinted(
    _ key: Engine.SeriesKey
  ) -> (point: SeriesPoint, publishedChange: String?)? {
    if let known = series[key], !known.isListed { return nil }
    if let held = held(key) { return (held.point, held.publishedChange) }
    return series[key].map { ($0.latest, $0.publishedChange) }
  }
}
