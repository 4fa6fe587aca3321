import FXCore

/// Tells by HTTP POST in the shape one service documents.
struct ServiceWebhook: Notifier {
  let endpoint: WebhookEndpoint
  var contentType = "application/json"

  /// The body of an event; the same on every attempt.
  let body: @Sendable (Notification) -> JSONValue

  func deliver(_ shipment: Shipment) async -> DeliveryOutcome {
    var outcome = DeliveryOutcome.delivered(detail: "nothing to tell")
    for notification in shipment.notifications {
      outcome = await endpoint.post(
        body(notification).bytes, contentType: contentType, at: shipment.attemptedAt)
      guard case .delivered = outcome else { return outcome }
    }
    return outcome
  }
}

extension JSONValue {
  /// The value as compact JSON.
  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    write(to: &bytes)
    return bytes
  }

  /// An object of texts in the order given.
  static func texts(_ members: [(name: String, value: String)]) -> JSONValue {
    .object(members.map { .init($0.name, .string($0.value)) })
  }
}
