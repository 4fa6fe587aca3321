/// An event that a notifier receives in a digest at the end of its quiet hours.
package struct HeldEvent: Hashable, Sendable {
  /// Identifies an event that is held for a notifier.
  package struct Key: Hashable, Comparable, Sendable {
    /// The number of the event.
    package let sequence: Int64

    package let notifier: String

    /// An event that is held for a notifier.
    package init(sequence: Int64, notifier: String) {
      self.sequence = sequence
      self.notifier = notifier
    }

    package static func < (left: Key, right: Key) -> Bool {
      (left.sequence, left.notifier) < (right.sequence, right.notifier)
    }
  }

  package let key: Key
  package let notification: Notification

  /// A held event.
  package init(key: Key, notification: Notification) {
    self.key = key
    self.notification = notification
  }
}
