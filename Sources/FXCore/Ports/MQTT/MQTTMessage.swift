/// A message to publish.
package struct MQTTMessage: Hashable, Sendable {
  /// The promise of its delivery to the broker.
  package enum Quality: Int32, CaseIterable, Sendable {
    /// It is written to the connection; nothing confirms it.
    case atMostOnce = 0
    /// It is repeated until the broker confirms it.
    case atLeastOnce = 1
    /// As `atLeastOnce`, and the broker keeps its identifier until both sides know of the delivery.
    case exactlyOnce = 2
  }

  package let topic: String
  package let payload: [UInt8]
  package let quality: Quality

  /// True if the broker keeps it for later subscribers; without a payload it removes the one kept.
  package let isRetained: Bool

  /// The MIME type of the payload; not sent to brokers without MQTT 5.
  package var contentType: String?

  /// The identifier that is the same for each repetition, sent as the user property `webhook-id`; not
  /// sent to brokers without MQTT 5.
  package var id: String?

  /// A message for a topic.
  package init(topic: String, payload: [UInt8], quality: Quality, isRetained: Bool) {
    self.topic = topic
    self.payload = payload
    self.quality = quality
    self.isRetained = isRetained
  }
}
