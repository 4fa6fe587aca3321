import FXCore

/// A mail transport that gives every mail the same outcome and records the mails.
struct StubMail: MailTransport {
  typealias Answer = Result<MailReceipt, MailFailure>

  /// A function, so that printing this value does not print the server's reply.
  private let answer: @Sendable () -> Answer
  let mails = Record<MailRequest>()

  init(answer: Answer = StubMail.taken) { self.answer = { answer } }

  static let taken: Answer = .success(
    MailReceipt(
      reply: MailReply(code: 250, text: "2.0.0 queued"), refusals: [], duration: .milliseconds(12)))

  func send(_ mail: MailRequest) async throws(MailFailure) -> MailReceipt {
    mails.add(mail)
    return try answer().get()
  }
}
