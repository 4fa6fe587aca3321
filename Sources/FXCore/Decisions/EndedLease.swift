/// The end of a lease, or of a part of it.
struct EndedLease: Hashable, Sendable {
  let notifier: String

  /// True if no attempt of the lease is under way any more.
  let isLast: Bool

  /// The number of attempts that ended.
  let attempts: Int

  /// The reason why the last attempt failed; nil if it succeeded.
  let failure: String?

  /// True if an attempt had no answer in time.
  let slowDown: Bool

  /// The time for which the receiver takes no more; nil if it limited no attempt.
  let limitedFor: Duration?
}
