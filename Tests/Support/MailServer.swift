import Foundation

/// A real mail server, aiosmtpd, that requires STARTTLS and a password, and returns the received
/// messages as an independent program parses them.
///
/// Recipients select the reply: `gone@…` is rejected, `later@…` is rejected temporarily, and a message to
/// `silent@…` is never answered.
package final class MailServer: Sendable {
  /// The features of a server.
  package struct Manners: Sendable {
    /// True if it offers STARTTLS, and requires a password then.
    package var isSecure = true

    /// The name its certificate is for.
    package var name = "localhost"

    /// A secure server.
    package init() {}
  }

  /// True if aiosmtpd and openssl are installed.
  package static let isPossible: Bool = {
    let arguments = ["-c", "\(python) -c 'import aiosmtpd' && openssl version"]
    return (try? Program.run("/bin/sh", arguments, errors: .dropped))?.status == 0
  }()

  /// The system's, for which Debian packages the server.
  private static let python = "/usr/bin/python3"

  /// The received messages, each a line of JSON: `from`, `to`, `user`, `secure`, `head`, `plain`,
  /// `html`.
  package var messages: EventLog<String> { process.output }

  package let port: Int

  /// The authority of its certificate.
  package let authoritiesFile: String

  /// The user it knows, and the password.
  package static let user = "fxwatch"
  package static let password = "pl4nted-pa55word"

  private let scratch: Scratch
  private let process: ChildProcess

  /// Starts a server, and returns when it listens.
  package init(_ manners: Manners = Manners()) async throws {
    scratch = try Scratch()
    let script = try scratch.write(Self.script, to: "server.py")
    process = try ChildProcess(
      "/bin/sh",
      [
        "-ec", Self.setup, "sh", scratch.path, manners.name, Self.python, script,
        manners.isSecure ? "secure" : "open", Self.user, Self.password,
      ])
    let line = try await process.errors.wait(for: "the port") { lines in
      lines.contains { $0.hasPrefix("port ") }
    }.first { $0.hasPrefix("port ") }
    port = line.flatMap { Int($0.dropFirst(5)) } ?? 0
    authoritiesFile = scratch.file("authority.pem")
  }

  /// Ends it.
  package func stop() { process.kill() }

  private static let setup =
    TestCertificate.script + #"""

      shift 2
      exec "$@"
      """#

  private static let script = #"""
    import asyncio, email, email.policy, json, ssl, sys
    from aiosmtpd.smtp import SMTP, AuthResult

    secure, user, password = sys.argv[1] == "secure", sys.argv[2], sys.argv[3]

    class Handler:
        async def handle_RCPT(self, server, session, envelope, address, options):
            if address.startswith("gone@"):
                return "550 5.1.1 no such mailbox"
            if address.startswith("later@"):
                return "450 4.2.0 greylisted"
            envelope.rcpt_tos.append(address)
            return "250 2.1.5 ok"

        async def handle_DATA(self, server, session, envelope):
            if any(a.startswith("silent@") for a in envelope.rcpt_tos):
                await asyncio.sleep(3600)
            if any(a.startswith("spam@") for a in envelope.rcpt_tos):
                return "554 5.7.1 looks like spam to " + password
            mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
            plain, html = mail.get_body(("plain",)), mail.get_body(("html",))
            print(json.dumps({
                "from": envelope.mail_from, "to": envelope.rcpt_tos,
                "user": session.auth_data, "secure": session.ssl is not None,
                "head": {k: str(v) for k, v in mail.items()},
                "defects": [str(d) for p in mail.walk() for d in p.defects],
                "plain": plain.get_content().replace("\r\n", "\n") if plain else None,
                "html": html.get_content() if html else None,
            }), flush=True)
            return "250 2.0.0 queued as 8C1"

    def authenticate(server, session, envelope, mechanism, data):
        good = data.login == user.encode() and data.password == password.encode()
        return AuthResult(success=good, handled=False, auth_data=data.login.decode())

    async def main():
        context = None
        if secure:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain("server.pem", "server.key")
        loop = asyncio.get_running_loop()
        server = await loop.create_server(
            lambda: SMTP(Handler(), hostname="mail.test", tls_context=context,
                         require_starttls=secure, auth_required=secure,
                         authenticator=authenticate, loop=loop), "127.0.0.1", 0)
        print("port", server.sockets[0].getsockname()[1], file=sys.stderr, flush=True)
        await server.serve_forever()

    asyncio.run(main())
    """#
}
