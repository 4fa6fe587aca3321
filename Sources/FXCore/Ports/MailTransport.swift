/// Sends messages to mail servers.
package protocol MailTransport: Sendable {
  /// Sends one message.
  ///
  /// Task cancellation ends the session with `MailFailure.cancelled`.
  func send(_ mail: MailRequest) async throws(MailFailure) -> MailReceipt
}
