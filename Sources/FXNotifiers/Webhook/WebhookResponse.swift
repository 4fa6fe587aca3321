import FXCore

/// Determines a delivery's outcome from the receiver's response.
struct WebhookResponse {
  /// The shown part of a response's body, in bytes.
  private static let maximumExcerptBytes = 200

  /// The part of a response's body from which secrets are removed: the longest one may begin at the end of the
  /// excerpt.
  private static let maximumRedactedBytes = 8 << 10

  let response: HTTPResponse
  let attemptedAt: Timestamp

  /// The redaction of the shown part of a body.
  let redaction: Redaction

  /// Indicates whether secrets were sent; the body could then contain them and is not shown.
  let mayEchoSecrets: Bool

  /// The rule that separates acceptance from refusal in the body.
  let answer: ServiceAnswer

  /// The outcome: 2xx is success unless the body refuses, 410 disables the endpoint, 429 limits the pace, and
  /// anything else is retried.
  var outcome: DeliveryOutcome {
    switch response.status {
    case 200...299: accepted
    case 410: .gone
    case 429: .limited(because: "HTTP 429\(excerpt)", after: retryAfter)
    case 300...399:
      .retry(
        because: "HTTP \(response.status): redirects are not followed; "
          + "set 'url' to the receiver's new URL", after: retryAfter)
    default:
      .retry(
        because: "HTTP \(response.status)\(excerpt)", after: retryAfter)
    }
  }

  /// The outcome of a status of success.
  private var accepted: DeliveryOutcome {
    guard let refusal = answer.refusal(in: response.body) else {
      return .delivered(
        detail: "HTTP \(response.status) in \(response.duration.milliseconds) ms\(excerpt)")
    }
    let reason =
      "HTTP \(response.status), but refused: \(redaction.redacted(refusal.reason))\(excerpt)"
    return refusal.isLimit
      ? .limited(because: reason, after: retryAfter) : .retry(because: reason, after: retryAfter)
  }

  /// Returns the outcome of a failed request; only failures that need a changed config are permanent.
  static func outcome(of failure: HTTPFailure) -> DeliveryOutcome {
    switch failure {
    case .unusableURL(let reason): .refused(because: "invalid URL: \(reason)")
    case .privateAddress(let address):
      .refused(
        because: "\(address) is a private address and allow_private is false for this notifier")
    case .unresolvable(let host): .retry(because: "cannot resolve \(host)")
    case .connectionFailed(let reason): .retry(because: "cannot connect: \(reason)")
    case .timedOut(let limit):
      .retry(because: "no response within \(limit.components.seconds) s", slowDown: true)
    case .tls(let reason): .retry(because: "no secure connection: \(reason)")
    case .bodyTooLarge(let limit): .retry(because: "the response is longer than \(limit) bytes")
    case .excessive(let reason): .retry(because: reason)
    case .redirected: .retry(because: "redirects are not followed")
    case .broken(let reason): .retry(because: "the connection failed: \(reason)")
    case .cancelled: .retry(because: "fxwatch stopped before the receiver responded")
    }
  }

  private var retryAfter: Duration? {
    response.retryAfter(now: attemptedAt + response.duration) ?? retryAfterInBody
  }

  /// The delay in the body of a 429 without a `Retry-After` header, in seconds.
  ///
  /// Telegram has it in `parameters` (https://core.telegram.org/bots/api#responseparameters), Discord
  /// at the top level
  /// (https://discord.com/developers/docs/topics/rate-limits#exceeding-a-rate-limit), Matrix in
  /// milliseconds (https://spec.matrix.org/latest/client-server-api/#rate-limiting).
  private var retryAfterInBody: Duration? {
    guard response.status == 429, let answer = try? JSONReader.read(response.body) else {
      return nil
    }
    if let milliseconds = answer["retry_after_ms"]?.text.flatMap({ Int64($0) }), milliseconds >= 0 {
      return min(.milliseconds(milliseconds), HTTPResponse.maximumRetryAfter)
    }
    guard
      let seconds = (answer["parameters"]?["retry_after"] ?? answer["retry_after"])?.text
        .flatMap(Double.init), seconds >= 0, seconds.isFinite
    else { return nil }
    let longest = HTTPResponse.maximumRetryAfter
    let bounded = min(seconds, Double(longest.components.seconds))
    return .milliseconds(Int64((bounded * 1000).rounded()))
  }

  private var excerpt: String {
    guard !mayEchoSecrets, !response.body.isEmpty else { return "" }
    // Redacted before it is cut: half a secret would not be found.
    let whole = redaction.redacted(
      String(decoding: response.body.prefix(Self.maximumRedactedBytes), as: UTF8.self))
    var text = String(decoding: whole.utf8.prefix(Self.maximumExcerptBytes), as: UTF8.self)
    while text.last?.isWhitespace == true { text.removeLast() }
    return text.isEmpty ? "" : ": " + SanitizedText.line(text)
  }
}
