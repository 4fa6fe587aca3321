/// Open deliveries of one notifier that become dead letters together, without being in memory.
package struct AbandonedDeliveries: Hashable, Sendable {
  package let notifier: String

  /// Only those that entered the outbox until then, without digests of expired events; nil for all.
  package let openedUntil: Timestamp?

  /// The time at which they are abandoned.
  package let at: Timestamp

  /// The reason, for administrators.
  package let detail: String

  /// The open deliveries of a notifier.
  package init(notifier: String, openedUntil: Timestamp? = nil, at: Timestamp, detail: String) {
    self.notifier = notifier
    self.openedUntil = openedUntil
    self.at = at
    self.detail = detail
  }
}
