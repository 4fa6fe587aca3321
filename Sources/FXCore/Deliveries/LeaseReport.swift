/// The ended attempts of one notifier's lease.
package struct LeaseReport: Hashable, Sendable {
  package let notifier: String
  package var reports: [DeliveryReport]

  /// True if no attempt of the lease is under way any more.
  package var isLast: Bool

  /// The ended attempts of a lease.
  package init(notifier: String, reports: [DeliveryReport], isLast: Bool) {
    self.notifier = notifier
    self.reports = reports
    self.isLast = isLast
  }
}
