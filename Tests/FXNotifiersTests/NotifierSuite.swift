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
    "journald": [("type", "journald")],
    "stdout": [("type", "stdout")],
    "webhook": [
      ("type", "webhook"), ("url", "https://ops.example/hook"), ("secret", .credential("key")),
      ("headers", .map([("Authorization", .credential("token"))])),
    ],
  ]

  static let secrets = PlantedSecrets(texts: [
    .credential("key"): "whsec_\(planted[0])", .credential("token"): "Bearer \(planted[1])",
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
    #expect(definition?.batches == false)
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

  @Test("tries again when it cannot write", arguments: ["journald", "stdout"], [5, 28, 32, 110])
  func unwritable(kind: String, code: Int32) async throws {
    let error = SystemError(code: code)
    let notifier = try #require(try read(kind, outputError: error).definition).notifier
    let place = kind == "stdout" ? "standard output" : "the journal"
    #expect(
      await notifier.deliver(Samples.shipment(Samples.ping))
        == .retry(because: "\(place): \(error)"))
  }

  @Test("shows no secret, whatever the receiver answers", arguments: NotifierCatalog.kindNames)
  func silent(kind: String) async throws {
    let echo = Self.planted.joined(separator: " ")
    var answers: [Result<HTTPResponse, HTTPFailure>] = (100...599).map {
      .success(StubTransport.response($0, body: echo))
    }
    answers += WebhookOutcomeTests.failures.map { .failure($0.0) }
    for answer in answers {
      let (definition, problems) = try read(kind, answer: answer)
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
    outputError: SystemError? = nil
  ) throws -> (definition: NotifierDefinition?, problems: [String]) {
    Reading(
      secrets: Self.secrets, transport: StubTransport(answer: answer), outputError: outputError
    ).read(try #require(Self.settings[kind]))
  }
}
