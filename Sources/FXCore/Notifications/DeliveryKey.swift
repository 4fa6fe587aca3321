/// The key of a delivery: one event to one notifier.
package struct DeliveryKey: Hashable, Comparable, Sendable {
  /// The number of the event.
  package let sequence: Int64

  package let notifier: String

  /// The key of the delivery of an event.
  package init(sequence: Int64, notifier: String) {
    self.sequence = sequence
    self.notifier = notifier
  }

  package static func < (left: DeliveryKey, right: DeliveryKey) -> Bool {
    (left.sequence, left.notifier) < (right.sequence, right.notifier)
  }
}
