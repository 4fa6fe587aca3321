import FXCore

/// Sends events over HTTP in the format that a service documents.
struct ServiceWebhook: Notifier {
  let endpoint: WebhookEndpoint

  /// Returns the requests of an event, the same on every attempt; a failed one ends the attempt.
  let requests: @Sendable (Notification) -> [ServiceRequest]

  /// A service that accepts any number of requests for an event.
  init(
    endpoint: WebhookEndpoint, requests: @escaping @Sendable (Notification) -> [ServiceRequest]
  ) {
    self.endpoint = endpoint
    self.requests = requests
  }

  /// A service that accepts one POST of a JSON document for an event.
  init(
    endpoint: WebhookEndpoint, contentType: String = "application/json",
    body: @escaping @Sendable (Notification) -> JSONValue
  ) {
    self.endpoint = endpoint
    requests = { [ServiceRequest(contentType: contentType, body: body($0).bytes)] }
  }

  func deliver(_ shipment: Shipment) async -> DeliveryOutcome {
    var outcome = DeliveryOutcome.delivered(detail: "no events")
    for request in Notification.group(shipment).map(requests) ?? [] {
      outcome = await endpoint.send(request, at: shipment.attemptedAt)
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
