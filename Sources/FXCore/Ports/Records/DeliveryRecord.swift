/// The delivery of one event to one notifier, with its state.
package struct DeliveryRecord: Hashable, Sendable {
  package let sequence: Int64

  /// The event's identifier, as receivers see it.
  package let eventID: String

  package let type: NotificationType
  package let notifier: String

  /// The key of the events that are delivered in order.
  package let orderingKey: String

  /// The time of the event.
  package let created: Timestamp

  package let state: DeliveryState

  /// The attempts made since the delivery was opened.
  package let attempts: Int

  /// The earliest time of the next attempt, while the delivery is open.
  package let due: Timestamp

  /// The last attempt; nil before the first.
  package let lastAttempt: DeliveryAttempt?

  /// Creates the record of a delivery.
  package init(
    sequence: Int64, eventID: String, type: NotificationType, notifier: String, orderingKey: String,
    created: Timestamp, state: DeliveryState, attempts: Int, due: Timestamp,
    lastAttempt: DeliveryAttempt?
  ) {
    self.sequence = sequence
    self.eventID = eventID
    self.type = type
    self.notifier = notifier
    self.orderingKey = orderingKey
    self.created = created
    self.state = state
    self.attempts = attempts
    self.due = due
    self.lastAttempt = lastAttempt
  }
}
