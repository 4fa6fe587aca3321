import FXCore
import FXNotifiers
import Testing

/// The bodies for services, compared with the services' documentation.
///
/// Each body is parsed as JSON, so that the comparison includes escaping.
@Suite("A body")
struct ServiceWebhookTests {
  /// An alert whose texts contain markup of every format.
  private static let hostile = Samples.alert(with: [
    .init("rule", .string("<!channel> *bold* @everyone")),
    .init("summary", .string("[link](http://evil.example) `x` <b>&amp; \u{1b}[31m\nline")),
    .init("headlines", .array([.object([.init("title", .string("# <@U1> _x_"))])])),
  ])

  @Test("for Slack is plain text in blocks of its block kit, within their limits")
  func slack() async throws {
    let sent = try await sent([("type", "slack"), ("url", .credential("url"))], Samples.alert())
    #expect(sent.url == "https://ops.example/token")
    #expect(
      sent.body.description
        == #"{"text":"big-move TJS/USD at timesca: 0.09168 → 0.10563, +15.22 % (15.20 to 15.23), "#
        + #"for 2026-02-20; TJS/USD moved","mrkdwn":false,"blocks":["#
        + #"{"type":"header","text":{"type":"plain_text","text":"big-move TJS/USD at timesca","#
        + #""emoji":false}},"#
        + #"{"type":"section","text":{"type":"plain_text","text":"TJS/USD moved","emoji":false}},"#
        + #"{"type":"section","fields":["#
        + [
          "Rate: 0.09168 → 0.10563", "Change: +15.22 % (15.20 to 15.23)", "Value date: 2026-02-20",
          "Published change: -0.09%", "Condition: abs(change) > 1%", "Severity: warning",
          "Event: evt_1",
        ].map { #"{"type":"plain_text","text":"\#($0)","emoji":false}"# }.joined(separator: ",")
        + "]}]}")
    let hostile = try await self.sent(
      [("type", "slack"), ("url", .credential("url"))], Self.hostile
    ).body
    let text = try #require(hostile["text"]?.text)
    #expect(text.contains("&lt;!channel&gt; *bold* @everyone"))
    #expect(!text.contains("<"))
    for block in try #require(hostile["blocks"]?.elements) {
      for object in [block["text"]].compactMap(\.self) + (block["fields"]?.elements ?? []) {
        #expect(object["type"]?.text == "plain_text")
        #expect((object["text"]?.text ?? "").utf16.count <= 3000)
      }
    }
  }

  @Test("for people is one for all events of a publication, the most severe first")
  func group() async throws {
    let critical = Samples.alert(
      severity: .critical,
      with: [
        .init("rule", .string("crash")), .init("summary", .string("fell by a half")),
      ])
    let reading = Reading(
      secrets: PlantedSecrets(texts: [.credential("url"): "https://ops.example/token"]))
    let (definition, _) = reading.read([("type", "slack"), ("url", .credential("url"))])
    let slack = try #require(definition)
    #expect(slack.batches)
    let shipment = Shipment(
      id: "batch_1", notifications: [Samples.alert(), critical], attemptedAt: Samples.moment)
    #expect(
      await slack.notifier.deliver(shipment) == .delivered(detail: "HTTP 204 in 12 ms"))
    #expect(reading.transport.requests.all.count == 1)
    let body = try JSONReader.read(try #require(reading.transport.requests.all.first).body)
    let blocks = try #require(body["blocks"]?.elements)
    #expect(blocks[0]["text"]?["text"]?.text == "2 events at timesca")
    #expect(blocks[1]["text"]?["text"]?.text == "2 alerts fired")
    #expect(
      blocks[2]["fields"]?.elements?.compactMap { $0["text"]?.text } == [
        "crash TJS/USD at timesca: fell by a half (evt_1)",
        "big-move TJS/USD at timesca: TJS/USD moved (evt_1)", "Severity: critical",
      ])
  }

  @Test("for Discord is one embed without mentions and Markdown")
  func discord() async throws {
    let body = try await sent([("type", "discord"), ("url", .credential("url"))], Self.hostile).body
    #expect(body["allowed_mentions"]?.description == #"{"parse":[]}"#)
    let embed = try #require(body["embeds"]?.elements?.first)
    #expect(
      embed["title"]?.text
        == "\\<\\!channel\\> \\*bold\\* \\@everyone TJS/USD at timesca")
    #expect(
      embed["description"]?.text
        == "\\[link\\]\\(http://evil.example\\) \\`x\\` \\<b\\>&amp; \\\\u\\{1b\\}\\[31m\\\\u\\{a\\}line"
    )
    #expect(embed["color"]?.description == "15105570")
    #expect(embed["timestamp"]?.text == "2026-02-20T09:15:02.113Z")
    let fields = try #require(embed["fields"]?.elements)
    #expect(fields.count <= 25)
    #expect(
      fields.first?.description
        == #"{"name":"Rate","value":"0.09168 → 0.10563","inline":true}"#)
    #expect(fields.last?["value"]?.text == "\\# \\<\\@U1\\> \\_x\\_")
  }

  @Test("for Telegram is plain text without a parse mode, sent to the bot's address")
  func telegram() async throws {
    let sent = try await sent(
      [
        ("type", "telegram"), ("token", .credential("bot")), ("chat", "-100123"), ("thread", "7"),
      ], Samples.source(.sourceRecovered))
    #expect(sent.url == "https://api.telegram.org/bot123:ABC-d_f/sendMessage")
    #expect(
      sent.body.description
        == #"{"chat_id":"-100123","text":"✅ source timesca has recovered\nno rates\n"#
        + #"Reason: HTTP 500\nSince: 2026-02-20T09:00:00.000Z\nSeverity: critical\nEvent: evt_2","#
        + #""link_preview_options":{"is_disabled":true},"disable_notification":false,"#
        + #""message_thread_id":7}"#)
    let own = try await self.sent(
      [
        ("type", "telegram"), ("token", .credential("bot")), ("chat", "@fx"),
        ("url", "http://127.0.0.1:8081/"),
      ], Samples.ping)
    #expect(own.url == "http://127.0.0.1:8081/bot123:ABC-d_f/sendMessage")
    let long = Samples.alert(with: [.init("summary", .string(String(repeating: "😀", count: 5000)))])
    let text = try await self.sent(
      [("type", "telegram"), ("token", .credential("bot")), ("chat", "1")], long
    ).body["text"]?.text
    #expect(try #require(text).utf16.count <= 4096)
  }

  @Test("for Teams is a message with one adaptive card")
  func teams() async throws {
    let body = try await sent([("type", "teams"), ("url", .credential("url"))], Self.hostile).body
    #expect(body["type"]?.text == "message")
    let attachment = try #require(body["attachments"]?.elements?.first)
    #expect(attachment["contentType"]?.text == "application/vnd.microsoft.card.adaptive")
    #expect(attachment["contentUrl"] == .null)
    let card = try #require(attachment["content"])
    #expect(card["$schema"]?.text == "http://adaptivecards.io/schemas/adaptive-card.json")
    #expect(card["type"]?.text == "AdaptiveCard")
    #expect(card["version"]?.text == "1.4")
    let elements = try #require(card["body"]?.elements)
    #expect(elements.map { $0["type"]?.text } == ["TextBlock", "TextBlock", "FactSet"])
    #expect(elements[0]["color"]?.text == "Warning")
    #expect(elements[0]["text"]?.text?.hasPrefix("\\<\\!channel\\>") == true)
    #expect(
      elements[2]["facts"]?.elements?.first?.description
        == #"{"title":"Rate","value":"0.09168 → 0.10563"}"#)
    #expect(body.description.utf8.count < 28 << 10)
  }

  @Test("for ntfy has topic, title, message, tags and a priority, and the token in a header")
  func ntfy() async throws {
    let sent = try await sent(
      [("type", "ntfy"), ("topic", "fx"), ("token", .credential("word"))], Samples.alert())
    #expect(sent.url == "https://ntfy.sh/")
    #expect(sent.headers["authorization"] == "Bearer R0UT1NG")
    #expect(
      sent.body.description
        == #"{"topic":"fx","title":"big-move TJS/USD at timesca","message":"#
        + #""big-move TJS/USD at timesca: 0.09168 → 0.10563, +15.22 % (15.20 to 15.23), "#
        + #"for 2026-02-20; TJS/USD moved","tags":["warning","alert.firing"],"priority":4}"#)
  }

  @Test("for PagerDuty opens and closes one incident under the alert's identifier")
  func pagerDuty() async throws {
    let settings: [(String, Written)] = [
      ("type", "pagerduty"), ("routing_key", .credential("word")),
    ]
    let sent = try await sent(settings, Samples.alert())
    #expect(sent.url == "https://events.pagerduty.com/v2/enqueue")
    #expect(
      sent.body.description
        == #"{"routing_key":"R0UT1NG","event_action":"trigger","dedup_key":"a1","client":"fxwatch","#
        + #""payload":{"summary":"big-move TJS/USD at timesca: 0.09168 → 0.10563, +15.22 % "#
        + #"(15.20 to 15.23), for 2026-02-20; TJS/USD moved","source":"timesca","#
        + #""severity":"warning","timestamp":"2026-02-20T09:15:02.113Z","component":"TJS/USD","#
        + #""group":"big-move","class":"alert.firing","custom_details":"#
        + Samples.alert().data.description + "}}")
    let over = try await self.sent(settings, Samples.alert(.alertResolved)).body
    #expect(over["event_action"]?.text == "resolve")
    #expect(over["dedup_key"]?.text == "a1")
    let down = try await self.sent(settings, Samples.source(.sourceDown)).body
    let up = try await self.sent(settings, Samples.source(.sourceRecovered)).body
    #expect(down["dedup_key"] == up["dedup_key"])
    #expect(up["event_action"]?.text == "resolve")
    #expect(down["payload"]?["severity"]?.text == "critical")
  }

  @Test("for receivers of Alertmanager's webhooks is its version 4")
  func alertmanagerWebhook() async throws {
    let body = try await sent(
      [("type", "alertmanager"), ("url", "https://ops.example/hook")], Samples.alert()
    ).body
    let labels =
      #"{"alertname":"big-move","job":"fxwatch","pair":"TJS/USD","severity":"warning","#
      + #""side":"mid","source":"timesca"}"#
    #expect(body["version"]?.text == "4")
    #expect(body["groupKey"]?.text == #"{}:{alertname="big-move"}"#)
    #expect(body["status"]?.text == "firing")
    #expect(body["groupLabels"]?.description == #"{"alertname":"big-move"}"#)
    #expect(body["commonLabels"]?.description == labels)
    let alert = try #require(body["alerts"]?.elements?.first)
    #expect(alert["labels"]?.description == labels)
    #expect(alert["status"]?.text == "firing")
    #expect(alert["startsAt"]?.text == "2026-02-20T09:15:02.113Z")
    #expect(alert["endsAt"]?.text == "0001-01-01T00:00:00Z")
    #expect(alert["annotations"]?["summary"]?.text == "TJS/USD moved")
    #expect(alert["fingerprint"]?.text?.count == 16)
  }

  @Test("for receivers of Alertmanager's webhooks has the fingerprint Alertmanager itself computes")
  func alertmanagerFingerprint() async throws {
    // Alertmanager 0.25.0 computes this fingerprint for these labels.
    let event = Notification(
      id: "evt_1", type: .alertFiring, timestamp: Samples.moment,
      data: .object([
        .init("rule", .string("high")), .init("alert_id", .string("a1")),
        .init("severity", .string("critical")), .init("source", .string("timesca")),
        .init("pair", .string("TJS/USD")), .init("side", .string("mid")),
        .init("labels", .object([.init("desk", .string("fx"))])),
      ]))
    let body = try await sent(
      [("type", "alertmanager"), ("url", "https://ops.example/hook")], event
    ).body
    #expect(body["alerts"]?.elements?.first?["fingerprint"]?.text == "42b088479ebe4393")
  }

  @Test(
    "pushed to an Alertmanager keeps its labels from firing to resolved, and has an end in the future"
  )
  func alertmanagerPush() async throws {
    let settings: [(String, Written)] = [
      ("type", "alertmanager"), ("url", "https://am.example/base/"), ("mode", "push"),
      ("hold", "2h"),
    ]
    let sent = try await sent(settings, Samples.alert())
    #expect(sent.url == "https://am.example/base/api/v2/alerts")
    let firing = try #require(sent.body.elements?.first)
    #expect(firing["startsAt"]?.text == "2026-02-20T09:15:02.113Z")
    #expect(firing["endsAt"]?.text == "2026-02-20T11:15:02.113Z")
    let over = try #require(
      try await self.sent(
        settings,
        Samples.alert(
          .alertResolved, with: [.init("fired_at", .string("2026-02-20T08:00:00.000Z"))])
      ).body.elements?.first)
    #expect(over["labels"] == firing["labels"])
    #expect(over["startsAt"]?.text == "2026-02-20T08:00:00.000Z")
    #expect(over["endsAt"]?.text == "2026-02-20T09:15:02.113Z")
    let down = try await self.sent(settings, Samples.source(.sourceDown)).body.elements?.first
    let up = try await self.sent(settings, Samples.source(.sourceRecovered)).body.elements?.first
    #expect(down?["labels"] != nil)
    #expect(down?["labels"] == up?["labels"])
  }

  @Test("for CloudEvents is the structured mode of version 1.0")
  func cloudEvents() async throws {
    let sent = try await sent(
      [("type", "cloudevents"), ("url", "https://ops.example/events"), ("source", "/fx")],
      Samples.alert())
    #expect(sent.headers["content-type"] == "application/cloudevents+json; charset=utf-8")
    #expect(
      sent.body.description
        == #"{"specversion":"1.0","id":"evt_1","source":"/fx","type":"fxwatch.alert.firing","#
        + #""time":"2026-02-20T09:15:02.113Z","datacontenttype":"application/json","#
        + #""subject":"TJS/USD","data":"# + Samples.alert().data.description + "}")
  }

  /// Returns the request of an event.
  private struct Sent {
    let url: String
    let headers: [String: String]
    let body: JSONValue
  }

  private func sent(
    _ settings: [(String, Written)], _ event: FXCore.Notification
  ) async throws -> Sent {
    let reading = Reading(
      secrets: PlantedSecrets(texts: [
        .credential("url"): "https://ops.example/token", .credential("bot"): "123:ABC-d_f",
        .credential("word"): "R0UT1NG",
      ]))
    let (definition, problems) = reading.read(settings)
    #expect(problems == [])
    let outcome = try await #require(definition).notifier.deliver(Samples.shipment(event))
    #expect(outcome == .delivered(detail: "HTTP 204 in 12 ms"))
    let request = try #require(reading.transport.requests.all.first)
    #expect(reading.transport.requests.all.count == 1)
    #expect(request.method == .post)
    return Sent(
      url: request.url,
      headers: Dictionary(
        request.headers.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 }),
      body: try JSONReader.read(request.body))
  }
}
