import FXCore
import FXNotifiers
import Testing

@Suite("The request of a webhook")
struct WebhookRequestTests {
  static let key = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

  @Test(
    "posts the payload with timeouts of 5 s to connect and 15 s in all, without following redirects"
  )
  func request() async throws {
    let sent = try await requests(
      [("url", "https://ops.example/hook"), ("ca_file", "/etc/ca.pem")], Samples.alert())
    var expected = HTTPRequest(url: "https://ops.example/hook")
    expected.method = .post
    expected.headers = [
      HTTPHeader("content-type", "application/json"), HTTPHeader("webhook-id", "msg_1"),
      HTTPHeader("webhook-timestamp", "1771578902"), HTTPHeader("accept", "*/*"),
    ]
    expected.body = Array(Samples.alert().payload.description.utf8)
    expected.connectTimeout = .seconds(5)
    expected.totalTimeout = .seconds(15)
    expected.maximumBodyBytes = 1 << 10
    expected.excess = .discarded(upTo: 64 << 10)
    expected.allowPrivate = true
    expected.redirects = .returned
    expected.authoritiesFile = "/etc/ca.pem"
    #expect(sent == [expected])
  }

  @Test("uses allow_private: false")
  func egress() async throws {
    let sent = try await requests(
      [("url", "https://ops.example/hook"), ("allow_private", "false")], Samples.ping)
    #expect(sent.map(\.allowPrivate) == [false])
  }

  @Test("is signed with every secret, the newest first, for rotation")
  func rotation() async throws {
    let other = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX"
    let one = try await signature([("secret", .credential("key"))], [.credential("key"): Self.key])
    let two = try await signature([("secret", .credential("new"))], [.credential("new"): other])
    let both = try await signature(
      [("secret", .list([.credential("new"), .credential("key")]))],
      [.credential("key"): Self.key, .credential("new"): other])
    #expect(both == "\(two) \(one)")
    #expect(one != two)
  }

  @Test("has the administrator's headers, secret or not")
  func headers() async throws {
    let sent = try await requests(
      [
        ("url", "https://ops.example/hook"),
        ("headers", .map([("X-Team", "fx"), ("Authorization", .credential("token"))])),
      ], Samples.ping, secrets: [.credential("token"): "Bearer abc"])
    #expect(
      sent.first?.headers.suffix(2) == [
        HTTPHeader("X-Team", "fx"), HTTPHeader("Authorization", "Bearer abc"),
      ])
  }

  @Test("has several events as a batch with their identifiers and the time of the newest")
  func batch() async throws {
    let older = Notification(
      id: "evt_0", type: .testPing, timestamp: Timestamp(seconds: 0), data: .object([]))
    let sent = try await requests(
      [("url", "https://ops.example/hook"), ("batch", "true")], Samples.ping, older)
    #expect(
      sent.map { String(decoding: $0.body, as: UTF8.self) } == [
        #"{"type":"batch","timestamp":"2026-02-20T09:15:02.113Z","data":{"events":["#
          + #"{"id":"\#(Samples.ping.id)","# + Samples.ping.payload.description.dropFirst() + ","
          + #"{"id":"evt_0","type":"test.ping","timestamp":"1970-01-01T00:00:00.000Z","data":{}}]}}"#
      ])
  }

  @Test("has the stored payload byte for byte")
  func stored() async throws {
    let text = #"{"summary":"“KGS/USD” moved","rate":"0.010","ticks":12}"#
    let event = Notification(
      id: "evt_1", type: .digest, timestamp: Samples.moment,
      text: JSONText(bytes: Array(text.utf8)))
    let sent = try await requests([("url", "https://ops.example/hook")], event, event.read)
    let body =
      #"{"type":"digest","timestamp":"2026-02-20T09:15:02.113Z","data":"# + text + "}"
    let both = #"{"type":"batch","timestamp":"2026-02-20T09:15:02.113Z","data":{"events":["#
    let one = #"{"id":"evt_1","# + body.dropFirst()
    #expect(
      sent.map { String(decoding: $0.body, as: UTF8.self) } == [both + one + "," + one + "]}}"])
    #expect(event == event.read)
    #expect(event["summary"] == "“KGS/USD” moved")
  }

  private func signature(
    _ settings: [(String, Written)], _ secrets: [SecretReference: String]
  ) async throws -> String {
    let sent = try await requests(
      [("url", "https://ops.example/hook")] + settings, Samples.ping, secrets: secrets)
    return try #require(sent.first?.headers.first { $0.name == "webhook-signature" }).value
  }

  private func requests(
    _ settings: [(String, Written)], _ events: FXCore.Notification...,
    secrets: [SecretReference: String] = [:]
  ) async throws -> [HTTPRequest] {
    let reading = Reading(secrets: PlantedSecrets(texts: secrets))
    let (definition, problems) = reading.read([("type", "webhook")] + settings)
    #expect(problems == [])
    let shipment = Shipment(
      id: "msg_1", notifications: events, attemptedAt: Samples.moment + .milliseconds(500))
    _ = try await #require(definition).notifier.deliver(shipment)
    return reading.transport.requests.all
  }
}
