import FXCore
import FXHTTP
import Support
import Testing

@Suite(
  "A mail server",
  .enabled(if: MailServer.isPossible, "python3-aiosmtpd and openssl are needed for one"),
  .timeLimit(.minutes(5)))
struct MailTransportTests {
  let transport: CurlTransport

  init() throws { transport = try ownTransport() }

  static let text = "Subject: a move\r\n\r\nfirst\r\n.second\r\n..\r\n"

  @Test("gets the message over STARTTLS after authentication, with its dots unchanged")
  func delivers() async throws {
    let server = try await MailServer()
    let receipt = try await transport.send(mail(server))
    #expect(receipt.reply == MailReply(code: 250, text: "2.0.0 queued as 8C1"))
    #expect(receipt.refusals == [])
    let message = try await Self.message(server)
    #expect(message["from"]?.text == "fx@example.org")
    #expect(message["to"]?.description == #"["ops@example.org"]"#)
    #expect(message["user"]?.text == MailServer.user)
    #expect(message["secure"] == .bool(true))
    #expect(message["plain"]?.text == "first\n.second\n..\n")
  }

  @Test("that does not offer STARTTLS gets no message and no password")
  func noSecurity() async throws {
    var manners = MailServer.Manners()
    manners.isSecure = false
    let server = try await MailServer(manners)
    await #expect(
      throws: MailFailure.tls(reason: "localhost:\(server.port) does not offer STARTTLS")
    ) { try await transport.send(mail(server)) }
    #expect(server.messages.all.isEmpty)
    var open = mail(server)
    open.security = .none
    await #expect(
      throws: MailFailure.unusable(
        reason: "a password is never sent without encryption")
    ) { try await transport.send(open) }
    open.user = nil
    open.password = nil
    _ = try await transport.send(open)
    #expect(try await Self.message(server)["secure"] == .bool(false))
  }

  @Test("whose certificate is for another name, or of an unknown authority, is refused")
  func certificates() async throws {
    var manners = MailServer.Manners()
    manners.name = "other.example"
    let other = try await MailServer(manners)
    await #expect(
      throws: MailFailure.tls(
        reason: "localhost:\(other.port): "
          + "SSL: no alternative certificate subject name matches target host name 'localhost'")
    ) { try await transport.send(mail(other)) }
    let server = try await MailServer()
    var stranger = mail(server)
    stranger.authoritiesFile = nil
    await #expect(
      throws: MailFailure.tls(
        reason: "localhost:\(server.port): "
          + "SSL certificate problem: unable to get local issuer certificate")
    ) { try await transport.send(stranger) }
    #expect(server.messages.all.isEmpty && other.messages.all.isEmpty)
  }

  @Test("that rejects the password causes a failure that does not contain the password")
  func wrongPassword() async throws {
    let server = try await MailServer()
    var wrong = mail(server)
    wrong.password = Secret("wr0ng")
    await #expect(
      throws: MailFailure.signInRefused(
        MailReply(code: 535, text: "5.7.8 Authentication credentials invalid"))
    ) { try await transport.send(wrong) }
  }

  @Test(
    "that refuses a recipient is quoted",
    arguments: [
      ("gone@example.org", MailReply(code: 550, text: "5.1.1 no such mailbox")),
      ("later@example.org", MailReply(code: 450, text: "4.2.0 greylisted")),
      (
        "spam@example.org",
        MailReply(code: 554, text: "5.7.1 looks like spam to \(MailServer.password)")
      ),
    ])
  func refusals(recipient: String, reply: MailReply) async throws {
    let server = try await MailServer()
    var mail = mail(server)
    mail.recipients = ["ops@example.org", recipient]
    await #expect(throws: MailFailure.refused(reply)) { try await transport.send(mail) }
    #expect(server.messages.all.isEmpty)
  }

  @Test("that refuses some recipients delivers to the others if refusals are tolerated")
  func tolerates() async throws {
    let server = try await MailServer()
    var mail = mail(server)
    mail.recipients = ["gone@example.org", "ops@example.org"]
    mail.toleratesRefusals = true
    let receipt = try await transport.send(mail)
    #expect(receipt.refusals == [MailReply(code: 550, text: "5.1.1 no such mailbox")])
    #expect(try await Self.message(server)["to"]?.description == #"["ops@example.org"]"#)
    mail.recipients = ["gone@example.org", "gone@example.net"]
    await #expect(
      throws: MailFailure.refused(MailReply(code: 550, text: "5.1.1 no such mailbox"))
    ) { try await transport.send(mail) }
  }

  @Test("that never responds fails after the timeout")
  func silence() async throws {
    let server = try await MailServer()
    var mail = mail(server)
    mail.recipients = ["silent@example.org"]
    mail.totalTimeout = .seconds(2)
    do throws(MailFailure) {
      _ = try await transport.send(mail)
      Issue.record("it was delivered")
    } catch {
      guard case .timedOut = error else {
        Issue.record("\(error)")
        return
      }
    }
  }

  @Test("that does not speak SMTP is reported")
  func noMailServer() async throws {
    let page = try LoopbackServer { _ in .closed }
    defer { page.stop() }
    var mail = MailRequest(
      host: "127.0.0.1", port: page.port, security: .none, sender: "fx@example.org",
      recipients: ["ops@example.org"])
    mail.totalTimeout = .seconds(2)
    await #expect(throws: MailFailure.self) { try await transport.send(mail) }
    page.stop()
    await #expect(
      throws: MailFailure.connectionFailed(
        reason: "127.0.0.1:\(page.port): connection refused")
    ) { try await transport.send(mail) }
  }

  @Test(
    "never gets more than an address in a command",
    arguments: ["ops@example.org>\r\nRCPT TO:<evil@example.org", "", "a b@example.org", "<a@b>"])
  func envelope(address: String) async {
    let mail = MailRequest(
      host: "127.0.0.1", port: 1, security: .none, sender: "fx@example.org",
      recipients: [address])
    await #expect(
      throws: MailFailure.unusable(reason: "an address in its envelope is not one word of ASCII")
    ) { try await transport.send(mail) }
  }

  private func mail(_ server: MailServer) -> MailRequest {
    var mail = MailRequest(
      host: "localhost", port: server.port, security: .startTLS, sender: "fx@example.org",
      recipients: ["ops@example.org"])
    mail.user = MailServer.user
    mail.password = Secret(MailServer.password)
    mail.message = Array(Self.text.utf8)
    mail.authoritiesFile = server.authoritiesFile
    return mail
  }

  private static func message(_ server: MailServer) async throws -> JSONValue {
    let line = try await server.messages.first(1)[0]
    return try JSONReader.read(Array(line.utf8))
  }
}
