import FXCore
import FXNotifiers
import Testing

@Suite("An answer with status 200")
struct ServiceAnswerTests {
  private static func outcome(
    _ settings: [(String, Written)], body: String, headers: [HTTPHeader] = []
  ) async throws -> DeliveryOutcome {
    var reading = Reading(
      transport: StubTransport(
        answer: .success(StubTransport.response(200, headers: headers, body: body))))
    reading.secrets.texts[.credential("hook")] = "https://hooks.example/T0KEN-1234"
    let (definition, problems) = reading.read(settings)
    #expect(problems == [])
    return try await #require(definition).notifier.deliver(Samples.shipment(Samples.alert()))
  }

  private static let slack: [(String, Written)] = [("type", "slack"), ("url", .credential("hook"))]
  private static let teams: [(String, Written)] = [("type", "teams"), ("url", .credential("hook"))]

  private static func webhook(_ url: String) -> [(String, Written)] {
    [("type", "webhook"), ("url", .text(url))]
  }

  @Test(
    "that refuses is a failure",
    arguments: [
      (slack, #"{"ok":false,"error":"no_service"}"#, "ok is false, error no_service"),
      (
        teams, "Webhook message delivery failed with error: the connector is disabled",
        "the answer is a sentence instead of 1"
      ),
      (
        webhook("https://oapi.dingtalk.com/robot/send"), #"{"errcode":310000,"errmsg":"sign"}"#,
        #"errcode is 310000, expected 0: {"errcode":310000,"errmsg":"sign"}"#
      ),
      (
        webhook("https://qyapi.weixin.qq.com:443/cgi-bin/webhook/send"), #"{"errcode":93000}"#,
        #"errcode is 93000, expected 0: {"errcode":93000}"#
      ),
      (
        webhook("https://open.feishu.cn/open-apis/bot/v2/hook/1"), "pong",
        "the answer is not a JSON document with 'code': pong"
      ),
      (
        webhook("https://sms.example/send") + [
          ("answer", .map([("at", "result.status"), ("is", "queued")]))
        ], #"{"result":{"status":"rejected"}}"#,
        #"result.status is rejected, expected queued: {"result":{"status":"rejected"}}"#
      ),
      (
        webhook("https://sms.example/send") + [("answer", .map([("at", "status"), ("is", "0")]))],
        "{}", "the answer has no 'status': {}"
      ),
    ] as [([(String, Written)], String, String)])
  func refused(settings: [(String, Written)], body: String, reason: String) async throws {
    #expect(
      try await Self.outcome(settings, body: body)
        == .retry(because: "HTTP 200, but refused: \(reason)"))
  }

  @Test(
    "that asks for fewer requests limits the pace",
    arguments: [
      (slack, #"{"ok":false,"error":"ratelimited"}"#),
      (teams, "Microsoft Teams endpoint returned HTTP error 429"),
      (webhook("https://oapi.dingtalk.com/robot/send"), #"{"errcode":130101}"#),
      (webhook("https://qyapi.weixin.qq.com/send"), #"{"errcode":45009}"#),
    ] as [([(String, Written)], String)])
  func limited(settings: [(String, Written)], body: String) async throws {
    let outcome = try await Self.outcome(
      settings, body: body, headers: [HTTPHeader("Retry-After", "7")])
    guard case .limited(_, let after) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(after == .seconds(7))
  }

  @Test(
    "that accepts is a success",
    arguments: [
      (slack, "ok"), (slack, #"{"ok":true}"#), (teams, "1"), (teams, ""), (teams, "{}"),
      (webhook("https://oapi.dingtalk.com/robot/send"), #"{"errcode":0,"errmsg":"ok"}"#),
      (webhook("https://ops.example/hook"), #"{"errcode":1}"#),
    ] as [([(String, Written)], String)])
  func accepted(settings: [(String, Written)], body: String) async throws {
    let outcome = try await Self.outcome(settings, body: body)
    guard case .delivered = outcome else {
      Issue.record("\(outcome)")
      return
    }
  }

  @Test("is described by 'at' and 'is', both required")
  func settings() {
    for (answer, problem) in [
      ([("at", "errcode")], "'is' is missing"), ([("is", "0")], "'at' is missing"),
      ([("at", "a..b"), ("is", "0")], "is not a path"),
      ([("at", "a"), ("is", "0"), ("was", "1")], "unknown key 'was'"),
    ] as [([(String, Written)], String)] {
      let (_, problems) = Reading().read(
        Self.webhook("https://ops.example") + [("answer", .map(answer))])
      #expect(problems.count == 1 && problems[0].contains(problem), "\(problems)")
    }
  }
}
