import FXCore
import FXNotifiers
import Testing

@Suite("The request of a webhook of the administrator's design")
struct WebhookFormatTests {
  private static let url: (String, Written) = ("url", "https://sms.example/send?v=2")

  @Test("sends a form with values of the event and secrets, percent-encoded")
  func form() async throws {
    let sent = try await request([
      Self.url,
      (
        "form",
        .map([("to", "+996555"), ("text", "{{pair}} & {{change}} %"), ("key", .credential("key"))])
      ),
    ])
    #expect(sent.method == .post)
    #expect(sent.headers.first == HTTPHeader("content-type", "application/x-www-form-urlencoded"))
    #expect(
      String(decoding: sent.body, as: UTF8.self)
        == "to=%2B996555&text=TJS%2FUSD%20%26%2015.22%20%25&key=s%26cret")
  }

  @Test("adds parameters to the URL, and a GET has no body")
  func query() async throws {
    let sent = try await request([
      Self.url, ("method", "GET"),
      ("query", .map([("m", "{{title}}"), ("id", "{{id}}"), ("key", .credential("key"))])),
    ])
    #expect(sent.method == .get)
    #expect(
      sent.url
        == "https://sms.example/send?v=2&m=big-move%20TJS%2FUSD%20at%20timesca&id=evt_1"
        + "&key=s%26cret")
    #expect(sent.body == [])
    #expect(!sent.headers.contains { $0.isNamed("content-type") })
  }

  @Test("sends the payload with another method, and with parameters")
  func method() async throws {
    let sent = try await request([Self.url, ("method", "PUT"), ("query", .map([("a", "b")]))])
    #expect(sent.method == .put)
    #expect(sent.url == "https://sms.example/send?v=2&a=b")
    #expect(sent.body == Array(Samples.alert().payload.description.utf8))
  }

  @Test(
    "is refused where its parts contradict each other",
    arguments: [
      ([("method", "GET"), ("form", .map([("a", "b")]))], "a GET has no body"),
      ([("body", "{}"), ("form", .map([("a", "b")]))], "one body"),
      ([("form", .map([("a", "{{nothing}}")]))], "unknown field '{{nothing}}'"),
      ([("method", "DELETE")], "is not one of GET, PATCH, POST, PUT"),
      ([("query", .map([("a", "b")])), ("batch", "true")], "about one event"),
    ] as [([(String, Written)], String)])
  func refused(settings: [(String, Written)], problem: String) {
    let (_, problems) = Reading().read([("type", "webhook"), Self.url] + settings)
    #expect(problems.contains { $0.contains(problem) }, "\(problems)")
  }

  private func request(_ settings: [(String, Written)]) async throws -> HTTPRequest {
    let reading = Reading(secrets: PlantedSecrets(texts: [.credential("key"): "s&cret"]))
    let (definition, problems) = reading.read([("type", "webhook")] + settings)
    #expect(problems == [])
    let outcome = try await #require(definition).notifier.deliver(Samples.shipment(Samples.alert()))
    #expect(outcome == .delivered(detail: "HTTP 204 in 12 ms"))
    return try #require(reading.transport.requests.all.first)
  }
}
