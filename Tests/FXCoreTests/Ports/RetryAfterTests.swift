import FXCore
import Testing

@Suite("Retry-After")
struct RetryAfterTests {
  private static let now = Timestamp(text: "2026-02-20T09:15:02Z") ?? Timestamp(seconds: 0)

  @Test(
    "is a number of seconds or a date",
    arguments: [
      ("120", .seconds(120)), ("0", .zero), ("Fri, 20 Feb 2026 09:16:02 GMT", .seconds(60)),
      ("Fri, 20 Feb 2026 09:14:02 GMT", .zero), ("86401", .seconds(86_400)),
      ("99999999999999999999", .seconds(86_400)), ("", nil), ("-1", nil), ("soon", nil),
      ("2026-02-20T09:16:02Z", nil), ("Fri, 31 Feb 2026 09:16:02 GMT", nil),
    ] as [(String, Duration?)])
  func value(text: String, expected: Duration?) {
    let response = HTTPResponse(
      status: 503, headers: [HTTPHeader("retry-after", text)], body: [],
      effectiveURL: "https://bank.example/", duration: .zero)
    #expect(response.retryAfter(now: Self.now) == expected)
  }

  @Test("is nil for a response without it")
  func missing() {
    let response = HTTPResponse(
      status: 503, headers: [], body: [], effectiveURL: "https://bank.example/", duration: .zero)
    #expect(response.retryAfter(now: Self.now) == nil)
  }
}
