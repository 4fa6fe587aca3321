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
