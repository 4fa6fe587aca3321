import FXCore

/// Publishes the payload of each event at a broker of MQTT.
struct MQTTNotifier: Notifier {
  static let kind = NotifierKind(name: "mqtt") { section, context in
    let broker = MQTTBroker.read(section, context)
    let topic = MQTTTopic.read("topic", from: section, default: defaultTopic)
    let number = section.node("qos") == nil ? 1 : section.integer("qos", in: 0...2)
    let isRetained = section.flag("retain") ?? false
    let homeAssistant = HomeAssistant.read(section, broker)
    guard let broker, let topic, let number,
      let quality = MQTTMessage.Quality(rawValue: Int32(number))
    else { return nil }
    return MQTTNotifier(
      broker: broker, topic: topic, quality: quality, isRetained: isRetained,
      homeAssistant: homeAssistant,
      redaction: Redaction([broker.password, broker.key].compactMap(\.self)),
      transport: context.mqtt)
  }

  /// The default of `topic`.
  private static let defaultTopic = "fxwatch/events"

  let broker: MQTTBroker
  let topic: MQTTTopic
  let quality: MQTTMessage.Quality
  let isRetained: Bool

  /// The sensors that are published beside events; nil for none.
  let homeAssistant: HomeAssistant?

  /// The redaction of what the broker and the library report.
  let redaction: Redaction

  let transport: any MQTTTransport

  func deliver(_ shipment: Shipment) async -> DeliveryOutcome {
    var outcome = DeliveryOutcome.delivered(detail: "no events")
    for notification in shipment.notifications {
      outcome = await publish(notification)
      guard case .delivered = outcome else { break }
    }
    return outcome.redacted(by: redaction)
  }

  /// The payload has the event's identifier: only MQTT 5 has properties that carry it.
  private func publish(_ notification: Notification) async -> DeliveryOutcome {
    var payload: [UInt8] = []
    notification.writePayload(identified: true, to: &payload)
    var message = MQTTMessage(
      topic: topic.text(for: notification), payload: payload, quality: quality,
      isRetained: isRetained)
    message.contentType = "application/json"
    message.id = notification.id
    do throws(MQTTFailure) {
      let receipt = try await transport.publish(message, to: broker)
      let verb = quality == .atMostOnce ? "sent" : "confirmed"
      return .delivered(
        detail: "\(verb) in \(receipt.duration.milliseconds) ms"
          + (receipt.hasSubscribers ? "" : ", but no client has subscribed to the topic"))
    } catch {
      return error.outcome
    }
  }
}
