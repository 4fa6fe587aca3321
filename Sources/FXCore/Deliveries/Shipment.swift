/// One or more notifications that one notifier sends together.
package struct Shipment: Hashable, Sendable {
  /// The identifier that the receiver gets; the same for retries and after restarts.
  package let id: String

  /// The notifications: one, or several for a notifier that batches.
  package let notifications: [Notification]

  /// The time of this attempt.
  package let attemptedAt: Timestamp

  /// Returns the identifier of several events that are sent together, made from theirs: other events
  /// never have it.
  package static func id(ofBatch identifiers: [String]) -> String {
    var hasher = ContentHasher()
    for identifier in identifiers { hasher.combine(identifier) }
    return "batch_" + hasher.finish().hexadecimal(digits: 24)
  }

  /// Creates a shipment.
  package init(id: String, notifications: [Notification], attemptedAt: Timestamp) {
    self.id = id
    self.notifications = notifications
    self.attemptedAt = attemptedAt
  }
}
