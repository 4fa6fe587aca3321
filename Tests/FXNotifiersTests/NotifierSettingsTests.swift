import FXCore
import FXNotifiers
import Testing

@Suite("A notifier's settings")
struct NotifierSettingsTests {
  static let url: (String, Written) = ("url", "https://ops.example/hook")

  static let kinds = NotifierCatalog.kindNames.joined(separator: ", ")

  /// Settings, and their problems without `f.yaml:`.
  static let wrong: [([(String, Written)], [String])] = [
    ([], ["1:9: notifiers.ops: 'type' is missing; expected one of \(kinds)"]),
    (
      [("type", "webhok")],
      [
        "1:9: notifiers.ops.type: unknown notifier type 'webhok'; "
          + "expected one of \(kinds); did you mean 'webhook'?"
      ]
    ),
    (
      [("type", "stdout"), ("format", "jsn")],
      ["2:9: notifiers.ops.format: 'jsn' is not one of text, json, logfmt; did you mean 'json'?"]
    ),
    (
      [("type", "stdout"), ("batch", "true")],
      [
        "2:1: notifiers.ops: unknown key 'batch'; expected one of deliver_within, events, format, type"
      ]
    ),
    (
      [("type", "journald"), ("formt", "text"), ("deliver_within", "0")],
      [
        "2:1: notifiers.ops: unknown key 'formt'; expected one of deliver_within, events, type",
        "3:9: notifiers.ops.deliver_within: '0' is too short; use 1s or more",
      ]
    ),
    (
      [("type", "webhook")],
      ["1:9: notifiers.ops: 'url' is missing; write the URL to post to"]
    ),
    (
      [("type", "webhook"), ("url", "ftp://ops.example/s3cret")],
      ["2:9: notifiers.ops.url: the URL must start with https:// or http://"]
    ),
    (
      [("type", "webhook"), ("url", "ops.example/hook")],
      ["2:9: notifiers.ops.url: the URL must start with https:// or http://"]
    ),
    (
      [("type", "webhook"), ("url", "https://:80/hook")],
      ["2:9: notifiers.ops.url: the URL has no host; write it like https://ops.example/hook"]
    ),
    (
      [("type", "webhook"), ("url", "https://me:s3cret@ops.example/")],
      [
        "2:9: notifiers.ops.url: the URL contains a user name or a password; send them in a "
          + "header instead: headers: {Authorization: {credential: NAME}}"
      ]
    ),
    (
      [("type", "webhook"), ("url", "https://ops.example/a b")],
      [
        "2:9: notifiers.ops.url: the URL contains white space or non-ASCII characters; "
          + "percent-encode them"
      ]
    ),
    (
      [("type", "webhook"), ("url", .text("https://" + String(repeating: "x", count: 2048)))],
      ["2:9: notifiers.ops.url: the URL is longer than 2048 bytes"]
    ),
    (
      [("type", "webhook"), url, ("secret", "whsec_s3cret")],
      [
        "3:9: notifiers.ops.secret: a secret must not be in the config; write "
          + "{credential: NAME} or {file: PATH}, and add LoadCredential=NAME:/path to the unit"
      ]
    ),
    (
      [("type", "webhook"), url, ("secret", .credential("lost"))],
      ["3:9: notifiers.ops.secret: credential 'lost' is not there"]
    ),
    (
      [("type", "webhook"), url, ("secret", .credential("plain"))],
      [
        "3:9: notifiers.ops.secret: credential 'plain' is not 'whsec_' followed by base64; "
          + "make one with: echo whsec_$(head -c 32 /dev/urandom | base64)"
      ]
    ),
    (
      [
        ("type", "webhook"), url, ("secret", .list(Array(repeating: .credential("key"), count: 5))),
      ],
      ["3:9: notifiers.ops.secret: 5 secrets are too many; write at most 4"]
    ),
    (
      [
        ("type", "webhook"), url,
        (
          "headers",
          .map([
            ("Authorization", "s3cret"), ("webhook-id", "1"), ("bad name", "x"), ("X-A", "a\nb"),
            ("X-B", .credential("lines")),
          ])
        ),
      ],
      [
        "3:9: notifiers.ops.headers.Authorization: the value of 'Authorization' is a secret; "
          + "write {credential: NAME} or {file: PATH}",
        "4:9: notifiers.ops.headers.webhook-id: 'webhook-id' is set by fxwatch; remove it",
        "5:9: notifiers.ops.headers.bad name: 'bad name' is not a valid header name",
        "6:9: notifiers.ops.headers.X-A: the value contains line breaks or non-ASCII characters; "
          + "use one line of ASCII",
        "7:9: notifiers.ops.headers.X-B: the value contains line breaks or non-ASCII characters; "
          + "use one line of ASCII",
      ]
    ),
  ]

  /// The fields of a custom body.
  static let fields =
    "alert_id, base, change, change_high, change_low, condition, delta, id, kind, message, nominal, "
    + "observed_at, pair, payload, previous, previous_value_date, printed, published_change, quote, "
    + "rate, reason, rule, severity, side, since, source, summary, tick, ticks, timestamp, title, "
    + "type, value_date, label.NAME"

  /// The same for the kinds of one service or of this machine.
  static let wrongShapes: [([(String, Written)], [String])] = [
    (
      [("type", "slack"), ("url", "https://hooks.slack.example/s3cret")],
      [
        "2:9: notifiers.ops.url: a secret must not be in the config; write "
          + "{credential: NAME} or {file: PATH}, and add LoadCredential=NAME:/path to the unit"
      ]
    ),
    (
      [("type", "discord")],
      [
        "1:9: notifiers.ops: 'url' is missing; write {credential: NAME} or {file: PATH} of the "
          + "URL to post to"
      ]
    ),
    (
      [("type", "teams"), ("url", .credential("plain"))],
      [
        "2:9: notifiers.ops.url: credential 'plain': the URL must start with https:// or "
          + "http://"
      ]
    ),
    (
      [("type", "telegram"), ("chat", "1"), ("thread", "0")],
      [
        "1:9: notifiers.ops: 'token' is missing; write {credential: NAME} of the bot's token",
        "3:9: notifiers.ops.thread: '0' is not a whole number from 1 to 2147483647",
      ]
    ),
    (
      [("type", "telegram"), ("token", .credential("plain")), ("chat", "1")],
      ["2:9: notifiers.ops.token: does not contain a bot token like 123456:ABC-DEF"]
    ),
    (
      [("type", "ntfy"), ("topic", "a/b")],
      ["2:9: notifiers.ops.topic: invalid topic; use at most 64 letters, digits, '-' and '_'"]
    ),
    (
      [("type", "ntfy"), ("topic", "a"), ("token", .credential("lines"))],
      [
        "3:9: notifiers.ops.token: the value contains line breaks or non-ASCII characters; use "
          + "one line of ASCII"
      ]
    ),
    (
      [("type", "pagerduty"), ("routing_key", "s3cret")],
      [
        "2:9: notifiers.ops.routing_key: a secret must not be in the config; write "
          + "{credential: NAME} or {file: PATH}, and add LoadCredential=NAME:/path to the unit"
      ]
    ),
    (
      [("type", "alertmanager"), url, ("hold", "2h")],
      [
        "3:9: notifiers.ops.hold: 'hold' is used only with mode: push; remove it, or "
          + "write mode: push"
      ]
    ),
    (
      [("type", "cloudevents"), url, ("source", "a b")],
      ["3:9: notifiers.ops.source: 'a b' is not a URI; write it like https://host.example/fxwatch"]
    ),
    (
      [("type", "email"), ("from", "fx"), ("to", .list(["a@b", "x\r\ny@z"])), ("user", "me")],
      [
        "1:9: notifiers.ops: 'server' is missing; write the mail server, such as mail.example:587",
        "1:9: notifiers.ops: 'password' is missing; write {credential: NAME} of the user's password",
        "2:9: notifiers.ops.from: 'fx' is not a plain address; write it like ops@example.org",
        "3:9: notifiers.ops.to: 'x\\u{D}\\u{A}y@z' is not a plain address; write it like "
          + "ops@example.org",
      ]
    ),
    (
      [
        ("type", "email"), ("server", "smtp://mail.example"), ("from", "fx@example.org"),
        ("to", "ops@example.org"), ("tls", "none"), ("user", "me"),
        ("password", .credential("plain")),
      ],
      [
        "2:9: notifiers.ops.server: 'smtp://mail.example' is not a mail server; write it like "
          + "mail.example:587",
        "5:9: notifiers.ops.tls: a password is never sent without encryption; write starttls or "
          + "implicit, or remove 'user'",
      ]
    ),
    (
      [
        ("type", "email"), ("server", "mail.example"), ("from", "fx@example.org"),
        ("to", "ops@example.org"), ("user", "me"), ("password", .credential("lost")),
        ("ca_file", "/etc/ca.pem"), ("timeout", "20s"), ("batch", "false"),
      ],
      ["6:9: notifiers.ops.password: credential 'lost' is not there"]
    ),
    (
      [("type", "email"), ("server", "[::1]:0"), ("password", "s3cret")],
      [
        "1:9: notifiers.ops: 'from' is missing; write the sender's address",
        "1:9: notifiers.ops: 'to' is missing; write an address, or a list of them",
        "1:9: notifiers.ops: 'user' is missing; write the user name that belongs to the password",
        "2:9: notifiers.ops.server: '[::1]:0' is not a mail server; write it like mail.example:587",
      ]
    ),
    (
      [("type", "webhook"), url, ("body", "{\"text\": \"{{summry}}\"}")],
      [
        "3:9: notifiers.ops.body: unknown field '{{summry}}'; expected one of \(fields); "
          + "did you mean 'summary'?\n  {\"text\": \"{{summry}}\"}\n            ^^^^^^^^^^"
      ]
    ),
    (
      [("type", "webhook"), url, ("body", "{\"text\": {{summary}")],
      [
        "3:9: notifiers.ops.body: '{{' is not closed by '}}'\n  {\"text\": {{summary}\n"
          + "           ^^"
      ]
    ),
    (
      [("type", "webhook"), url, ("body", "{\"text\": \"{{payload}}\"}")],
      [
        "3:9: notifiers.ops.body: '{{payload}}' is an object; use it only in JSON, outside quotes\n"
          + "  {\"text\": \"{{payload}}\"}\n            ^^^^^^^^^^^"
      ]
    ),
    (
      [("type", "webhook"), url, ("body", "{\"rate\": {{rate}},}"), ("batch", "true")],
      [
        "3:9: notifiers.ops.body: invalid JSON after the fields are filled in: "
          + "the body lacks a member's name (byte 11)",
        "4:9: notifiers.ops.batch: a custom 'body' contains one event; remove 'batch'",
      ]
    ),
    (
      [("type", "webhook"), url, ("body", "x"), ("content_type", "image/png")],
      [
        "4:9: notifiers.ops.content_type: unsupported content type 'image/png'; write "
          + "application/json, text/plain, application/x-www-form-urlencoded, application/xml or "
          + "text/html"
      ]
    ),
    (
      [("type", "webhook"), url, ("content_type", "text/plain")],
      [
        "3:9: notifiers.ops.content_type: the payload is always application/json; remove "
          + "'content_type', or add 'body'"
      ]
    ),
    (
      [("type", "file"), ("path", "events.jsonl")],
      [
        "2:9: notifiers.ops.path: 'events.jsonl' is not the absolute path of a file; write it like "
          + "/var/log/fx.jsonl"
      ]
    ),
    (
      [("type", "command"), ("timeout", "0s")],
      [
        "1:9: notifiers.ops: 'command' is missing; write a program's path, or a list with arguments",
        "2:9: notifiers.ops.timeout: '0s' is too short; use 1s or more",
      ]
    ),
    (
      [("type", "command"), ("command", "notify -v")],
      [
        "2:9: notifiers.ops.command: 'notify -v' is not the absolute path of a program; write "
          + "arguments as further list items"
      ]
    ),
  ]

  @Test(
    "that are invalid are all reported, with their place and without secrets",
    arguments: wrong + wrongShapes)
  func problems(settings: [(String, Written)], expected: [String]) {
    let (_, problems) = reading().read(settings)
    #expect(problems == expected.map { "f.yaml:\($0)" })
    for problem in problems { #expect(!problem.contains("s3cret")) }
  }

  @Test("may name unreadable secrets in a check, which then only warns")
  func check() {
    let (definition, problems) = reading(secretsMayBeMissing: true).read([
      ("type", "webhook"), Self.url, ("secret", .credential("lost")),
    ])
    #expect(definition == nil)
    #expect(
      problems == ["f.yaml:3:9: warning: notifiers.ops.secret: credential 'lost' is not there"])
  }

  @Test("set batching and the time after which an event is too old")
  func common() {
    let (definition, problems) = reading().read([
      ("type", "webhook"), Self.url, ("batch", "true"), ("deliver_within", "2h"),
    ])
    #expect(problems == [])
    #expect(definition?.batches == true)
    #expect(definition?.deliverWithin == .seconds(7200))
  }

  @Test("have a fingerprint that depends on their values and not on their order")
  func fingerprint() {
    let one = reading().read([("type", "webhook"), Self.url, ("secret", .credential("key"))])
    let same = reading().read([("secret", .credential("key")), Self.url, ("type", "webhook")])
    let other = reading().read([("type", "webhook"), Self.url])
    #expect(
      one.definition?.fingerprint
        == #"{"secret":{"credential":"key"},"type":"webhook","url":"https://ops.example/hook"}"#)
    #expect(one.definition?.fingerprint == same.definition?.fingerprint)
    #expect(one.definition?.fingerprint != other.definition?.fingerprint)
  }

  private func reading(secretsMayBeMissing: Bool = false) -> Reading {
    Reading(
      secrets: PlantedSecrets(texts: [
        .credential("key"): WebhookRequestTests.key, .credential("plain"): "s3cret",
        .credential("lines"): "s3cret\r\nX-Evil: 1",
      ]), secretsMayBeMissing: secretsMayBeMissing)
  }
}
