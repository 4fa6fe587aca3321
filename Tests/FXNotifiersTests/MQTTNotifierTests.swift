import FXCore
import FXNotifiers
import Testing

@Suite("A notifier for MQTT")
struct MQTTNotifierTests {
  private static let url: (String, Written) = ("url", "mqtt://broker.example")
  private static let secureURL: (String, Written) = ("url", "mqtts://broker.example")

  /// Failures whose texts contain `echo`, and their outcomes without it.
  static func failures(containing echo: String) -> [(MQTTFailure, DeliveryOutcome)] {
    [
      (
        .unusable(reason: echo), .retry(because: "the settings cannot be used: \(echo)")
      ),
      (.connectionFailed(reason: echo), .retry(because: "cannot connect: \(echo)")),
      (.tls(reason: echo), .retry(because: "no secure connection: \(echo)")),
      (.lost(reason: echo), .retry(because: "the connection was lost: \(echo)")),
    ]
  }

  @Test("publishes the payload with the identifier of its event, confirmed and not kept by default")
  func message() async throws {
    let reading = Reading()
    let outcome = try await deliver(Samples.alert(), [Self.url], reading)
    #expect(outcome == .delivered(detail: "confirmed in 12 ms"))
    let message = try #require(reading.mqtt.messages.all.first)
    #expect(message.topic == "fxwatch/events")
    #expect(message.quality == .atLeastOnce)
    #expect(!message.isRetained)
    #expect(message.contentType == "application/json")
    #expect(message.id == "evt_1")
    let payload = try JSONReader.read(message.payload)
    #expect(payload["id"]?.text == "evt_1")
    #expect(payload["type"]?.text == "alert.firing")
    #expect(payload["data"]?["rate"]?.text == "0.10563")
    #expect(
      reading.mqtt.brokers.all == [
        MQTTBroker(host: "broker.example", port: 1883, isEncrypted: false)
      ])
  }

  @Test("has a topic with values of the event, which never add a level or a wildcard")
  func topic() async throws {
    let reading = Reading()
    let hostile = Samples.alert(with: [.init("reason", .string("a/+/#\u{7}é $SYS"))])
    _ = try await deliver(
      hostile, [Self.url, ("topic", "fx/{{pair}}/{{rule}}/{{reason}}/{{since}}"), ("qos", "2")],
      reading)
    #expect(
      reading.mqtt.messages.all.map(\.topic) == [
        "fx/TJS-USD/big-move/a-_-_____SYS/none"
      ])
    #expect(reading.mqtt.messages.all.first?.quality == .exactlyOnce)
  }

  @Test("signs in to the broker that its settings name, over TLS with an authority of its own")
  func broker() async throws {
    var reading = Reading()
    reading.secrets = PlantedSecrets(texts: [
      .credential("word"): "PlantedToken", .credential("key"): "PlantedKey",
    ])
    _ = try await deliver(
      Samples.ping,
      [
        ("url", "mqtts://[2001:db8::1]:8884/"), ("user", "fx"), ("password", .credential("word")),
        ("client_id", "fx-1"), ("qos", "0"),
        (
          "tls",
          .map([
            ("ca", "/etc/ssl/own.pem"), ("certificate", "/etc/ssl/fx.pem"),
            ("key", .credential("key")),
          ])
        ),
        ("retain", "true"),
      ], reading)
    var broker = MQTTBroker(host: "2001:db8::1", port: 8884, isEncrypted: true)
    broker.user = "fx"
    broker.password = Secret("PlantedToken")
    broker.clientID = "fx-1"
    broker.authoritiesFile = "/etc/ssl/own.pem"
    broker.certificateFile = "/etc/ssl/fx.pem"
    broker.key = Secret("PlantedKey")
    #expect(reading.mqtt.brokers.all == [broker])
    let message = try #require(reading.mqtt.messages.all.first)
    #expect(message.quality == .atMostOnce)
    #expect(message.isRetained)
  }

  @Test(
    "reports what is wrong with its settings",
    arguments: [
      ([], "'url' is missing; write the broker's address, such as mqtt://broker.example"),
      (
        [("url", "http://broker.example")],
        "url: 'http://broker.example' is not the address of a broker; write it like"
          + " mqtt://broker.example:1883 or mqtts://broker.example"
      ),
      (
        [("url", "mqtt://me:secret@broker.example")],
        "url: the address contains a user name or a password; write them as 'user' and password:"
          + " {credential: NAME}"
      ),
      (
        [url, ("topic", "fx/#")],
        "topic: '+' and '#' stand for any topic, and nothing can be published to them; remove them"
      ),
      (
        [url, ("topic", "$SYS/fx")],
        "topic: a topic begins with a word of its own, such as fxwatch/; topics with '$' are the"
          + " broker's"
      ),
      ([url, ("qos", "3")], "qos: '3' is not a whole number from 0 to 2"),
      (
        [url, ("tls", .map([("ca", "/etc/ca.pem")]))],
        "tls: mqtt:// is not encrypted; write mqtts:// in 'url', or remove 'tls'"
      ),
      (
        [secureURL, ("tls", .map([("certificate", "/etc/ssl/fx.pem")]))],
        "tls: 'key' is missing; write the private key of the certificate as {credential: NAME}"
      ),
      (
        [secureURL, ("tls", .map([("key", .credential("key"))]))],
        "tls: 'certificate' is missing; name the file with the certificate of the key"
      ),
      (
        [
          secureURL,
          ("tls", .map([("certificate", "/etc/ssl/fx.pem"), ("key", .credential("locked"))])),
        ], "tls.key: the key has a passphrase; use one without, which others cannot read"
      ),
      (
        [url, ("client_id", "")],
        "client_id: '' is not a text of 1 to 255 bytes without control characters"
      ),
    ] as [([(String, Written)], String)])
  func problems(settings: [(String, Written)], expected: String) {
    var reading = Reading()
    reading.secrets = PlantedSecrets(texts: [
      .credential("key"): "PlantedKey", .credential("locked"): "-----BEGIN ENCRYPTED PRIVATE KEY",
    ])
    let (_, problems) = reading.read([("type", "mqtt")] + settings)
    #expect(problems.count == 1)
    #expect(problems.first?.contains("notifiers.ops") == true)
    #expect(problems.first?.hasSuffix(expected) == true, "\(problems)")
  }

  @Test(
    "retries what may go away, and gives up what cannot",
    arguments: failures(containing: "why") + [
      (.unresolvable(host: "b.example"), .retry(because: "cannot resolve b.example")),
      (
        .missingLibrary,
        .retry(
          because: "the library libmosquitto.so.1 is missing; install it with 'apt install"
            + " libmosquitto1'")
      ),
      (
        .notConnected(within: .seconds(5)),
        .retry(because: "no connection within 5s", slowDown: true)
      ),
      (
        .notConfirmed(within: .seconds(15)),
        .retry(because: "the broker did not confirm the message within 15s", slowDown: true)
      ),
      (
        .signInRefused(.badUserOrPassword),
        .retry(
          because:
            "the broker rejected the user name or the password; correct 'user' and 'password'")
      ),
      (.signInRefused(.rateExceeded), .limited(because: MQTTReason.rateExceeded.sentence)),
      (
        .refused(.notAuthorized),
        .retry(
          because: "the broker does not allow this; give the user access to the topic")
      ),
      (.refused(.quotaExceeded), .limited(because: "the broker's quota is exceeded")),
      (.refused(.invalidTopic), .refused(because: MQTTReason.invalidTopic.sentence)),
      (
        .refused(MQTTReason(rawValue: 0x83)),
        .retry(because: "the broker refused with code 131; look into its log")
      ),
      (
        .tooLarge(bytes: 70_000),
        .refused(
          because: "the message of 70000 bytes is larger than the broker accepts; raise its limit")
      ),
      (
        .cancelled, .retry(because: "fxwatch stopped before the broker confirmed the message")
      ),
    ] as [(MQTTFailure, DeliveryOutcome)])
  func outcomes(failure: MQTTFailure, expected: DeliveryOutcome) async throws {
    var reading = Reading()
    reading.mqtt = StubBroker(answer: .failure(failure))
    #expect(try await deliver(Samples.ping, [Self.url], reading) == expected)
  }

  @Test("reports that no client has subscribed")
  func alone() async throws {
    var reading = Reading()
    reading.mqtt = StubBroker(
      answer: .success(MQTTReceipt(hasSubscribers: false, duration: .milliseconds(3))))
    #expect(
      try await deliver(Samples.ping, [Self.url], reading)
        == .delivered(detail: "confirmed in 3 ms, but no client has subscribed to the topic"))
  }

  private func deliver(
    _ event: FXCore.Notification, _ settings: [(String, Written)], _ reading: Reading
  ) async throws -> DeliveryOutcome {
    let (definition, problems) = reading.read([("type", "mqtt")] + settings)
    #expect(problems == [])
    return await (try #require(definition)).notifier.deliver(Samples.shipment(event))
  }
}
