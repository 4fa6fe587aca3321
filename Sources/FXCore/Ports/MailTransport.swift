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

/// One reply of a mail server (RFC 5321 section 4.2).
package struct MailReply: Hashable, Sendable {
  /// From 200 to 599.
  package let code: Int

  /// What follows the code, as sent.
  package let text: String

  /// One reply.
  package init(code: Int, text: String) {
    self.code = code
    self.text = text
  }
}

/// What a server said to a message it took.
package struct MailReceipt: Hashable, Sendable {
  package let reply: MailReply

  /// What it said of recipients it did not take; empty unless refusals are tolerated.
  package let refusals: [MailReply]

  /// From start to last reply.
  package let duration: Duration

  /// What a server said to a message it took.
  package init(reply: MailReply, refusals: [MailReply], duration: Duration) {
    self.reply = reply
    self.refusals = refusals
    self.duration = duration
  }
}

/// Why a message was not handed over.
///
/// The texts hold nothing of the message and no secret, but for `refused`: what a server says is the
/// server's.
package enum MailFailure: Error, Hashable, Sendable {
  /// The message or its envelope cannot be sent as it is: `reason` says why.
  case unusable(reason: String)
  case unresolvable(host: String)
  case connectionFailed(reason: String)
  case timedOut(after: Duration)
  case tls(reason: String)
  /// The server does not take the user and the password, or no way to sign in that is known here.
  case signInRefused(MailReply?)
  /// The server refuses the sender, the recipients or the message.
  case refused(MailReply)
  /// The peer broke the protocol or closed early.
  case broken(reason: String)
  /// The transport was shut down.
  case cancelled
}

/// Hands messages to mail servers: the port through which mail is sent.
package protocol MailTransport: Sendable {
  /// Hands over one message. Task cancellation ends that with `MailFailure.cancelled`.
  func send(_ mail: MailRequest) async throws(MailFailure) -> MailReceipt
}
