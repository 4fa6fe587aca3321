import FXCore
import FXNotifiers
import FXSystem
import Testing

/// The promises that every notifier of the catalog keeps: each attempt ends with the right outcome,
/// and no text contains a secret.
@Suite("Every notifier")
struct NotifierSuite {
  /// A key of 24 bytes in the three forms in which it could leak.
  static let planted = ["MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "PlantedToken", "31f290f6bf0629"]

  /// One kind of notifier under test.
  struct Example: Sendable {
    /// Settings with every secret the kind can have.
    let settings: [(String, Written)]

    /// The place that the kind writes to on this machine, as its failures name it; nil for a kind
    /// that uses the network.
    var place: String?

    /// The maximum number of shipments in flight.
    var atOnce = 8

    /// Indicates whether the kind batches by default.
    var batches = false

    /// Indicates whether the kind posts over HTTP.
    var posts = true
  }

  /// One example for each kind; a new kind needs one entry here.
  static let examples: [String: Example] = [
    "alertmanager": Example(settings: [
      ("type", "alertmanager"), ("url", .credential("url")), ("mode", "push"), ("hold", "12h"),
    ]),
    "apprise": Example(settings: [
      ("type", "apprise"), ("url", "https://apprise.example/notify"), ("urls", .credential("url")),
      ("tag", "fx"),
    ]),
    "cloudevents": Example(settings: [
      ("type", "cloudevents"), ("url", "https://ops.example/events"),
      ("headers", .map([("Authorization", .credential("token"))])),
    ]),
    "command": Example(
      settings: [
        ("type", "command"), ("command", .list(["/usr/bin/notify", "-v"])), ("timeout", "5s"),
      ], place: "cannot run /usr/bin/notify", posts: false),
    "discord": Example(settings: [("type", "discord"), ("url", .credential("url"))]),
    "email": Example(
      settings: [
        ("type", "email"), ("server", "mail.example"), ("from", "fx@example.org"),
        ("to", "ops@example.org"), ("user", "fx"), ("password", .credential("word")),
      ], atOnce: 1, batches: true, posts: false),
    "file": Example(
      settings: [("type", "file"), ("path", "/var/log/fxwatch/events.jsonl")],
      place: "/var/log/fxwatch/events.jsonl", atOnce: 1, posts: false),
    "googlechat": Example(settings: [("type", "googlechat"), ("url", .credential("url"))]),
    "gotify": Example(settings: [
      ("type", "gotify"), ("url", "https://gotify.example"), ("token", .credential("word")),
    ]),
    "journald": Example(
      settings: [("type", "journald")], place: "the journal", atOnce: 1, posts: false),
    "matrix": Example(settings: [
      ("type", "matrix"), ("url", "https://matrix.example"), ("room", "!fx:matrix.example"),
      ("token", .credential("word")),
    ]),
    "mattermost": Example(settings: [
      ("type", "mattermost"), ("url", .credential("url")), ("channel", "fx"),
    ]),
    "mqtt": Example(
      settings: [
        ("type", "mqtt"), ("url", "mqtts://broker.example"), ("user", "fx"),
        ("password", .credential("word")),
      ], posts: false),
    "ntfy": Example(settings: [
      ("type", "ntfy"), ("topic", .credential("word")), ("token", .credential("token")),
    ]),
    "pagerduty": Example(settings: [("type", "pagerduty"), ("routing_key", .credential("word"))]),
    "pushover": Example(settings: [
      ("type", "pushover"), ("token", .credential("word")), ("user", .credential("word")),
      ("emergency", "true"), ("device", "phone"), ("sound", "siren"),
    ]),
    "rocketchat": Example(settings: [
      ("type", "rocketchat"), ("url", .credential("url")), ("channel", "#fx"),
    ]),
    "slack": Example(settings: [("type", "slack"), ("url", .credential("url"))]),
    "stdout": Example(
      settings: [("type", "stdout")], place: "standard output", atOnce: 1, posts: false),
    "syslog": Example(
      settings: [("type", "syslog")], place: "/dev/log", atOnce: 1, posts: false),
    "teams": Example(settings: [("type", "teams"), ("url", .credential("url"))]),
    "telegram": Example(settings: [
      ("type", "telegram"), ("token", .credential("bot")), ("chat", "-100123"), ("thread", "7"),
    ]),
    "webhook": Example(settings: [
      ("type", "webhook"), ("url", "https://ops.example/hook"), ("secret", .credential("key")),
      ("headers", .map([("Authorization", .credential("token"))])),
    ]),
    "zulip": Example(settings: [
      ("type", "zulip"), ("url", "https://zulip.example"), ("user", "fx-bot@zulip.example"),
      ("key", .credential("word")), ("channel", "rates"), ("topic", "fx"),
    ]),
  ]

  static let secrets = PlantedSecrets(texts: [
    .credential("key"): "whsec_\(planted[0])", .credential("token"): "Bearer \(planted[1])",
    .credential("url"): "https://ops.example/\(planted[1])", .credential("word"): planted[1],
    .credential("bot"): "123456:\(planted[1])",
  ])

  /// The kinds for people, which show the events of a publication in one message.
  private static let chats: Set = [
    "discord", "googlechat", "matrix", "mattermost", "rocketchat", "slack", "teams", "telegram",
    "zulip",
  ]

  @Test("has an example in this suite")
  func covered() {
    #expect(Self.examples.keys.sorted() == NotifierCatalog.kindNames)
    #expect(NotifierCatalog.kindNames == NotifierCatalog.kindNames.sorted())
  }

  @Test("is built from its settings without a problem", arguments: NotifierCatalog.kindNames)
  func built(kind: String) throws {
    let (definition, problems) = try read(kind)
    #expect(problems == [])
    #expect(definition?.name == "ops")
    #expect(definition?.kind == kind)
    #expect(definition?.deliverWithin == .seconds(86_400))
    #expect(
      definition?.batches == (Self.examples[kind]?.batches == true || Self.chats.contains(kind)))
    #expect(definition?.atOnce == Self.examples[kind]?.atOnce)
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

  @Test("tries again when it cannot write", arguments: kinds { $0.place != nil }, [5, 28, 32, 110])
  func unwritable(kind: String, code: Int32) async throws {
    let error = SystemError(code: code)
    let notifier = try #require(try read(kind, outputError: error).definition).notifier
    let place = try #require(Self.examples[kind]?.place)
    #expect(
      await notifier.deliver(Samples.shipment(Samples.ping))
        == .retry(because: "\(place): \(error)"))
  }

  @Test(
    "that posts interprets the status of a response in the same way",
    arguments: kinds { $0.posts })
  func answers(kind: String) async throws {
    for (status, expected) in [
      (200, DeliveryOutcome.delivered(detail: "HTTP 200 in 12 ms")), (410, .gone),
      (429, .limited(because: "HTTP 429")), (500, .retry(because: "HTTP 500")),
    ] {
      let (definition, _) = try read(kind, answer: .success(StubTransport.response(status)))
      let notifier = try #require(definition).notifier
      #expect(await notifier.deliver(Samples.shipment(Samples.alert())) == expected)
    }
  }

  @Test(
    "shows no secret, even if the receiver's response contains it",
    arguments: NotifierCatalog.kindNames)
  func silent(kind: String) async throws {
    let echo = Self.planted.joined(separator: " ")
    var answers: [Result<HTTPResponse, HTTPFailure>] = [
      200, 204, 301, 400, 401, 403, 404, 410, 413, 422, 429, 500, 503,
    ].map { .success(StubTransport.response($0, body: echo)) }
    answers += WebhookOutcomeTests.failures.map { .failure($0.0) }
    for (index, answer) in answers.enumerated() {
      let mail = EmailNotifierTests.endings(containing: echo)
      let broker = MQTTNotifierTests.failures(containing: Self.planted[1])
      let (definition, problems) = try read(
        kind, answer: answer, mail: mail[index % mail.count].0,
        broker: .failure(broker[index % broker.count].0))
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
    mail: Result<MailReceipt, MailFailure> = StubMail.taken,
    broker: StubBroker.Answer = StubBroker.taken, outputError: SystemError? = nil
  ) throws -> (definition: NotifierDefinition?, problems: [String]) {
    Reading(
      secrets: Self.secrets, transport: StubTransport(answer: answer), mail: StubMail(answer: mail),
      mqtt: StubBroker(answer: broker), outputError: outputError
    ).read(try #require(Self.examples[kind]).settings)
  }

  private static func kinds(where condition: (Example) -> Bool) -> [String] {
    examples.filter { condition($0.value) }.keys.sorted()
  }
}
