/// The replies of a server that accepted a message.
package struct MailReceipt: Hashable, Sendable {
  package let reply: MailReply

  /// The replies about rejected recipients; empty unless refusals are tolerated.
  package let refusals: [MailReply]

  /// The time from the start of the session to its last reply.
  package let duration: Duration

  /// Creates a receipt.
  package init(reply: MailReply, refusals: [MailReply], duration: Duration) {
    self.reply = reply
    self.refusals = refusals
    self.duration = duration
  }
}
