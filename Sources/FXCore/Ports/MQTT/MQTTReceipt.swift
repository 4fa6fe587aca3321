/// The confirmation of a message.
package struct MQTTReceipt: Hashable, Sendable {
  /// False if the broker reports that no client has subscribed to the topic.
  package let hasSubscribers: Bool

  /// The time from the attempt to the confirmation, with the connection if it was made for it.
  package let duration: Duration

  /// A confirmation after some time.
  package init(hasSubscribers: Bool, duration: Duration) {
    self.hasSubscribers = hasSubscribers
    self.duration = duration
  }
}
