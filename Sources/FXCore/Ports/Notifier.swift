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

/// How one attempt to deliver ended.
package enum DeliveryOutcome: Hashable, Sendable {
  /// The receiver took it; `detail` is what an administrator may read (`HTTP 204 in 12 ms`).
  case delivered(detail: String)
  /// Not this time. `after` is what the receiver asked for (`Retry-After`); `slowDown` is true after
  /// a 429 or a timeout.
  case retry(because: String, after: Duration? = nil, slowDown: Bool = false)
  /// Never: the notification cannot be delivered as it is.
  case refused(because: String)
  /// The endpoint said it no longer exists (410).
  case gone
}

/// A way to tell people.
///
/// It owns its own configuration and secrets, and never throws: every ending is an outcome. No
/// outcome's text ever contains a secret.
package protocol Notifier: Sendable {
  /// Makes one attempt.
  func deliver(_ shipment: Shipment) async -> DeliveryOutcome

  /// Whether it looks into the data of events; otherwise it passes them on as they were written.
  var looksInside: Bool { get }
}

extension Notifier {
  /// Nearly all do.
  package var looksInside: Bool { true }
}
