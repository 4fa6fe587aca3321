import FXCore

/// The rows of a series without suspect rates that were read, from the newest back, as far as rules look
/// back.
struct StoredChain {
  let listing: Listing

  /// The first publication in the time within reach.
  private let first: Int64

  /// The count of these rows, which ends at the oldest one that is needed.
  private var count: ReachCount

  /// True if the series has no older rows than those that were read.
  private var isExhausted = false

  /// The number of the oldest row that was read.
  private(set) var oldest = Int64.max

  /// The rates, newest first.
  private var newestFirst: [(point: SeriesPoint, publishedChange: String?)] = []

  /// The publications from which on the series was absent, newest first; the last ones are older than any
  /// rate read so far.
  private var absencesNewestFirst: [Int64] = []
  private var later: [Int64] = []

  /// A chain without rows.
  init(_ listing: Listing, from first: Int64, _ count: ReachCount) {
    self.listing = listing
    self.first = first
    self.count = count
  }

  /// True once no more rows are needed, or there are none.
  var isComplete: Bool { isExhausted || hasAll }

  private var hasAll: Bool {
    count.isComplete && newestFirst.last.map { $0.point.publication < first } ?? false
  }

  /// The rates, oldest first.
  var points: [(point: SeriesPoint, publishedChange: String?)] { newestFirst.reversed() }

  /// The publications between them from which on there was none, ascending.
  var absences: [Int64] { absencesNewestFirst.reversed() }

  /// Adds rows, newest first; `isLast` where the series has no older ones.
  mutating func add(_ rows: some Sequence<StoredObservation>, isLast: Bool) {
    for row in rows where !hasAll {
      oldest = row.publication
      guard let point = row.point else {
        later.append(row.publication)
        count.addAbsence(from: row.publication)
        continue
      }
      newestFirst.append((point, row.publishedChange))
      absencesNewestFirst += later
      later = []
      count.add(point)
    }
    isExhausted = isLast
  }
}
