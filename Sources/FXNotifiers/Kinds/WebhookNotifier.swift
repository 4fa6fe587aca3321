import FXCore

/// Tells by HTTP POST, signed as Standard Webhooks describes.
struct WebhookNotifier: Notifier {
  static let kind = NotifierKind(name: "webhook", canBatch: true) { section, context in
    WebhookSettings(section, context: context).map {
      WebhookNotifier(settings: $0, transport: context.transport)
    }
  }

  private static let connectTimeout = Duration.seconds(5)
  private static let totalTimeout = Duration.seconds(15)

  /// An answer's body is thrown away but for its beginning; a longer one is a receiver gone wrong.
  private static let maximumAnswerBytes = 1 << 20

  let settings: WebhookSettings
  let transport: any HTTPTransport

  func deliver(_ shipment: Shipment) async -> DeliveryOutcome {
    do throws(HTTPFailure) {
      let response = try await transport.send(request(for: shipment))
      return WebhookAnswer(
        response: response, attemptedAt: shipment.attemptedAt,
        mayEchoSecrets: settings.headers.contains(where: \.isSecret)
      ).outcome
    } catch {
      return WebhookAnswer.outcome(of: error)
    }
  }

  private func request(for shipment: Shipment) -> HTTPRequest {
    var request = HTTPRequest(url: settings.url)
    request.method = .post
    request.body = Self.body(of: shipment)
    request.headers = [HTTPHeader("content-type", "application/json")]
    let timestamp = shipment.attemptedAt.milliseconds.flooredDivision(by: 1000)
    request.headers.append(HTTPHeader("webhook-id", shipment.id))
    request.headers.append(HTTPHeader("webhook-timestamp", "\(timestamp)"))
    if !settings.signers.isEmpty {
      let signatures = settings.signers.map {
        $0.signature(id: shipment.id, timestamp: timestamp, body: request.body)
      }
      request.headers.append(HTTPHeader("webhook-signature", signatures.joined(separator: " ")))
    }
    request.headers += settings.headers.map { HTTPHeader($0.name, $0.value.reveal()) }
    request.connectTimeout = Self.connectTimeout
    request.totalTimeout = Self.totalTimeout
    request.maximumBodyBytes = Self.maximumAnswerBytes
    request.allowPrivate = settings.allowPrivate
    request.redirects = .returned
    request.authoritiesFile = settings.authoritiesFile
    return request
  }

  /// The payload of one event, or the batch of several; the same bytes on every attempt.
  private static func body(of shipment: Shipment) -> [UInt8] {
    let events = shipment.notifications
    let last = events.map(\.timestamp).max() ?? shipment.attemptedAt
    let payload =
      events.count == 1
      ? events[0].payload
      : .object([
        .init("type", .string("batch")),
        .init("timestamp", .string(last.description)),
        .init("data", .object([.init("events", .array(events.map(\.payload)))])),
      ])
    var bytes: [UInt8] = []
    payload.write(to: &bytes)
    return bytes
  }
}
