package import FXCore

/// How attempts ended that is not committed yet, of all notifiers.
///
/// In a burst a commit for each would have deliveries wait for the disk: after one, the next is due
/// only a moment later, and holds whatever ended meanwhile. That is what a crash has told again.
package struct OutcomeBatch {
  /// How long after the last commit the next one is due; and where a lease is over, for the next one
  /// waits for that.
  private static let pause: Duration = .milliseconds(10)
  private static let shortPause: Duration = .milliseconds(2)

  /// One for each notifier.
  private var leases: [LeaseReport] = []

  /// Who waits for the commit.
  private var waiting: [CheckedContinuation<Void, Never>] = []

  /// When the next commit is due, as somebody has been told.
  private var due: Duration?
  private var lastCommit: Duration?

  /// Notes what one notifier has to tell, and whom to tell once it is committed.
  ///
  /// Gives how long from `now`, an instant of the monotonic clock, until all of it is to be committed;
  /// nil where that has been said already, or something earlier.
  package mutating func note(
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

  /// Takes all of it out, to be committed now; nothing where it was taken out before.
  package mutating func takeAll(
    at now: Duration
  ) -> (leases: [LeaseReport], waiting: [CheckedContinuation<Void, Never>]) {
    defer { self = OutcomeBatch(lastCommit: now) }
    return (leases, waiting)
  }

  /// Nothing to commit; `lastCommit` is when something was.
  package init(lastCommit: Duration? = nil) { self.lastCommit = lastCommit }
}
