import FXCore
import FXNotifiers
import Testing

@Suite("A custom body")
struct BodyTemplateTests {
  /// An event whose summary contains every special character of the formats, and a label.
  private static let event: FXCore.Notification = Samples.alert(with: [
    .init("summary", .string("a\"b\\c<d>&'e' = 100%\n+\u{1b}ü")),
    .init("labels", .object([.init("desk", .string("FX & co"))])),
  ])

  /// A content type, a template, and the body of the event.
  static let bodies: [(String, String, String)] = [
    (
      "application/json",
      #"{"text": "{{summary}} at {{ source }}", "rate": {{rate}}, "pair": {{pair}}, "none": {{reason}},"#
        + #" "also none": "{{reason}}", "desk": "{{label.desk}}", "ticks": {{ticks}}}"#,
      #"{"text": "a\"b\\c<d>&'e' = 100%\n+\u001bü at timesca", "rate": 0.10563, "pair": "TJS/USD","#
        + #" "none": null, "also none": "", "desk": "FX & co", "ticks": 1395}"#
    ),
    (
      "application/vnd.example+json; charset=utf-8", #"{"event": {{payload}}, "id": "{{id}}"}"#,
      #"{"event": \#(event.payload), "id": "evt_1"}"#
    ),
    (
      "application/x-www-form-urlencoded", "text={{summary}}&pair={{pair}}&none={{reason}}",
      "text=a%22b%5Cc%3Cd%3E%26%27e%27%20%3D%20100%25%0A%2B%1B%C3%BC&pair=TJS%2FUSD&none="
    ),
    (
      "text/plain; charset=utf-8", "{{title}}: {{summary}}",
      "big-move TJS/USD at timesca: a\"b\\c<d>&'e' = 100%\\u{a}+\\u{1b}ü"
    ),
    (
      "application/xml", "<a t=\"{{summary}}\">{{label.desk}}</a>",
      "<a t=\"a&quot;b\\c&lt;d&gt;&amp;&#39;e&#39; = 100%\\u{a}+\\u{1b}ü\">FX &amp; co</a>"
    ),
    (
      "text/html", "<p>{{summary}}</p>",
      "<p>a&quot;b\\c&lt;d&gt;&amp;&#39;e&#39; = 100%\\u{a}+\\u{1b}ü</p>"
    ),
  ]

  @Test("escapes each field for its content type", arguments: bodies)
  func escapes(contentType: String, template: String, expected: String) async throws {
    let reading = Reading()
    let (definition, problems) = reading.read([
      ("type", "webhook"), ("url", "https://ops.example/hook"), ("body", .text(template)),
      ("content_type", .text(contentType)),
    ])
    #expect(problems == [])
    _ = try await #require(definition).notifier.deliver(Samples.shipment(Self.event))
    let request = try #require(reading.transport.requests.all.first)
    #expect(String(decoding: request.body, as: UTF8.self) == expected)
    #expect(request.headers.first == HTTPHeader("content-type", contentType))
    if contentType.contains("json") { _ = try JSONReader.read(request.body) }
  }

  @Test("is signed with the bytes that are sent")
  func signed() async throws {
    let reading = Reading(
      secrets: PlantedSecrets(texts: [.credential("key"): WebhookRequestTests.key]))
    let (definition, _) = reading.read([
      ("type", "webhook"), ("url", "https://ops.example/hook"), ("body", "{\"t\": \"{{type}}\"}"),
      ("secret", .credential("key")),
    ])
    _ = try await #require(definition).notifier.deliver(Samples.shipment(Self.event))
    let request = try #require(reading.transport.requests.all.first)
    #expect(request.body == Array(#"{"t": "alert.firing"}"#.utf8))
    let signature = try WebhookSigner(Secret(WebhookRequestTests.key)).signature(
      id: "msg_1", timestamp: 1_771_578_902, body: request.body)
    #expect(request.headers.contains(HTTPHeader("webhook-signature", signature)))
  }
}
