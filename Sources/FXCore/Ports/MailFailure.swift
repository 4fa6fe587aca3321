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
