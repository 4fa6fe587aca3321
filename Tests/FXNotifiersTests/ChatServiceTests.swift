import FXCore
import FXNotifiers
import FXSystem
import FoundationEssentials
import Testing

/// The requests to chats and phones that are no plain webhook, compared with the services'
/// documentation, for the smallest and the largest events and for hostile texts.
@Suite("A request")
struct ChatServiceTests {
  private static let hostile = Samples.alert(with: [
    .init("rule", .string("@channel **bold** @all")),
    .init("summary", .string("[link](http://evil.example) `x` <b>&amp; ```\n@**all**")),
  ])

  private static let events = ServiceSchemaTests.events + [hostile]

  /// https://developers.mattermost.com/integrate/webhooks/incoming: 16 383 characters a post.
  @Test("to Mattermost is one attachment without mentions", arguments: events)
  func mattermost(event: FXCore.Notification) async throws {
    let sent = try await requests(
      [("type", "mattermost"), ("url", .credential("url")), ("channel", "fx")], event)
    let body = try JSONReader.read(try #require(sent.first).body)
    #expect(body["channel"]?.text == "fx")
    let attachment = try #require(body["attachments"]?.elements?.first)
    let fields = try #require(attachment["fields"]?.elements)
    let texts = [attachment["title"], attachment["text"]] + fields.map { $0["value"] }
    #expect(texts.reduce(0) { $0 + ($1?.text?.count ?? 0) } <= 16_383)
    #expect(texts.allSatisfy { Self.isHarmless($0?.text) })
    #expect(attachment["color"]?.text?.count == 7)
    #expect((attachment["fallback"]?.text ?? "").isEmpty == false)
    #expect(fields.allSatisfy { $0["title"]?.text != nil && $0["short"] == .bool(true) })
  }

  /// https://docs.rocket.chat/docs/integrations; `Message_MaxAllowedSize` is 5000 by default.
  @Test("to Rocket.Chat is a text and an attachment without mentions", arguments: events)
  func rocketChat(event: FXCore.Notification) async throws {
    let sent = try await requests(
      [("type", "rocketchat"), ("url", .credential("url")), ("channel", "#fx")], event)
    let body = try JSONReader.read(try #require(sent.first).body)
    let attachment = try #require(body["attachments"]?.elements?.first)
    let texts =
      [body["text"], attachment["text"]]
      + (attachment["fields"]?.elements ?? []).map { $0["value"] }
    #expect(texts.allSatisfy { Self.isHarmless($0?.text) })
    #expect((1...5000).contains(body["text"]?.text?.count ?? 0))
  }

  /// https://developers.google.com/workspace/chat/api/reference/rest/v1/spaces.messages: 32 000 bytes
  /// with all cards.
  @Test("to Google Chat is a card in the alert's thread, once for an event", arguments: events)
  func googleChat(event: FXCore.Notification) async throws {
    let sent = try #require(
      try await requests([("type", "googlechat"), ("url", .credential("chat"))], event).first)
    #expect(
      sent.url
        == "https://chat.googleapis.com/v1/spaces/A/messages?key=k&token=t"
        + "&messageReplyOption=REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD&requestId=\(event.id)")
    #expect(sent.body.count <= 32_000)
    let body = try JSONReader.read(sent.body)
    #expect(body["thread"]?["threadKey"]?.text?.isEmpty == false)
    let card = try #require(body["cardsV2"]?.elements?.first?["card"])
    #expect(card["header"]?["title"]?.text?.isEmpty == false)
    let widgets = try #require(card["sections"]?.elements?.first?["widgets"]?.elements)
    for widget in widgets {
      let text = widget["decoratedText"]?["text"] ?? widget["textParagraph"]?["text"]
      #expect(try #require(text?.text).allSatisfy { $0 != "<" && $0 != ">" })
    }
  }

  /// https://zulip.com/api/send-message: topics have 60 characters, messages 10 000.
  @Test("to Zulip is a code block under the topic of the alert", arguments: events)
  func zulip(event: FXCore.Notification) async throws {
    let sent = try #require(
      try await requests(
        [
          ("type", "zulip"), ("url", "https://chat.example/"), ("user", "bot@chat.example"),
          ("key", .credential("word")), ("channel", "rates & more"),
        ], event
      ).first)
    #expect(sent.url == "https://chat.example/api/v1/messages")
    let credentials = Data("bot@chat.example:R0UT1NG".utf8).base64EncodedString()
    #expect(sent.headers.contains(HTTPHeader("authorization", "Basic \(credentials)")))
    let form = Self.form(sent)
    #expect(form["type"] == "stream")
    #expect(form["to"] == "rates & more")
    #expect((1...60).contains(form["topic"]?.count ?? 0))
    let content = try #require(form["content"])
    #expect(content.count <= 10_000)
    #expect(content.hasPrefix("```text\n") && content.hasSuffix("\n```"))
    #expect(content.split(separator: "\n").dropFirst().dropLast().allSatisfy { $0.first != "`" })
  }

  @Test("to Zulip is a direct message to people if there is no channel")
  func zulipPeople() async throws {
    let sent = try #require(
      try await requests(
        [
          ("type", "zulip"), ("url", "https://chat.example"), ("user", "bot@chat.example"),
          ("key", .credential("word")), ("to", .list(["ada@example.org", "bob@example.org"])),
        ], Samples.alert()
      ).first)
    let form = Self.form(sent)
    #expect(form["type"] == "direct")
    #expect(form["to"] == #"["ada@example.org","bob@example.org"]"#)
  }

  /// https://gotify.net/api-docs: `createMessage`.
  @Test("to Gotify has a title, a message and a priority", arguments: events)
  func gotify(event: FXCore.Notification) async throws {
    let sent = try #require(
      try await requests(
        [("type", "gotify"), ("url", "https://push.example"), ("token", .credential("word"))], event
      ).first)
    #expect(sent.url == "https://push.example/message")
    #expect(sent.headers.contains(HTTPHeader("x-gotify-key", "R0UT1NG")))
    let body = try JSONReader.read(sent.body)
    #expect(body["title"]?.text?.isEmpty == false)
    #expect((0...10).contains(body["priority"]?.text.flatMap { Int($0) } ?? -1))
    #expect(body["extras"]?["client::display"]?["contentType"]?.text == "text/plain")
  }

  /// https://pushover.net/api#limits and #priority.
  @Test("to Pushover stays within its limits", arguments: events)
  func pushover(event: FXCore.Notification) async throws {
    let sent = try #require(try await requests(Self.pushover, event).last)
    #expect(sent.url == "https://api.pushover.net/1/messages.json")
    let form = Self.form(sent)
    #expect((1...250).contains(form["title"]?.count ?? 0))
    #expect((1...1024).contains(form["message"]?.count ?? 0))
    #expect(["-1", "0", "1", "2"].contains(form["priority"]))
    #expect((form["priority"] == "2") == (form["retry"] != nil && form["expire"] != nil))
  }

  @Test("to Pushover repeats a critical alert, and its resolution ends that")
  func emergency() async throws {
    let firing = Self.form(
      try #require(try await requests(Self.pushover, Samples.alert(severity: .critical)).first))
    #expect(firing["priority"] == "2")
    #expect(firing["tags"] == "a1")
    let ended = try await requests(
      Self.pushover, Samples.alert(.alertResolved, severity: .critical))
    #expect(
      ended.map(\.url) == [
        "https://api.pushover.net/1/receipts/cancel_by_tag/a1.json",
        "https://api.pushover.net/1/messages.json",
      ])
    #expect(Self.form(ended[1])["priority"] == "0")
  }

  /// https://spec.matrix.org/latest/client-server-api/#size-limits: 65 536 bytes an event.
  @Test("to Matrix is a PUT with the event's id as its transaction", arguments: events)
  func matrix(event: FXCore.Notification) async throws {
    let sent = try #require(
      try await requests(
        [
          ("type", "matrix"), ("url", "https://matrix.example/"), ("room", "!a:matrix.example"),
          ("token", .credential("word")),
        ], event
      ).first)
    #expect(sent.method == .put)
    #expect(
      sent.url
        == "https://matrix.example/_matrix/client/v3/rooms/%21a%3Amatrix.example/send/m.room.message/"
        + event.id)
    #expect(sent.headers.contains(HTTPHeader("authorization", "Bearer R0UT1NG")))
    #expect(sent.body.count < 65_000)
    let body = try JSONReader.read(sent.body)
    #expect(body["msgtype"]?.text == "m.text")
    #expect(body["body"]?.text?.isEmpty == false)
    #expect(body["m.mentions"] == .object([]))
    let markup = try #require(body["formatted_body"]?.text)
    #expect(!markup.contains("<b>") && markup.hasPrefix("<strong>"))
  }

  /// See https://github.com/caronc/apprise-api#api-details.
  @Test("to Apprise has a type, a title and a body that is not empty", arguments: events)
  func apprise(event: FXCore.Notification) async throws {
    let sent = try #require(
      try await requests(
        [
          ("type", "apprise"), ("url", "http://127.0.0.1:8000/notify"),
          ("urls", .list([.credential("url"), .credential("word")])), ("tag", "fx"),
        ], event
      ).first)
    let body = try JSONReader.read(sent.body)
    #expect(["info", "success", "warning", "failure"].contains(body["type"]?.text))
    #expect(body["body"]?.text?.isEmpty == false)
    #expect(body["title"]?.text?.isEmpty == false)
    #expect(body["urls"]?.text == "https://ops.example/token,R0UT1NG")
    #expect(body["tag"]?.text == "fx")
  }

  @Test("through Apprise's command has no secret in its arguments")
  func appriseCommand() async throws {
    let reading = Reading()
    let (definition, problems) = reading.read([
      ("type", "apprise"), ("config", "/etc/fx/apprise.yml"), ("tag", "fx"),
    ])
    #expect(problems == [])
    _ = try await #require(definition).notifier.deliver(Samples.shipment(Samples.alert()))
    let run = try #require(reading.runs.all.first)
    #expect(run.path == "/usr/bin/apprise")
    #expect(
      run.arguments == [
        "--config=/etc/fx/apprise.yml", "--title=big-move TJS/USD at timesca",
        "--notification-type=warning", "--tag=fx",
      ])
    #expect(String(decoding: run.input, as: UTF8.self).hasPrefix("TJS/USD moved\nRate: 0.09168"))
  }

  @Test(
    "is refused in the config where it could not work",
    arguments: [
      ([("type", "matrix"), ("room", "#fx:a.example")], "is not the id of a room"),
      ([("type", "zulip"), ("channel", "a"), ("to", "b@c.example")], "not both"),
      ([("type", "zulip")], "'channel' is missing"),
      ([("type", "apprise"), ("config", "apprise.yml")], "is not an absolute path"),
      ([("type", "apprise"), ("command", "/usr/bin/apprise")], "'config' is missing"),
      ([("type", "gotify")], "'token' is missing"),
      ([("type", "stdout"), ("events", .list(["fired"]))], "'fired' is not one of firing, "),
      ([("type", "stdout"), ("events", .list([]))], "an empty list"),
      ([("type", "syslog"), ("server", "logs.example")], "is not udp://HOST:PORT"),
    ] as [([(String, Written)], String)])
  func refused(settings: [(String, Written)], problem: String) {
    let more: [(String, Written)] = [
      ("url", "https://a.example"), ("token", .credential("word")), ("user", "a"),
      ("key", .credential("word")),
    ]
    let needed = ["matrix", "zulip"].contains { name in
      settings.first?.1.node(1).value == .scalar(name, isQuoted: false)
    }
    let (_, problems) = Reading(secrets: Self.secrets).read(settings + (needed ? more : []))
    #expect(problems.contains { $0.contains(problem) }, "\(problems)")
  }

  // MARK: Parts

  private static let pushover: [(String, Written)] = [
    ("type", "pushover"), ("token", .credential("word")), ("user", .credential("word")),
    ("emergency", "true"),
  ]

  private static let secrets = PlantedSecrets(texts: [
    .credential("url"): "https://ops.example/token", .credential("word"): "R0UT1NG",
    .credential("chat"): "https://chat.googleapis.com/v1/spaces/A/messages?key=k&token=t",
  ])

  /// Returns true if a text has no `@` that could begin a mention.
  private static func isHarmless(_ text: String?) -> Bool {
    let scalars = Array((text ?? "").unicodeScalars)
    return scalars.indices.allSatisfy { index in
      scalars[index] != "@" || index + 1 == scalars.count || scalars[index + 1] == "\u{200B}"
    }
  }

  /// Returns the fields of a form.
  private static func form(_ request: HTTPRequest) -> [String: String] {
    let text = String(decoding: request.body, as: UTF8.self)
    return Dictionary(
      text.split(separator: "&").map { field in
        let parts = field.split(separator: "=", omittingEmptySubsequences: false)
        return (decoded(parts[0]), decoded(parts[1]))
      }
    ) { $1 }
  }

  private static func decoded(_ text: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%") {
        bytes.append(UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) ?? 0)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private func requests(
    _ settings: [(String, Written)], _ event: FXCore.Notification
  ) async throws -> [HTTPRequest] {
    let reading = Reading(secrets: Self.secrets)
    let (definition, problems) = reading.read(settings)
    #expect(problems == [])
    let outcome = try await #require(definition).notifier.deliver(Samples.shipment(event))
    #expect(outcome == .delivered(detail: "HTTP 204 in 12 ms"))
    return reading.transport.requests.all
  }
}
