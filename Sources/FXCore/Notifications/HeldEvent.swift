/// An event that a notifier is told of only when its quiet hours end, in a digest.
package struct HeldEvent: Hashable, Sendable {
  /// Which event is held from whom.
  package struct Key: Hashable, Comparable, Sendable {
    /// The event's place in the order of all events.
    package let sequence: Int64

    package let notifier: String

    /// One event, held from one notifier.
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

  /// An event and whom it is held from.
  package init(key: Key, notification: Notification) {
    self.key = key
    self.notification = notification
  }
}
