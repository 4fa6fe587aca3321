/// The count of the publications of one series, from the newest back, as windows of publications count
/// them: of a fixing each value date once, of any other series each publication that contains it.
///
/// Its stored rows without suspect rates are added one by one, newest first.
package struct ReachCount: Hashable, Sendable {
  /// The largest number of publications that rules look back.
  private let publications: Int64

  private let isFixing: Bool

  /// The number of the publication from which the next gap is measured: the source's latest, then that of
  /// the last point added.
  private var end: Int64

  /// The publication from which on the series was absent until that one; nil if it was in all.
  private var absence: Int64?

  private var last: SeriesPoint?
  private var points = 0

  /// The number of publications that count between the last point added and the newest of all.
  private(set) var distance: Int64 = 0

  /// A count without rows.
  package init(publications: Int, isFixing: Bool, upTo latest: Int64) {
    self.publications = Int64(publications)
    self.isFixing = isFixing
    end = latest
  }

  /// True once the last point added is one that rules can do without, and another one came before it.
  package var isComplete: Bool { points > 1 && distance > publications }

  /// True once no rule looks back on what is older than the last point added.
  package var coversLookback: Bool { points > 0 && distance >= publications }

  /// Adds a point.
  package mutating func add(_ point: SeriesPoint) {
    defer {
      (last, absence) = (point, nil)
      end = point.publication
    }
    guard isFixing else {
      points += 1
      distance += (absence ?? end) - point.publication
      return
    }
    if let last, point.valueDate != nil, last.valueDate == point.valueDate { return }
    points += 1
    if last != nil { distance += 1 }
  }

  /// Adds the publication from which on the series was absent.
  package mutating func addAbsence(from publication: Int64) { absence = publication }
}
