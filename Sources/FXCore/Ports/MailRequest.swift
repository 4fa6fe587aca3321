/// One message to send to a mail server.
///
/// Its thirteen properties are the server, the envelope, the message and the limits of one SMTP
/// session.
package struct MailRequest: Hashable, Sendable {
  /// The encryption of the connection.
  package enum Security: String, Hashable, Sendable, CaseIterable {
    /// TLS is started before anything is sent (RFC 3207); fails if the server does not offer it.
    case startTLS = "starttls"
    /// TLS from the first byte (RFC 8314).
    case implicit
    /// No TLS, for a relay on this machine.
    case none
  }

  /// The server's name or address; IPv6 addresses are in brackets.
  package var host: String

  package var port: Int
  package var security: Security

  /// The user name; nil for a server without authentication.
  package var user: String?

  package var password: Secret?

  /// The name by which this machine introduces itself; nil for its own.
  package var helo: String?

  /// The envelope's sender, which receives the bounces.
  package var sender: String

  /// The envelope's recipients; one or more.
  package var recipients: [String]

  /// The whole message with its header; lines end with CR LF (RFC 5322).
  package var message: [UInt8] = []

  /// True if the message is sent to the other recipients when the server rejects some of them.
  package var toleratesRefusals = false

  /// The limit for name resolution, connection and TLS together.
  package var connectTimeout: Duration = .seconds(5)

  /// The limit for the whole session.
  package var totalTimeout: Duration = .seconds(60)

  /// A PEM file with certificate authorities besides the system's.
  package var authoritiesFile: String?

  /// Creates a request without a message.
  package init(
    host: String, port: Int, security: Security, sender: String, recipients: [String]
  ) {
    self.host = host
    self.port = port
    self.security = security
    self.sender = sender
    self.recipients = recipients
  }
}
