import FXCore
import FXNotifiers
import Testing

@Suite("A mail")
struct EmailNotifierTests {
  private static let settings: [(String, Written)] = [
    ("type", "email"), ("server", "mail.example"), ("from", "fx@example.org"),
    ("to", "ops@example.org"),
  ]

  @Test("is sent to the configured server with STARTTLS by default")
  func envelope() async throws {
    let reading = Reading(secrets: PlantedSecrets(texts: [.credential("pw"): "s3cret"]))
    let (definition, problems) = reading.read(
      Self.settings + [
        ("user", "fx"), ("password", .credential("pw")), ("ca_file", "/etc/ca.pem"),
        ("timeout", "30s"),
      ])
    #expect(problems == [])
    let outcome = try await #require(definition).notifier.deliver(
      Samples.shipment(Samples.alert()))
    #expect(outcome == .delivered(detail: "SMTP 250 2.0.0 queued in 12 ms"))
    var expected = MailRequest(
      host: "mail.example", port: 587, security: .startTLS, sender: "fx@example.org",
      recipients: ["ops@example.org"])
    expected.helo = "example.org"
    expected.user = "fx"
    expected.password = Secret("s3cret")
    expected.connectTimeout = .seconds(30)
    expected.totalTimeout = .seconds(30)
    expected.authoritiesFile = "/etc/ca.pem"
    var sent = try #require(reading.mail.mails.all.first)
    sent.message = []
    #expect(sent == expected)
  }

  @Test(
    "is sent to the default port of the tls mode",
    arguments: [
      ("mail.example", "implicit", "mail.example", 465),
      ("mail.example", "none", "mail.example", 25),
      ("[2001:db8::1]:2525", "starttls", "[2001:db8::1]", 2525),
      ("192.0.2.1:26", "none", "192.0.2.1", 26),
    ])
  func ports(server: String, tls: String, host: String, port: Int) async throws {
    let reading = Reading()
    let (definition, problems) = reading.read([
      ("type", "email"), ("server", .text(server)), ("tls", .text(tls)),
      ("from", "fx@example.org"), ("to", .list(["a@example.org", "b@example.org"])),
    ])
    #expect(problems == [])
    _ = try await #require(definition).notifier.deliver(Samples.shipment(Samples.ping))
    let sent = try #require(reading.mail.mails.all.first)
    #expect(sent.host == host)
    #expect(sent.port == port)
    #expect(sent.recipients == ["a@example.org", "b@example.org"])
  }

  @Test("has plain text and HTML, and a Message-ID of the event's identifier")
  func message() async throws {
    let text = try await sent(Samples.alert())
    #expect(
      text == """
        Date: Fri, 20 Feb 2026 09:15:02 +0000
        From: fxwatch <fx@example.org>
        To: ops@example.org
        Subject: [warning] big-move TJS/USD at timesca
        Message-ID: <msg_1@example.org>
        References: <a1@example.org>
        Auto-Submitted: auto-generated
        MIME-Version: 1.0
        Content-Type: multipart/alternative; boundary="=_msg_1"

        --=_msg_1
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: quoted-printable

        big-move TJS/USD at timesca
        TJS/USD moved

        Rate: 0.09168 =E2=86=92 0.10563
        Change: +15.22 % (15.20 to 15.23)
        Value date: 2026-02-20
        Published change: -0.09%
        Condition: abs(change) > 1%
        Severity: warning
        Event: evt_1


        =2D-=20
        fxwatch

        --=_msg_1
        Content-Type: text/html; charset=utf-8
        Content-Transfer-Encoding: quoted-printable

        <!DOCTYPE html>
        <html><head><meta charset=3D"utf-8"></head>
        <body style=3D"font-family: sans-serif">
        <h3>big-move TJS/USD at timesca</h3>
        <p>TJS/USD moved</p>
        <table cellpadding=3D"3">
        <tr><td>Rate</td><td><b>0.09168 =E2=86=92 0.10563</b></td></tr>
        <tr><td>Change</td><td><b>+15.22 % (15.20 to 15.23)</b></td></tr>
        <tr><td>Value date</td><td><b>2026-02-20</b></td></tr>
        <tr><td>Published change</td><td><b>-0.09%</b></td></tr>
        <tr><td>Condition</td><td><b>abs(change) &gt; 1%</b></td></tr>
        <tr><td>Severity</td><td><b>warning</b></td></tr>
        <tr><td>Event</td><td><b>evt_1</b></td></tr>
        </table>
        <p style=3D"color: #777">fxwatch</p>
        </body></html>

        --=_msg_1--

        """)
  }

  @Test("contains no markup or header from a rule, a page or a label")
  func hostile() async throws {
    let text = try await sent(
      Samples.alert(with: [
        .init("rule", .string("x\r\nBcc: evil@example.net\r\n\r\n<script>")),
        .init("alert_id", .string("a>\r\nX-Evil: 1")),
        .init("summary", .string(".\r\n--=_msg_1--\r\n<img src=x onerror=1>")),
      ]))
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let head = lines.prefix { !$0.isEmpty }
    #expect(
      head.filter { !$0.hasPrefix(" ") }.map { $0.prefix { $0 != ":" } } == [
        "Date", "From", "To", "Subject", "Message-ID", "References", "Auto-Submitted",
        "MIME-Version", "Content-Type",
      ])
    #expect(lines.count { $0.hasPrefix("--=_") } == 3)
    let html = text.drop { $0 != "!" }
    #expect(html.contains("&lt;script&gt;") && !html.contains("<script>"))
    #expect(!html.contains("<img"))
    #expect(!lines.contains("."))
    #expect(lines.allSatisfy { $0.utf8.count <= 78 && $0.utf8.allSatisfy { $0 < 0x80 } })
  }

  @Test("has a non-ASCII subject as encoded words, each within its length limit")
  func subjects() async throws {
    let name = String(repeating: "сом 🇰🇬 ", count: 12)
    let text = try await sent(Samples.alert(with: [.init("rule", .string(name))]))
    let subject = text.split(separator: "\n").drop { !$0.hasPrefix("Subject:") }
      .prefix { $0.hasPrefix("Subject:") || $0.hasPrefix(" ") }
    #expect(subject.count > 2)
    for line in subject {
      let words = line.split(separator: " ").filter { $0 != "Subject:" }
      #expect(words.allSatisfy { $0.hasPrefix("=?UTF-8?B?") && $0.hasSuffix("?=") })
      #expect(words.allSatisfy { $0.utf8.count <= 75 })
    }
  }

  @Test("contains several events, and the entries of a digest")
  func several() async throws {
    let digest = Notification(
      id: "evt_9", type: .digest, timestamp: Samples.moment,
      data: .object([
        .init("summary", .string("2 events")),
        .init(
          "entries",
          .array([
            .object([
              .init("timestamp", .string("2026-02-20T01:00:00.000Z")),
              .init("summary", .string("KGS/USD moved")), .init("still_holds", .bool(true)),
            ]),
            .object([
              .init("summary", .string("UZS/USD moved")), .init("still_holds", .bool(false)),
            ]),
          ])),
      ]))
    let text = try await sent(Samples.alert(), digest)
    #expect(text.contains("\nSubject: [warning] 2 events, first: big-move TJS/USD at timesca\n"))
    #expect(!text.contains("\nReferences:"))
    #expect(text.contains("\n=2D 2026-02-20T01:00:00.000Z KGS/USD moved (still holds)\n"))
    #expect(text.contains("\n<li>UZS/USD moved (over)</li>\n"))
  }

  /// The ends of a mail whose replies contain a text, with the outcomes for the text `no`.
  static func endings(
    containing text: String
  ) -> [(Result<MailReceipt, MailFailure>, DeliveryOutcome)] {
    func reply(_ code: Int) -> MailReply { MailReply(code: code, text: text) }
    return [
      (
        .success(
          MailReceipt(reply: reply(250), refusals: [reply(550)], duration: .milliseconds(7))),
        .delivered(detail: "SMTP 250 no in 7 ms, but not to 1 of 2 recipients: SMTP 550 no")
      ),
      (.failure(.refused(reply(421))), .retry(because: "SMTP 421 no", slowDown: true)),
      (.failure(.refused(reply(451))), .retry(because: "SMTP 451 no")),
      (.failure(.refused(reply(530))), .retry(because: "SMTP 530 no")),
      (.failure(.refused(reply(554))), .refused(because: "SMTP 554 no")),
      (
        .failure(.signInRefused(reply(535))),
        .retry(because: "the server rejected the user name or the password (SMTP 535)")
      ),
      (
        .failure(.timedOut(after: .seconds(15))),
        .retry(because: "not accepted within 15s", slowDown: true)
      ),
      (
        .failure(.tls(reason: "no STARTTLS")),
        .retry(because: "no secure connection: no STARTTLS")
      ),
      (
        .failure(.connectionFailed(reason: "refused")), .retry(because: "cannot connect: refused")
      ),
      (
        .failure(.unresolvable(host: "mail.example")),
        .retry(because: "cannot resolve mail.example")
      ),
      (.failure(.broken(reason: "it broke")), .retry(because: "it broke")),
      (
        .failure(.cancelled), .retry(because: "fxwatch stopped before the server answered")
      ),
      (
        .failure(.unusable(reason: "no recipient")),
        .refused(because: "the message cannot be sent: no recipient")
      ),
    ]
  }

  @Test("is retried after 4xx and refused after 5xx", arguments: endings(containing: "no"))
  func outcomes(answer: Result<MailReceipt, MailFailure>, expected: DeliveryOutcome) async throws {
    let reading = Reading(mail: StubMail(answer: answer))
    let (definition, _) = reading.read(
      Self.settings.dropLast() + [("to", .list(["a@example.org", "b@example.org"]))])
    let notifier = try #require(definition).notifier
    #expect(await notifier.deliver(Samples.shipment(Samples.ping)) == expected)
    // After some recipients were refused permanently, the message is sent to the others.
    let isRefusal =
      if case .failure(.refused(let reply)) = answer { reply.code == 554 } else { false }
    let isUnusable = if case .failure(.unusable) = answer { true } else { false }
    #expect(
      reading.mail.mails.all.map(\.toleratesRefusals)
        == (isRefusal || isUnusable ? [false, true] : [false]))
  }

  /// Returns the message of a shipment with `\n` as the line end.
  private func sent(_ events: FXCore.Notification...) async throws -> String {
    let reading = Reading()
    let (definition, problems) = reading.read(Self.settings)
    #expect(problems == [])
    _ = try await #require(definition).notifier.deliver(
      Shipment(id: "msg_1", notifications: events, attemptedAt: Samples.moment))
    let mail = try #require(reading.mail.mails.all.first)
    let text = String(decoding: mail.message, as: UTF8.self)
    #expect(!text.replacing("\r\n", with: "").contains { $0 == "\r" || $0 == "\n" })
    return text.replacing("\r\n", with: "\n")
  }
}
