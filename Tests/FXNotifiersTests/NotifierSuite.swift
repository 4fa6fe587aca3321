import FXCore
import FXNotifiers
import FXSystem
import Testing

/// What every notifier of the catalogue promises: it ends every attempt with the right outcome, and
/// no text of it ever contains a secret.
@Suite("Every notifier")
struct NotifierSuite {
  /// A key of 24 bytes in the three forms it could leak in.
  static let planted = ["MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "PlantedToken", "31f290f6bf0629"]

  /// Settings of each kind, with every secret it can have.
  static let settings: [String: [(String, Written)]] = [
    "alertmanager": [
      ("type", "alertmanager"), ("url", .credential("url")), ("mode", "push"), ("hold", "12h"),
    ],
    "cloudevents": [
      ("type", "cloudevents"), ("url", "https://ops.example/events"),
      ("headers", .map([("Authorization", .credential("token"))])),
    ],
    "command": [
      ("type", "command"), ("command", .list(["/usr/bin/notify", "-v"])), ("timeout", "5s"),
    ],
    "discord": [("type", "discord"), ("url", .credential("url"))],
    "email": [
      ("type", "email"), ("server", "mail.example"), ("from", "fx@example.org"),
      ("to", "ops@example.org"), ("user", "fx"), ("password", .credential("word")),
    ],
    "file": [("type", "file"), ("path", "/var/log/fxwatch/events.jsonl")],
    "journald": [("type", "journald")],
    "ntfy": [("type", "ntfy"), ("topic", .credential("word")), ("token", .credential("token"))],
    "pagerduty": [("type", "pagerduty"), ("routing_key", .credential("word"))],
    "slack": [("type", "slack"), ("url", .credential("url"))],
    "stdout": [("type", "stdout")],
    "teams": [("type", "teams"), ("url", .credential("url"))],
    "telegram": [
      ("type", "telegram"), ("token", .credential("bot")), ("chat", "-100123"), ("thread", "7"),
    ],
    "webhook": [
      ("type", "webhook"), ("url", "https://ops.example/hook"), ("secret", .credential("key")),
      ("headers", .map([("Authorization", .credential("token"))])),
    ],
  ]

  static let secrets = PlantedSecrets(texts: [
    .credential("key"): "whsec_\(planted[0])", .credential("token"): "Bearer \(planted[1])",
    .credential("url"): "https://ops.example/\(planted[1])", .credential("word"): planted[1],
    .credential("bot"): "123456:\(planted[1])",
  ])

  @Test("has settings in this suite")
  func covered() {
    #expect(Self.settings.keys.sorted() == NotifierCatalog.kindNames)
    #expect(NotifierCatalog.kindNames == NotifierCatalog.kindNames.sorted())
  }

  @Test("is built from its settings without a problem", arguments: NotifierCatalog.kindNames)
  func built(kind: String) throws {
    let (definition, problems) = try read(kind)
    #expect(problems == [])
    #expect(definition?.name == "ops")
    #expect(definition?.kind == kind)
    #expect(definition?.deliverWithin == .seconds(86_400))
    #expect(definition?.batches == (kind == "email"))
    #expect(definition?.atOnce == (Self.serial.contains(kind) ? 1 : 8))
  }

  @Test("delivers every type of event", arguments: NotifierCatalog.kindNames)
  func delivers(kind: String) async throws {
    let notifier = try #require(try read(kind).definition).notifier
    for type in NotificationType.allCases {
      for event in [Samples.alert(type), Samples.source(type), Samples.ping] {
        guard case .delivered = await notifier.deliver(Samples.shipment(event, event)) else {
          Issue.record("\(kind) did not deliver \(type)")
          continue
        }
      }
    }
  }

  /// The kinds whose receiver keeps what it gets in one place, in the order it gets it.
  static let serial: Set = ["email", "file", "journald", "stdout"]

  /// The kinds that write on this machine, and how they name the place.
  static let writers = [
    "command": "cannot run /usr/bin/notify", "file": "/var/log/fxwatch/events.jsonl",
    "journald": "the journal", "stdout": "standard output",
  ]

  @Test("tries again when it cannot write", arguments: writers.keys.sorted(), [5, 28, 32, 110])
  func unwritable(kind: String, code: Int32) async throws {
    let error = SystemError(code: code)
    let notifier = try #require(try read(kind, outputError: error).definition).notifier
    let place = try #require(Self.writers[kind])
    #expect(
      await notifier.deliver(Samples.shipment(Samples.ping))
        == .retry(because: "\(place): \(error)"))
  }

  @Test(
    "that posts gives every answer of a receiver the same meaning",
    arguments: NotifierCatalog.kindNames.filter { writers[$0] == nil && $0 != "email" })
  func answers(kind: String) async throws {
    for (status, expected) in [
      (200, DeliveryOutcome.delivered(detail: "HTTP 200 in 12 ms")), (410, .gone),
      (429, .retry(because: "HTTP 429", slowDown: true)), (500, .retry(because: "HTTP 500")),
    ] {
      let (definition, _) = try read(kind, answer: .success(StubTransport.response(status)))
      let notifier = try #require(definition).notifier
      #expect(await notifier.deliver(Samples.shipment(Samples.alert())) == expected)
    }
  }

  @Test("shows no secret, whatever the receiver answers", arguments: NotifierCatalog.kindNames)
  func silent(kind: String) async throws {
    let echo = Self.planted.joined(separator: " ")
    var answers: [Result<HTTPResponse, HTTPFailure>] = [
      200, 204, 301, 400, 401, 403, 404, 410, 413, 422, 429, 500, 503,
    ].map { .success(StubTransport.response($0, body: echo)) }
    answers += WebhookOutcomeTests.failures.map { .failure($0.0) }
    for (index, answer) in answers.enumerated() {
      let mail = EmailNotifierTests.endings(saying: echo)
      let (definition, problems) = try read(
        kind, answer: answer, mail: mail[index % mail.count].0)
      let ready = try #require(definition)
      let outcome = await ready.notifier.deliver(Samples.shipment(Samples.alert()))
      var texts = "\(outcome) \(ready) \(ready.notifier) \(ready.fingerprint) \(problems)"
      dump(ready, to: &texts)
      debugPrint(ready, outcome, to: &texts)
      for secret in Self.planted { #expect(!texts.contains(secret), "\(kind): \(outcome)") }
    }
  }

  private func read(
    _ kind: String,
    answer: Result<HTTPResponse, HTTPFailure> = .success(StubTransport.response(200)),
    mail: Result<MailReceipt, MailFailure> = StubMail.taken, outputError: SystemError? = nil
  ) throws -> (definition: NotifierDefinition?, problems: [String]) {
    Reading(
      secrets: Self.secrets, transport: StubTransport(answer: answer), mail: StubMail(answer: mail),
      outputError: outputError
    ).read(try #require(Self.settings[kind]))
  }
}
