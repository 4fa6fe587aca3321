/// The reason why a message was not confirmed.
///
/// The texts contain no secret and no part of the message.
package enum MQTTFailure: Error, Hashable, Sendable {
  /// The client library is not installed.
  case missingLibrary
  /// The settings or the message are invalid.
  case unusable(reason: String)
  case unresolvable(host: String)
  case connectionFailed(reason: String)
  case tls(reason: String)
  /// The broker did not accept the connection in time.
  case notConnected(within: Duration)
  /// The broker did not confirm the message in time.
  case notConfirmed(within: Duration)
  /// The broker refuses the client.
  case signInRefused(MQTTReason)
  /// The broker refuses the message.
  case refused(MQTTReason)
  /// The message is larger than the broker accepts.
  case tooLarge(bytes: Int)
  /// The connection was lost before the confirmation.
  case lost(reason: String)
  /// The transport or the task was stopped.
  case cancelled
}
