/// The reason why a message was not accepted.
///
/// The texts contain no secret and no part of the message, except `refused`, which is the server's
/// text without the password.
package enum MailFailure: Error, Hashable, Sendable {
  /// The message or its envelope is invalid.
  case unusable(reason: String)
  case unresolvable(host: String)
  case connectionFailed(reason: String)
  case timedOut(after: Duration)
  case tls(reason: String)
  /// The server rejects the user and password, or offers no known authentication mechanism.
  case signInRefused(MailReply?)
  /// The server rejects the sender, the recipients or the message.
  case refused(MailReply)
  /// The peer violated the protocol or closed the connection early.
  case broken(reason: String)
  /// The transport was shut down.
  case cancelled
}
