/// One reply of a mail server (RFC 5321 section 4.2).
package struct MailReply: Hashable, Sendable {
  /// The code, from 200 to 599.
  package let code: Int

  /// The text after the code, as sent.
  package let text: String

  /// Creates a reply.
  package init(code: Int, text: String) {
    self.code = code
    self.text = text
  }
}
