/// Open deliveries of one notifier that were read from the store.
package struct OutboxPage: Hashable, Sendable {
  /// The number of open deliveries of the notifier.
  package let count: Int

  /// The deliveries, in the order of events: all that are open, or some that can be attempted now.
  ///
  /// None is newer than another open one of its ordering key that is missing.
  package let entries: [OutboxEntry]

  /// The earliest time at which one can be attempted; nil if `entries` has any.
  package let nextDue: Timestamp?

  /// The expired ones that are to be reported, the oldest `DeliveryLimits.eventsPerDigest`.
  package let expired: [OutboxEntry]

  /// The number of all expired ones that are to be reported.
  package let expiredCount: Int

  /// A page; by default it contains all open deliveries.
  package init(
    count: Int, entries: [OutboxEntry], nextDue: Timestamp? = nil, expired: [OutboxEntry] = [],
    expiredCount: Int = 0
  ) {
    self.count = count
    self.entries = entries
    self.nextDue = nextDue
    self.expired = expired
    self.expiredCount = expiredCount
  }

  /// True if it contains every open delivery.
  package var isWhole: Bool { entries.count == count }
}
