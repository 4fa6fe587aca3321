import FXCore

/// Posts events over HTTP in the format that a service documents.
struct ServiceWebhook: Notifier {
  let endpoint: WebhookEndpoint
  var contentType = "application/json"

  /// Returns the body of an event; the same on every attempt.
  let body: @Sendable (Notification) -> JSONValue

  func deliver(_ shipment: Shipment) async -> DeliveryOutcome {
    var outcome = DeliveryOutcome.delivered(detail: "no events")
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

  /// Returns an object of strings in the given order.
  static func texts(_ members: [(name: String, value: String)]) -> JSONValue {
    .object(members.map { .init($0.name, .string($0.value)) })
  }
}
