import FXCore
import FXNotifiers
import Testing

/// The bodies for services, compared with the documented limits and required members, for the smallest
/// and the largest events.
@Suite("The longest and the shortest event, for a service")
struct ServiceSchemaTests {
  /// An event whose texts exceed every limit, of characters that are escaped or take two UTF-16 units.
  static let longest = Samples.alert(
    severity: .critical,
    with: [
      .init("rule", .string(String(repeating: "*🇰🇬_", count: 500))),
      .init("summary", .string(String(repeating: "[<&\"\n", count: 3000))),
      .init("condition", .string(String(repeating: "~(|)", count: 3000))),
      .init("reason", .string(String(repeating: "ж", count: 9000))),
      .init("since", .string("2026-02-20T09:15:01.904Z")),
      .init("alert_id", .string(String(repeating: "a", count: 300))),
      .init(
        "headlines",
        .array([.object([.init("title", .string(String(repeating: "`#", count: 3000)))])])),
    ])

  static let shortest = Notification(
    id: "e", type: .testPing, timestamp: Samples.moment, data: .object([]))

  /// An event with an empty published change.
  static let blank = Samples.alert(with: [.init("published_change", .string(""))])

  static let events =
    [longest, shortest, blank, Samples.ping]
    + NotificationType.allCases.flatMap { [Samples.alert($0), Samples.source($0)] }

  /// https://docs.slack.dev/reference/block-kit/blocks: header text 150 characters, section text 1 to
  /// 3000, 10 fields of 1 to 2000; 50 blocks a message.
  @Test("Slack stays within Block Kit", arguments: events)
  func slack(event: FXCore.Notification) async throws {
    let body = try await body([("type", "slack"), ("url", .credential("url"))], event)
    // Beyond 40 000 Slack cuts by itself ("Truncating really long messages").
    #expect((1...40_000).contains(Self.length(body["text"])))
    let blocks = try #require(body["blocks"]?.elements)
    #expect((1...50).contains(blocks.count))
    for block in blocks {
      switch block["type"]?.text {
      case "header": #expect((1...150).contains(Self.length(block["text"]?["text"])))
      case "section":
        let fields = block["fields"]?.elements
        if fields == nil { #expect((1...3000).contains(Self.length(block["text"]?["text"]))) }
        #expect((1...10).contains(fields?.count ?? 1))
        for field in fields ?? [] {
          #expect(field["type"]?.text == "plain_text")
          #expect((1...2000).contains(Self.length(field["text"])))
        }
      default: Issue.record("a block of another type: \(block)")
      }
    }
  }

  /// https://discord.com/developers/docs/resources/message#embed-object-embed-limits: title 256,
  /// description 4096, 25 fields with names of 1 to 256 and values of 1 to 1024, 6000 together.
  @Test("Discord stays within an embed's limits", arguments: events)
  func discord(event: FXCore.Notification) async throws {
    let body = try await body([("type", "discord"), ("url", .credential("url"))], event)
    #expect(body["allowed_mentions"]?["parse"]?.elements == [])
    let embeds = try #require(body["embeds"]?.elements)
    #expect(embeds.count == 1)
    let fields = try #require(embeds[0]["fields"]?.elements)
    #expect((1...256).contains(Self.length(embeds[0]["title"])))
    #expect(Self.length(embeds[0]["description"]) <= 4096)
    #expect(fields.count <= 25)
    for field in fields {
      #expect((1...256).contains(Self.length(field["name"])))
      #expect((1...1024).contains(Self.length(field["value"])))
    }
    let all =
      [embeds[0]["title"], embeds[0]["description"]]
      + fields.flatMap { [$0["name"], $0["value"]] }
    #expect(all.reduce(0) { $0 + Self.length($1) } <= 6000)
    let colour = try #require(embeds[0]["color"]?.text.flatMap { Int($0) })
    #expect((0...0xFF_FFFF).contains(colour))
  }

  /// https://core.telegram.org/bots/api#sendmessage: chat_id and text are required, text of 1 to 4096
  /// characters.
  @Test("Telegram stays within a message", arguments: events)
  func telegram(event: FXCore.Notification) async throws {
    let body = try await body(
      [("type", "telegram"), ("token", .credential("bot")), ("chat", "@fx"), ("thread", "3")], event
    )
    #expect((1...4096).contains(Self.length(body["text"])))
    #expect(body["chat_id"]?.text == "@fx")
    #expect(body["message_thread_id"] == .integer(3))
    #expect(body["parse_mode"] == nil)
  }

  /// https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using:
  /// 28 KB a message, counted in UTF-16 as for bots (bots/how-to/format-your-bot-messages); https://adaptivecards.io/explorer: what a TextBlock and a FactSet require.
  @Test("Teams stays within a message of one adaptive card", arguments: events)
  func teams(event: FXCore.Notification) async throws {
    let body = try await body([("type", "teams"), ("url", .credential("url"))], event)
    #expect(body.description.utf16.count * 2 <= 28_000)
    #expect(body["type"]?.text == "message")
    let attachment = try #require(body["attachments"]?.elements?.first)
    #expect(attachment["contentType"]?.text == "application/vnd.microsoft.card.adaptive")
    let card = try #require(attachment["content"])
    #expect(card["type"]?.text == "AdaptiveCard")
    #expect(card["version"]?.text == "1.4")
    for element in try #require(card["body"]?.elements) {
      switch element["type"]?.text {
      case "TextBlock": #expect(element["text"]?.text != nil)
      case "FactSet":
        for fact in try #require(element["facts"]?.elements) {
          #expect(fact["title"]?.text != nil && fact["value"]?.text != nil)
        }
      default: Issue.record("an element of another type: \(element)")
      }
    }
  }

  /// https://docs.ntfy.sh/publish/#limitations: 4096 bytes a message, beyond which it becomes an
  /// attachment; #message-priority: 1 to 5.
  @Test("ntfy stays within a message", arguments: events)
  func ntfy(event: FXCore.Notification) async throws {
    let body = try await body([("type", "ntfy"), ("topic", "fx")], event)
    #expect(body["topic"]?.text == "fx")
    #expect((1...4096).contains(try #require(body["message"]?.text).utf8.count))
    #expect((1...5).contains(try #require(body["priority"]?.text.flatMap { Int($0) })))
    #expect(body["tags"]?.elements?.allSatisfy { $0.text?.contains(",") == false } == true)
  }

  /// https://developer.pagerduty.com/docs/send-alert-event: summary (1024 characters), source and
  /// severity are required; dedup_key has 255; an event at most 512 KB.
  @Test("PagerDuty gets what an event requires", arguments: events)
  func pagerDuty(event: FXCore.Notification) async throws {
    let body = try await body(
      [("type", "pagerduty"), ("routing_key", .credential("word"))], event)
    #expect(body.description.utf8.count <= 512_000)
    #expect(["trigger", "resolve"].contains(body["event_action"]?.text))
    #expect((1...255).contains(Self.length(body["dedup_key"])))
    let payload = try #require(body["payload"])
    #expect((1...1024).contains(Self.length(payload["summary"])))
    #expect(Self.length(payload["source"]) > 0)
    #expect(["critical", "error", "warning", "info"].contains(payload["severity"]?.text))
    #expect(payload["timestamp"]?.text.flatMap { Timestamp(text: $0) } != nil)
  }

  /// https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/cloudevents.json: id, source,
  /// specversion and type are required and not empty; subject is not empty if present; names of
  /// attributes are lower-case letters and digits.
  @Test("CloudEvents gets the attributes its schema requires", arguments: events)
  func cloudEvents(event: FXCore.Notification) async throws {
    let body = try await body([("type", "cloudevents"), ("url", "https://ops.example/")], event)
    for name in ["id", "source", "type"] { #expect(Self.length(body[name]) > 0) }
    #expect(body["specversion"]?.text == "1.0")
    #expect(body["subject"].map { Self.length($0) > 0 } ?? true)
    #expect(body["time"]?.text.flatMap { Timestamp(text: $0) } != nil)
    guard case .object(let members) = body else { return }
    for member in members {
      #expect(member.name.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber) })
    }
  }

  /// Labels are required, and strings (api/v2/openapi.yaml in github.com/prometheus/alertmanager).
  ///
  /// Their names are letters, digits and `_` (https://prometheus.io/docs/concepts/data_model). Alertmanager refuses an alert that ends before it starts.
  @Test("Alertmanager gets alerts as its API describes them", arguments: events)
  func alertmanager(event: FXCore.Notification) async throws {
    let alerts = try #require(
      try await body(
        [("type", "alertmanager"), ("url", "https://am.example"), ("mode", "push")], event
      ).elements)
    for alert in alerts {
      guard case .object(let labels)? = alert["labels"] else {
        Issue.record("no labels: \(alert)")
        continue
      }
      #expect(labels.contains { $0.name == "alertname" && Self.length($0.value) > 0 })
      for label in labels {
        #expect(label.value.text != nil)
        #expect(label.name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") })
      }
      let start = try #require(alert["startsAt"]?.text.flatMap { Timestamp(text: $0) })
      let end = try #require(alert["endsAt"]?.text.flatMap { Timestamp(text: $0) })
      #expect(start <= end)
    }
  }

  /// The length as services count it: UTF-16 code units.
  private static func length(_ value: JSONValue?) -> Int { value?.text?.utf16.count ?? 0 }

  private func body(
    _ settings: [(String, Written)], _ event: FXCore.Notification
  ) async throws -> JSONValue {
    let reading = Reading(
      secrets: PlantedSecrets(texts: [
        .credential("url"): "https://ops.example/token", .credential("bot"): "123:ABC-d_f",
        .credential("word"): "R0UT1NG",
      ]))
    let (definition, problems) = reading.read(settings)
    #expect(problems == [])
    _ = try await #require(definition).notifier.deliver(Samples.shipment(event))
    return try JSONReader.read(try #require(reading.transport.requests.all.first).body)
  }
}
