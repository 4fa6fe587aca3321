package import FXCore

/// How attempts ended that is not committed yet, of all notifiers.
///
/// In a burst a commit for each would have deliveries wait for the disk: after one, the next is due
/// only a moment later, and holds whatever ended meanwhile. That is what a crash has told again.
package struct EndedAttempts {
  /// How long after the last commit the next one is due.
  private static let pause: Duration = .milliseconds(10)

  /// One for each notifier.
  private var leases: [LeaseReport] = []

  /// Who waits for the commit.
  private var waiting: [CheckedContinuation<Void, Never>] = []

  /// Whether somebody has been told when the next commit is due.
  private var isDue = false
  private var lastCommit: Duration?

  /// Notes what one notifier has to tell, and whom to tell once it is committed.
  ///
  /// Gives how long from `now`, an instant of the monotonic clock, until all of it is to be committed;
  /// nil where that has been said already.
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
    guard !isDue else { return nil }
    isDue = true
    return lastCommit.map { max(.zero, $0 + Self.pause - now) } ?? .zero
  }

  /// Takes all of it out, to be committed now.
  package mutating func takeAll(
    at now: Duration
  ) -> (leases: [LeaseReport], waiting: [CheckedContinuation<Void, Never>]) {
    defer { self = EndedAttempts(lastCommit: now) }
    return (leases, waiting)
  }

  /// Nothing to commit; `lastCommit` is when something was.
  package init(lastCommit: Duration? = nil) { self.lastCommit = lastCommit }
}
