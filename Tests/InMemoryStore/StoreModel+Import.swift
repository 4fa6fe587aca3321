package import FXCore

/// Imports history.
extension StoreModel {
  /// Stores the days of an archive before a source's oldest publication.
  package mutating func add(
    _ history: ImportedHistory, now: Timestamp, progress: (_ done: Int, _ total: Int) -> Void
  ) -> ImportOutcome {
    let stored = publications[history.source] ?? []
    let days = Set(stored.map { $0.valueDate ?? $0.firstSeen.day })
    var outcome = ImportOutcome()
    outcome.known = history.days.filter { days.contains($0.valueDate) }.count
    let new = history.days.filter { !days.contains($0.valueDate) }
    let added = new.filter { day in days.min().map { day.valueDate < $0 } ?? true }
    outcome.leftOut = new.dropFirst(added.count).map(\.valueDate)
    outcome.added = added.map(\.valueDate)
    let first = min(stored.first?.number ?? 1, 1) - Int64(added.count)
    var before = stored.map(\.firstSeen).min() ?? now + .milliseconds(1)
    var inserted: [Publication] = []
    for (index, day) in added.enumerated().reversed() {
      before = min(day.published, before - .milliseconds(1))
      inserted.insert(
        Publication(
          number: first + Int64(index), source: history.source, valueDate: day.valueDate,
          firstSeen: before, lastSeen: before, bodyHash: day.bodyHash, headlines: day.headlines),
        at: 0)
    }
    publications[history.source] = inserted + stored
    for (series, rates) in history.rates.sorted(by: { $0.key < $1.key }) {
      outcome.rates += insert(rates, of: series, in: inserted, next: stored.first?.number)
    }
    let total = history.rates.values.reduce(0) { $0 + $1.count }
    progress(total, total)
    return outcome
  }

  /// Inserts the rates of a series, and the rows where it was no longer listed; returns how many
  /// rates.
  private mutating func insert(
    _ rates: [ImportedHistory.DayRate], of series: Series, in publications: [Publication],
    next: Int64?
  ) -> Int {
    let byDay = Dictionary(uniqueKeysWithValues: rates.map { ($0.day, $0) })
    var wasListed = false
    var count = 0
    for publication in publications {
      let rate = publication.valueDate.flatMap { byDay[$0] }
      if let rate {
        insert(
          Row(
            publication: publication.number,
            point: SeriesPoint(
              rate: rate.rate, valueDate: publication.valueDate,
              firstSeen: publication.firstSeen, publication: publication.number, version: 1),
            publishedChange: rate.publishedChange, suspicion: nil), of: series)
        let scale = self.series[series]?.scale ?? 0
        self.series[series, default: .init()].scale = max(scale, rate.rate.printed.scale)
        count += 1
      } else if wasListed {
        insert(.end(publication.number), of: series)
      }
      wasListed = rate != nil
    }
    guard wasListed else { return count }
    if let next {
      if !(rows[series] ?? []).contains(where: { $0.publication == next }) {
        insert(.end(next), of: series)
      }
    } else {
      self.series[series, default: .init()].isListed = true
    }
    return count
  }
}

extension StoreModel.Row {
  /// The row of a publication in which a series was no longer listed.
  fileprivate static func end(_ publication: Int64) -> Self {
    Self(publication: publication, point: nil, publishedChange: nil, suspicion: nil)
  }
}
