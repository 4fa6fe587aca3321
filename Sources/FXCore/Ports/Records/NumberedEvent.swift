/// A stored event with its number in the outbox.
package struct NumberedEvent: Hashable, Sendable {
  /// The number, which grows with every event.
  package let sequence: Int64

  package let notification: Notification

  /// Creates the record of an event.
  package init(sequence: Int64, notification: Notification) {
    self.sequence = sequence
    self.notification = notification
  }
}
