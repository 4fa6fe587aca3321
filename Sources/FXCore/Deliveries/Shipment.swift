/// One or more notifications that one notifier sends together.
package struct Shipment: Hashable, Sendable {
  /// The identifier that the receiver gets; the same for retries and after restarts.
  package let id: String

  /// The notifications: one, or several for a notifier that batches.
  package let notifications: [Notification]

  /// The time of this attempt.
  package let attemptedAt: Timestamp

  /// Creates a shipment.
  package init(id: String, notifications: [Notification], attemptedAt: Timestamp) {
    self.id = id
    self.notifications = notifications
    self.attemptedAt = attemptedAt
  }
}
