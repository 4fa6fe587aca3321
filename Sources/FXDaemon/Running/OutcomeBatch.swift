package import FXCore

/// The outcomes of deliveries that are not committed yet, of all notifiers.
///
/// A commit for each would have deliveries wait for the disk in a burst. So the first one is committed
/// at once, and those that follow within milliseconds together in the next commit. A crash sends again
/// what was in the batch.
package struct OutcomeBatch {
  /// The time between two commits, and that between two where a lease is over, because the next lease
  /// waits for it.
  private static let pause: Duration = .milliseconds(10)
  private static let shortPause: Duration = .milliseconds(2)

  /// One report for each notifier.
  private var leases: [LeaseReport] = []

  /// The callers that wait for the commit.
  private var waiting: [CheckedContinuation<Void, Never>] = []

  /// The instant of the next commit that was returned last.
  private var due: Duration?
  private var lastCommit: Duration?

  /// An empty batch after a commit at `lastCommit`.
  package init(lastCommit: Duration? = nil) { self.lastCommit = lastCommit }

  /// Adds outcomes of one notifier, and a caller to resume once they are committed.
  ///
  /// Returns the time from `now`, an instant of the monotonic clock, until the batch is to be
  /// committed; nil where an earlier call has returned that instant or an earlier one.
  package mutating func append(
    _ lease: LeaseReport, waiting continuation: CheckedContinuation<Void, Never>? = nil,
    at now: Duration
  ) -> Duration? {
    if let continuation { waiting.append(continuation) }
    if let place = leases.firstIndex(where: { $0.notifier == lease.notifier }) {
      leases[place].reports += lease.reports
      leases[place].isLast = leases[place].isLast || lease.isLast
    } else {
      leases.append(lease)
    }
    let pause = lease.isLast ? Self.shortPause : Self.pause
    let instant = lastCommit.map { max(now, $0 + pause) } ?? now
    guard due.map({ instant < $0 }) ?? true else { return nil }
    due = instant
    return instant - now
  }

  /// Removes all outcomes, to be committed now, with the callers that wait for it.
  package mutating func removeAll(
    at now: Duration
  ) -> (leases: [LeaseReport], waiting: [CheckedContinuation<Void, Never>]) {
    defer { self = OutcomeBatch(lastCommit: now) }
    return (leases, waiting)
  }
}
