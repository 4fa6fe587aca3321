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
