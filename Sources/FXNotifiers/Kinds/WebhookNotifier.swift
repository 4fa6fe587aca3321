import FXCore

/// Tells by HTTP POST of the payload, signed as Standard Webhooks describes.
struct WebhookNotifier: Notifier {
  /// During a rotation there are two; more than four only make the header long.
  private static let maximumSecrets = 4

  static let kind = NotifierKind(name: "webhook", canBatch: true) { section, context in
    let endpoint = WebhookEndpoint(section, context: context)
    let ownBody = WebhookBody.read(section)
    guard let signers = signers(section, context), let endpoint else { return nil }
    return WebhookNotifier(endpoint: endpoint, signers: signers, ownBody: ownBody)
  }

  let endpoint: WebhookEndpoint
  let signers: [WebhookSigner]

  /// What is posted instead of the payload; nil for the payload.
  let ownBody: WebhookBody?

  var looksInside: Bool { ownBody != nil }

  func deliver(_ shipment: Shipment) async -> DeliveryOutcome {
    let body =
      ownBody.flatMap { own in shipment.notifications.first.map { own.template.body(for: $0) } }
      ?? Self.body(of: shipment)
    let timestamp = shipment.attemptedAt.milliseconds.flooredDivision(by: 1000)
    var headers = [
      HTTPHeader("webhook-id", shipment.id), HTTPHeader("webhook-timestamp", "\(timestamp)"),
    ]
    if !signers.isEmpty {
      let signatures = signers.map {
        $0.signature(id: shipment.id, timestamp: timestamp, body: body)
      }
      headers.append(HTTPHeader("webhook-signature", signatures.joined(separator: " ")))
    }
    return await endpoint.post(
      body, contentType: ownBody?.contentType ?? WebhookBody.usualType, headers: headers,
      at: shipment.attemptedAt)
  }

  /// The payload of one event, or the batch of several with the identifier of each; the same bytes on
  /// every attempt.
  private static func body(of shipment: Shipment) -> [UInt8] {
    let events = shipment.notifications
    var body: [UInt8] = []
    if let event = events.first, events.count == 1 {
      event.writePayload(identified: false, to: &body)
      return body
    }
    let last = events.map(\.timestamp).max() ?? shipment.attemptedAt
    body.append(contentsOf: #"{"type":"batch","timestamp":"\#(last)","data":{"events":["#.utf8)
    for (place, event) in events.enumerated() {
      if place > 0 { body.append(UInt8(ascii: ",")) }
      event.writePayload(identified: true, to: &body)
    }
    body.append(contentsOf: "]}}".utf8)
    return body
  }

  /// The signers of `secret`; empty where the key is absent, nil where one cannot be had.
  private static func signers(
    _ section: SettingsSection, _ context: NotifierContext
  ) -> [WebhookSigner]? {
    guard let references = section.secrets("secret") else { return [] }
    if references.count > maximumSecrets {
      section.problem(
        "secret", "\(references.count) secrets are too many; at most \(maximumSecrets) sign at once"
      )
    }
    let signers = references.compactMap { reference -> WebhookSigner? in
      guard let secret = context.secret(reference, for: "secret", of: section) else { return nil }
      do throws(SecretProblem) {
        return try WebhookSigner(secret)
      } catch {
        section.problem("secret", "\(reference) \(error.message)")
        return nil
      }
    }
    return signers.count == references.count && !signers.isEmpty ? signers : nil
  }
}
