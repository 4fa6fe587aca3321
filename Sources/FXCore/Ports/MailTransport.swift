/// Hands messages to mail servers: the port through which mail is sent.
package protocol MailTransport: Sendable {
  /// Hands over one message. Task cancellation ends that with `MailFailure.cancelled`.
  func send(_ mail: MailRequest) async throws(MailFailure) -> MailReceipt
}
