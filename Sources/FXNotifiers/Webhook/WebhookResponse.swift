import FXCore

/// What a receiver's answer means for the delivery.
struct WebhookAnswer {
  /// How much of an answer's body an administrator is shown, in bytes.
  private static let maximumExcerptBytes = 200

  let response: HTTPResponse
  let attemptedAt: Timestamp

  /// Whether secrets were sent, so that the body could contain them and is not shown.
  let mayEchoSecrets: Bool

  /// 2xx is success and 410 the end; everything else is tried again, more slowly after a 429.
  var outcome: DeliveryOutcome {
    switch response.status {
    case 200...299:
      .delivered(
        detail: "HTTP \(response.status) in \(response.duration.milliseconds) ms\(excerpt)")
    case 410: .gone
    case 300...399:
      .retry(
        because: "HTTP \(response.status): redirects are not followed; "
          + "give the notifier the address the receiver has now", after: retryAfter)
    default:
      .retry(
        because: "HTTP \(response.status)\(excerpt)", after: retryAfter,
        slowDown: response.status == 429)
    }
  }

  /// What prevented an answer: nothing that could change by itself is refused.
  static func outcome(of failure: HTTPFailure) -> DeliveryOutcome {
    switch failure {
    case .unusableURL(let reason): .refused(because: "the address cannot be used: \(reason)")
    case .privateAddress(let address):
      .refused(
        because: "\(address) is a private address and allow_private is false for this notifier")
    case .unresolvable(let host): .retry(because: "no address is known for \(host)")
    case .connectionFailed(let reason): .retry(because: "cannot connect: \(reason)")
    case .timedOut(let limit):
      .retry(because: "no answer within \(limit.components.seconds) s", slowDown: true)
    case .tls(let reason): .retry(because: "no secure connection: \(reason)")
    case .bodyTooLarge(let limit): .retry(because: "the answer is longer than \(limit) bytes")
    case .redirected: .retry(because: "redirects are not followed")
    case .broken(let reason): .retry(because: "the connection broke: \(reason)")
    case .cancelled: .retry(because: "fxwatch stopped before the receiver answered")
    }
  }

  private var retryAfter: Duration? {
    response.retryAfter(now: attemptedAt + response.duration) ?? retryAfterInBody
  }

  /// What services say in the body of a 429 that has no header for it: Telegram in `parameters`
  /// (https://core.telegram.org/bots/api#responseparameters), Discord beside the message
  /// (https://discord.com/developers/docs/topics/rate-limits#exceeding-a-rate-limit), both in seconds.
  private var retryAfterInBody: Duration? {
    guard response.status == 429, let answer = try? JSONReader.read(response.body),
      let seconds = (answer["parameters"]?["retry_after"] ?? answer["retry_after"])?.text
        .flatMap(Double.init), seconds >= 0, seconds.isFinite
    else { return nil }
    let longest = HTTPResponse.maximumRetryAfter
    let bounded = min(seconds, Double(longest.components.seconds))
    return .milliseconds(Int64((bounded * 1000).rounded()))
  }

  private var excerpt: String {
    let bytes = response.body.prefix(Self.maximumExcerptBytes)
    guard !mayEchoSecrets, !bytes.isEmpty else { return "" }
    var text = String(decoding: bytes, as: UTF8.self)
    while text.last?.isWhitespace == true { text.removeLast() }
    return text.isEmpty ? "" : ": " + SanitizedText.line(text)
  }
}
