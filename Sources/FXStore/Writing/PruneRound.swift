import FXCore
import GRDB

/// One walk over the tables that deletes what is too old, in parts: each is a transaction of the caller,
/// small enough to delay no commit for long.
///
/// A value: the caller keeps the changed one once the transaction is committed.
struct PruneRound {
  /// The part of the walk that comes next.
  private enum Stage {
    /// Events from a sequence on.
    case events(from: Int64)
    /// Alerts from a row on.
    case alerts(from: Int64)
    /// The headlines of sources, of the first one from an instant on.
    case headlines([Int64], from: Timestamp)
    /// The rates of sources, of the first one behind a publication.
    case figures([Int64], behind: HistoryPruner.Place)
    /// Free pages of the file.
    case space
    case complete
  }

  private var stage = Stage.events(from: .min)

  /// The alerts whose evidence is also the data of an event that is kept.
  private var keptAlerts: Set<String> = []

  /// The instant before which earlier rounds have deleted the headlines.
  private var headlinesUntil: Timestamp?

  /// The first instant whose headlines may not be deleted yet.
  private var headlineStart: Timestamp {
    headlinesUntil ?? Timestamp(milliseconds: StoredRange.instants.lowerBound)
  }

  /// The first round.
  init() {}

  /// The round after another one.
  init(after earlier: PruneRound) { headlinesUntil = earlier.headlinesUntil }

  /// True if everything was examined.
  var isComplete: Bool { if case .complete = stage { true } else { false } }

  /// Examines the next part, and returns how many rows were changed.
  mutating func step(_ db: Database, _ retention: Retention, now: Timestamp) throws -> Int {
    let writer = PruneWriter(db: db)
    try writer.writeRetentionTime(now)
    switch stage {
    case .events(let first):
      guard let last = try writer.lastEvent(ofPartFrom: first) else {
        stage = .alerts(from: .min)
        return 0
      }
      let part = first...last
      let deleted = try writer.deleteEvents(part, before: retention.endOfDeliveries(at: now))
      keptAlerts.formUnion(try writer.alerts(of: part))
      stage = .events(from: last + 1)
      return deleted
    case .alerts(let first):
      guard let last = try writer.lastAlert(ofPartFrom: first) else {
        stage = .headlines(try writer.sources(), from: headlineStart)
        return 0
      }
      stage = .alerts(from: last + 1)
      return try writer.deleteAlerts(
        first...last, before: retention.endOfAlerts(at: now), except: keptAlerts)
    case .headlines(let sources, let start):
      return try deleteHeadlines(of: sources, from: start, before: now - retention.headlines, db)
    case .figures(let sources, let place):
      return try deleteFigures(of: sources, behind: place, HistoryPruner(db, retention, at: now))
    case .space:
      guard try writer.releaseSpace() else {
        stage = .complete
        return 0
      }
      return 1
    case .complete: return 0
    }
  }

  private mutating func deleteHeadlines(
    of sources: [Int64], from start: Timestamp, before end: Timestamp, _ db: Database
  ) throws -> Int {
    guard let source = sources.first, start < end else {
      headlinesUntil = max(headlinesUntil ?? end, end)
      stage = .figures(try PruneWriter(db: db).sources(), behind: .start)
      return 0
    }
    let part = try PruneWriter(db: db).deleteHeadlines(of: source, start..<end)
    stage =
      part.next.map { .headlines(sources, from: $0) }
      ?? .headlines(Array(sources.dropFirst()), from: headlineStart)
    return part.deleted
  }

  private mutating func deleteFigures(
    of sources: [Int64], behind place: HistoryPruner.Place, _ pruner: HistoryPruner?
  ) throws -> Int {
    guard let source = sources.first, let pruner else {
      stage = .space
      return 0
    }
    let part = try pruner.prune(source, behind: place)
    stage =
      part.next.map { .figures(sources, behind: $0) }
      ?? .figures(Array(sources.dropFirst()), behind: .start)
    return part.deleted
  }
}
