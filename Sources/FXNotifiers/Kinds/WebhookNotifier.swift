import FXCore

/// Sends the payload over HTTP, signed according to Standard Webhooks, or a request of the
/// administrator's design.
struct WebhookNotifier: Notifier {
  /// The most secrets that sign at once; a rotation needs two.
  private static let maximumSecrets = 4

  static let kind = NotifierKind(name: "webhook", canBatch: true) { section, context in
    let endpoint = WebhookEndpoint(section, context: context)
    let format = WebhookFormat.read(section, context)
    let answer = ServiceAnswer.read(section)
    guard let signers = signers(section, context), let endpoint, let format else { return nil }
    return WebhookNotifier(
      endpoint: format.secrets.reduce(answer.map(endpoint.expecting) ?? endpoint) {
        $0.sending($1)
      }, signers: signers, format: format)
  }

  let endpoint: WebhookEndpoint
  let signers: [WebhookSigner]
  let format: WebhookFormat

  var looksInside: Bool { format.isCustom }

  func deliver(_ shipment: Shipment) async -> DeliveryOutcome {
    var request =
      shipment.notifications.first.flatMap { format.request(for: $0) }
      ?? ServiceRequest(method: format.method.method, body: Self.body(of: shipment))
    let timestamp = shipment.attemptedAt.milliseconds.flooredDivision(by: 1000)
    request.headers += [
      HTTPHeader("webhook-id", shipment.id), HTTPHeader("webhook-timestamp", "\(timestamp)"),
    ]
    if !signers.isEmpty {
      let signatures = signers.map {
        $0.signature(id: shipment.id, timestamp: timestamp, body: request.body)
      }
      request.headers.append(
        HTTPHeader("webhook-signature", signatures.joined(separator: " ")))
    }
    return await endpoint.send(request, at: shipment.attemptedAt)
  }

  /// Returns the payload of one event, or a batch of several with the identifier of each.
  ///
  /// The bytes are the same on every attempt.
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

  /// Returns the signers of `secret`: empty if the key is absent, nil after reporting a problem.
  private static func signers(
    _ section: SettingsSection, _ context: NotifierContext
  ) -> [WebhookSigner]? {
    guard let references = section.secrets("secret") else { return [] }
    if references.count > maximumSecrets {
      section.problem(
        "secret", "\(references.count) secrets are too many; write at most \(maximumSecrets)")
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
