/// An event that a notifier receives in a digest at the end of its quiet hours.
package struct HeldEvent: Hashable, Sendable {
  package let key: DeliveryKey
  package let notification: Notification

  /// A held event.
  package init(key: DeliveryKey, notification: Notification) {
    self.key = key
    self.notification = notification
  }
}
