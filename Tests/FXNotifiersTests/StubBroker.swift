import FXCore

/// A broker that gives every message the same outcome and records the messages.
struct StubBroker: MQTTTransport {
  typealias Answer = Result<MQTTReceipt, MQTTFailure>

  /// A function, so that printing this value does not print the broker's reason.
  private let answer: @Sendable () -> Answer
  let messages = Record<MQTTMessage>()
  let brokers = Record<MQTTBroker>()

  init(answer: Answer = StubBroker.taken) { self.answer = { answer } }

  static let taken: Answer = .success(
    MQTTReceipt(hasSubscribers: true, duration: .milliseconds(12)))

  func publish(
    _ message: MQTTMessage, to broker: MQTTBroker
  ) async throws(MQTTFailure) -> MQTTReceipt {
    messages.add(message)
    brokers.add(broker)
    return try answer().get()
  }
}
