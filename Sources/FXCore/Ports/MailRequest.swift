/// One message to hand to a mail server.
package struct MailRequest: Hashable, Sendable {
  /// How the connection is kept secret.
  package enum Security: String, Hashable, Sendable, CaseIterable {
    /// It begins in the clear and must be secured before anything is said (RFC 3207); a server
    /// that does not offer that is left.
    case startTLS = "starttls"
    /// It is secured from its first byte (RFC 8314).
    case implicit
    /// Not at all: for a relay on this machine.
    case none
  }

  /// The server's name or address; IPv6 in brackets.
  package var host: String

  package var port: Int
  package var security: Security

  /// Who signs in; nil for a server that asks nobody.
  package var user: String?

  package var password: Secret?

  /// The envelope's sender, to whom servers return what they cannot deliver.
  package var sender: String

  /// The envelope's recipients, one or more.
  package var recipients: [String]

  /// The whole message with its head, its lines ended by CR LF (RFC 5322).
  package var message: [UInt8] = []

  /// Whether the message goes to the others when the server refuses some recipients, but not all.
  package var toleratesRefusals = false

  /// How long name resolution, connection and TLS may take together.
  package var connectTimeout: Duration = .seconds(5)

  /// How long everything may take.
  package var totalTimeout: Duration = .seconds(60)

  /// A PEM file of further certificate authorities; nil for the system's alone.
  package var authoritiesFile: String?

  /// A message without text.
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
