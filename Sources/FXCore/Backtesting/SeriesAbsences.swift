/// The times in which sources did not print series that they printed before.
package struct SeriesAbsences: Sendable {
  private var all: [Series: [Absence]] = [:]

  /// The series that are absent now.
  private var current: Set<Series> = []

  /// A time in which a source did not print a series; without an end where it never did again.
  private struct Absence {
    let start: Timestamp
    var end: Timestamp?
  }

  /// No times yet.
  package init() {}

  /// Records the series that a publication no longer contains, and those that it contains again.
  package mutating func record(_ changeset: Changeset, at now: Timestamp) {
    if !current.isEmpty {
      for record in changeset.observations where current.remove(record.series) != nil {
        let last = (all[record.series]?.count ?? 0) - 1
        all[record.series]?[last].end = now
      }
    }
    for series in changeset.vanished {
      current.insert(series)
      all[series, default: []].append(Absence(start: now))
    }
  }

  /// Returns the time between two instants in which a series was printed.
  package func time(of series: Series, from start: Timestamp, to end: Timestamp) -> Duration {
    (all[series] ?? []).reduce(end - start) { time, absence in
      time - max(.zero, min(absence.end ?? end, end) - max(absence.start, start))
    }
  }
}
