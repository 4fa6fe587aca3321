/// A message that a subscription brought.
package struct MQTTArrival: Hashable, Sendable {
  package let topic: String

  /// The first bytes of the payload.
  package let payload: [UInt8]

  /// True if the broker had kept it from before the subscription.
  package let isRetained: Bool
}
