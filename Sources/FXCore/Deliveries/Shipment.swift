/// One or more notifications on their way to one notifier.
package struct Shipment: Hashable, Sendable {
  /// The identifier the receiver sees; unchanged over retries and restarts.
  package let id: String

  /// What is told: one notification, or several for a notifier that batches.
  package let notifications: [Notification]

  /// When this attempt is made.
  package let attemptedAt: Timestamp

  /// What is sent, under which identifier, when.
  package init(id: String, notifications: [Notification], attemptedAt: Timestamp) {
    self.id = id
    self.notifications = notifications
    self.attemptedAt = attemptedAt
  }
}
