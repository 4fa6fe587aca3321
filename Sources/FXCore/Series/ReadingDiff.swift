/// The difference between a reading and the previous publication of its source.
package struct ReadingDiff: Hashable, Sendable {
  /// One line of the reading.
  package struct Line: Hashable, Sendable {
    /// The index of its series; nil for one without a trusted point.
    package let index: Int?

    /// True if the line has another rate, nominal, printed change or value date than the series had,
    /// or if the series is new or was missing.
    package let isChanged: Bool
  }

  /// In the order of the reading.
  package private(set) var lines: [Line] = []

  /// The number of changed lines.
  package private(set) var changed = 0

  /// The series that the previous publication contained and this one does not, sorted.
  package private(set) var vanished: [Series] = []

  /// The series that it contains and the previous publication did not, with their disappearances.
  package private(set) var returned: [Returned] = []

  /// A series that is listed again.
  package struct Returned: Hashable, Sendable {
    package let series: Series
    package let disappearance: Disappearance
  }

  /// True if the reading equals the previous publication.
  package var isEmpty: Bool { changed == 0 && vanished.isEmpty }

  /// Compares a reading with the series of its source, suspect points included.
  ///
  /// Cost: linear in both.
  package init(of reading: SourceReading, against known: SourceSeries) {
    lines.reserveCapacity(reading.observations.count)
    var isThere = [Bool](repeating: false, count: known.table.all.count)
    var missing = isThere.count
    var expected = 0
    for position in reading.observations.indices {
      // Read in place: a copy of the line costs more than the comparison.
      let key = SeriesKey(
        pair: reading.observations[position].pair, side: reading.observations[position].side)
      let index = known.table.index(of: key, expected: expected)
      if let index {
        expected = index + 1
        if !isThere[index] { missing -= 1 }
        isThere[index] = true
      }
      let isChanged = !known.equals(position, of: reading, key, at: index)
      if isChanged {
        changed += 1
        if let index, !known.table.all[index].isListed { addReturned(index, of: known) }
      }
      lines.append(Line(index: index, isChanged: isChanged))
    }
    guard missing > 0 else { return }
    for (index, memory) in known.table.all.enumerated() where !isThere[index] && memory.isListed {
      vanished.append(memory.series)
    }
    vanished.sort()
  }

  private mutating func addReturned(_ index: Int, of known: SourceSeries) {
    let memory = known.table.all[index]
    if let disappearance = known.disappearances[memory.key] {
      returned.append(Returned(series: memory.series, disappearance: disappearance))
    }
  }
}

extension SourceSeries {
  /// True if a line equals the latest point of its series, trusted or not.
  fileprivate func equals(
    _ position: Int, of reading: SourceReading, _ key: SeriesKey, at index: Int?
  ) -> Bool {
    if let index, !table.all[index].isListed { return false }
    let latest: SeriesPoint
    let suspect = pendingSuspect(key, at: index)
    if let suspect {
      latest = suspect.point
    } else if let index {
      latest = table.all[index].latest
    } else {
      return false
    }
    guard latest.rate == reading.observations[position].rate,
      latest.valueDate == reading.valueDate
    else { return false }
    let change =
      suspect.map(\.publishedChange) ?? index.flatMap { table.all[$0].publishedChange }
    return change == reading.observations[position].publishedChange
  }
}
