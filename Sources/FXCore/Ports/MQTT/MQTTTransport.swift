/// Publishes messages at brokers.
package protocol MQTTTransport: Sendable {
  /// Publishes one message, and returns once the broker has confirmed it as its quality promises.
  ///
  /// The connection is kept for the next message. Task cancellation ends the attempt with
  /// `MQTTFailure.cancelled`; the broker may have the message all the same.
  func publish(
    _ message: MQTTMessage, to broker: MQTTBroker
  ) async throws(MQTTFailure) -> MQTTReceipt
}
