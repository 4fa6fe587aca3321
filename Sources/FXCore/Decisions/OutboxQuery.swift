/// A request for open deliveries of one notifier, of which not all are in memory.
///
/// If few are open, all of them are requested; otherwise those that can be attempted now.
package struct OutboxQuery: Hashable, Sendable {
  package let notifier: String

  /// The time at which they are due.
  package let now: Timestamp

  /// Those that entered the outbox until then have expired: they are not attempted.
  package let expiredUntil: Timestamp

  /// The number of expired ones from which they are reported.
  package let expiredReportedFrom: Int

  /// The largest number of deliveries that can be attempted.
  package let limit: Int

  /// The number of open deliveries, oldest first, of which the most severe are chosen, and more only
  /// until one is found; 1 chooses the oldest.
  package let lookahead: Int

  /// A request.
  package init(
    notifier: String, now: Timestamp, expiredUntil: Timestamp, expiredReportedFrom: Int = 1,
    limit: Int, lookahead: Int
  ) {
    self.notifier = notifier
    self.now = now
    self.expiredUntil = expiredUntil
    self.expiredReportedFrom = expiredReportedFrom
    self.limit = limit
    self.lookahead = lookahead
  }
}
