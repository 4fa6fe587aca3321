/// How a reading differs from what the source printed last.
struct ReadingDiff: Hashable, Sendable {
  /// A line of the reading beside what is known of its series.
  struct Line: Hashable, Sendable {
    /// The place of the series; nil for one that was never trusted.
    let place: Int?

    /// Whether it says another figure, nominal, printed change or value date, or is of a series never
    /// seen, or one that had vanished.
    let isNews: Bool
  }

  /// In the order of the reading.
  private(set) var lines: [Line] = []

  /// How many of them are news.
  private(set) var changed = 0

  /// The series that the page had and no longer has.
  private(set) var vanished: [Series] = []

  /// Whether the page still says the same.
  var isEmpty: Bool { changed == 0 && vanished.isEmpty }

  /// Compares a reading with the memory of its source, suspect figures included.
  ///
  /// Cost: linear in both.
  init(of reading: SourceReading, against memory: Engine.SourceMemory) {
    lines.reserveCapacity(reading.observations.count)
    var isThere = [Bool](repeating: false, count: memory.series.all.count)
    var missing = isThere.count
    var expected = 0
    for index in reading.observations.indices {
      // Looked at in place: a copy of the line costs more than the look.
      let key = Engine.SeriesKey(
        pair: reading.observations[index].pair, side: reading.observations[index].side)
      let place = memory.series.place(of: key, expected: expected)
      if let place {
        expected = place + 1
        if !isThere[place] { missing -= 1 }
        isThere[place] = true
      }
      let isNews = !memory.printed(index, of: reading, last: key, at: place)
      if isNews { changed += 1 }
      lines.append(Line(place: place, isNews: isNews))
    }
    guard missing > 0 else { return }
    for (place, known) in memory.series.all.enumerated() where !isThere[place] && known.isListed {
      vanished.append(known.series)
    }
    vanished.sort()
  }
}

extension Engine.SourceMemory {
  /// The suspect figure of a series that no trusted one has followed yet; nil where it is trusted.
  func held(_ key: Engine.SeriesKey, at place: Int?) -> SuspectPoint? {
    guard !suspects.isEmpty, let suspect = suspects[key] else { return nil }
    let latest = place.map { series.all[$0].latest.publication } ?? 0
    return suspect.point.publication > latest ? suspect : nil
  }

  /// Whether a line is what the source printed last for a series, trusted or not.
  fileprivate func printed(
    _ index: Int, of reading: SourceReading, last key: Engine.SeriesKey, at place: Int?
  ) -> Bool {
    if let place, !series.all[place].isListed { return false }
    let last: SeriesPoint
    let held = held(key, at: place)
    if let held {
      last = held.point
    } else if let place {
      last = series.all[place].latest
    } else {
      return false
    }
    guard last.rate == reading.observations[index].rate, last.valueDate == reading.valueDate else {
      return false
    }
    let change = held.map(\.publishedChange) ?? place.flatMap { series.all[$0].publishedChange }
    return change == reading.observations[index].publishedChange
  }
}
