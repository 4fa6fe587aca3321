import FXCore
import FXNotifiers
import Testing

@Suite("The outcome of a webhook")
struct WebhookOutcomeTests {
  static let failures: [(HTTPFailure, DeliveryOutcome)] = [
    (
      .unusableURL(reason: "no host"), .refused(because: "invalid URL: no host")
    ),
    (.unresolvable(host: "ops.example"), .retry(because: "cannot resolve ops.example")),
    (
      .privateAddress(address: "10.0.0.1"),
      .refused(
        because: "10.0.0.1 is a private address and allow_private is false for this notifier")
    ),
    (.connectionFailed(reason: "refused"), .retry(because: "cannot connect: refused")),
    (
      .timedOut(after: .seconds(15)), .retry(because: "no response within 15 s", slowDown: true)
    ),
    (.tls(reason: "expired"), .retry(because: "no secure connection: expired")),
    (.bodyTooLarge(limit: 7), .retry(because: "the response is longer than 7 bytes")),
    (.redirected(toHost: "x"), .retry(because: "redirects are not followed")),
    (.broken(reason: "closed early"), .retry(because: "the connection failed: closed early")),
    (.cancelled, .retry(because: "fxwatch stopped before the receiver responded")),
  ]

  @Test("every status has one outcome", arguments: 100...599)
  func statuses(status: Int) async throws {
    let outcome = try await outcome(.success(StubTransport.response(status)))
    switch status {
    case 200...299: #expect(outcome == .delivered(detail: "HTTP \(status) in 12 ms"))
    case 300...399:
      #expect(
        outcome
          == .retry(
            because: "HTTP \(status): redirects are not followed; set 'url' to the receiver's "
              + "new URL"))
    case 410: #expect(outcome == .gone)
    case 429: #expect(outcome == .limited(because: "HTTP 429"))
    default: #expect(outcome == .retry(because: "HTTP \(status)"))
    }
  }

  @Test("every failure of a transfer has one outcome", arguments: failures)
  func transferFailed(failure: HTTPFailure, expected: DeliveryOutcome) async throws {
    #expect(try await outcome(.failure(failure)) == expected)
  }

  @Test(
    "the body of a 429 contains the delay if no header does",
    arguments: [
      (
        #"{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 35","#
          + #""parameters":{"retry_after":35}}"#, Duration.seconds(35)
      ),
      (#"{"message": "You are being rate limited.","retry_after": 64.57}"#, .milliseconds(64_570)),
      (#"{"retry_after": 1e300}"#, .seconds(86_400)), (#"{"retry_after": -1}"#, nil),
      (#"{"retry_after": "soon"}"#, nil), ("busy", nil),
    ] as [(String, Duration?)])
  func waitInBody(body: String, wait: Duration?) async throws {
    for status in [429, 500] {
      let outcome = try await outcome(.success(StubTransport.response(status, body: body)))
      #expect(
        outcome
          == (status == 429
            ? .limited(because: "HTTP 429: \(body)", after: wait)
            : .retry(because: "HTTP 500: \(body)")))
    }
  }

  @Test(
    "Retry-After is used, in seconds or as a date",
    arguments: [
      (429, "120", Duration.seconds(120)),
      (503, "Fri, 20 Feb 2026 09:16:02 GMT", .milliseconds(59_375)),
      (503, "Fri, 20 Feb 2026 09:00:00 GMT", .zero), (302, "7", .seconds(7)),
      (503, "99999999999999999999", .seconds(86_400)),
      (503, "Fri, 20 Feb 2099 09:00:00 GMT", .seconds(86_400)),
    ] as [(Int, String, Duration)])
  func wait(status: Int, text: String, wait: Duration) async throws {
    let headers = [HTTPHeader("Retry-After", text)]
    switch try await outcome(.success(StubTransport.response(status, headers: headers))) {
    case .retry(_, let after, let slowDown):
      #expect(status != 429)
      #expect(after == wait)
      #expect(!slowDown)
    case .limited(_, let after):
      #expect(status == 429)
      #expect(after == wait)
    case let other: Issue.record("\(other)")
    }
  }

  @Test(
    "an invalid Retry-After is ignored",
    arguments: [
      "", "-5", "soon", "1.5", "Fri, 20 Feb 2026 09:16:02 CET", "Fri, 31 Feb 2026 09:16:02 GMT",
    ])
  func unreadableRetryAfter(text: String) async throws {
    let headers = [HTTPHeader("Retry-After", text)]
    #expect(
      try await outcome(.success(StubTransport.response(503, headers: headers)))
        == .retry(because: "HTTP 503"))
  }

  @Test("an error shows the beginning of the response, sanitized")
  func excerpt() async throws {
    let body = "no such \u{1b}[31mhook\n" + String(repeating: "x", count: 1000)
    #expect(
      try await outcome(.success(StubTransport.response(404, body: body)))
        == .retry(
          because: "HTTP 404: no such \\u{1b}[31mhook\\u{a}" + String(repeating: "x", count: 182)))
  }

  private func outcome(
    _ answer: Result<HTTPResponse, HTTPFailure>
  ) async throws -> DeliveryOutcome {
    let (definition, _) = Reading(transport: StubTransport(answer: answer)).read([
      ("type", "webhook"), ("url", "https://ops.example/hook"),
    ])
    return try await #require(definition).notifier.deliver(Samples.shipment(Samples.alert()))
  }
}
