/// The transfer of one source's poll: under way, or waiting for a slot.
struct SourceTransfer: Hashable, Sendable {
  /// The start of the poll that is under way; nil between polls.
  private(set) var start: Timestamp?

  /// The time that the last poll took; nil before the first one has ended.
  private(set) var lastDuration: Duration?

  /// The time since which a due poll waits for a slot; nil while none does.
  private(set) var waitingSince: Timestamp?

  /// The time that the last poll waited for its slot.
  private(set) var lastWait: Duration = .zero

  /// The time since which the polls are reported as late; nil while they are not.
  var lateSince: Timestamp?

  /// The times of the last polls that succeeded, as many as confirm a rate.
  private(set) var successes: [Timestamp] = []

  /// True while a poll is under way.
  var isRunning: Bool { start != nil }

  /// Starts a poll.
  mutating func begin(at now: Timestamp) {
    start = now
    lastWait = waitingSince.map { now - $0 } ?? .zero
    waitingSince = nil
  }

  /// Records that the poll is due and finds no slot.
  mutating func wait(at now: Timestamp) { waitingSince = waitingSince ?? now }

  /// Ends the poll.
  mutating func end(at now: Timestamp?, isSuccess: Bool) {
    if let start, let now { lastDuration = max(.zero, now - start) }
    start = nil
    guard isSuccess, let now else { return }
    successes = successes.suffix(GuardCatalog.confirmingPolls - 1) + [now]
  }

  /// Moves every time with the wall clock.
  mutating func shift(by step: Duration) {
    start = start.map { $0 + step }
    waitingSince = waitingSince.map { $0 + step }
    successes = successes.map { $0 + step }
  }

  /// Returns the time that the poll under way, or the last one, has taken: the longer of both.
  func duration(at now: Timestamp) -> Duration {
    max(lastDuration ?? .zero, start.map { now - $0 } ?? .zero)
  }
}
