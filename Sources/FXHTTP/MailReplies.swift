import FXCore

/// A mail server's replies, parsed line by line.
///
/// Bounded: keeps the last reply and the first refusals, each cut. Replies to QUIT are ignored.
struct MailReplies {
  /// The reply to QUIT, which libcurl also sends after a refusal.
  private static let closing = 221

  /// The longest line of a reply in bytes (RFC 5321 section 4.5.3.1.5).
  private static let longestLine = 512

  /// The most refusals that are kept.
  private static let maximumRefusals = 100

  /// The most lines of a session; one with a hundred recipients has about 120.
  private static let maximumLines = 1000

  /// The last line of the last reply.
  private(set) var last: MailReply?

  /// The last reply if it is a refusal.
  private(set) var refusal: MailReply?

  /// The replies that refuse a recipient, if the message was accepted.
  private(set) var refusals: [MailReply] = []

  private var lines = 0

  /// Parses one line; returns false after too many lines.
  mutating func append(line: UnsafeRawBufferPointer) -> Bool {
    lines += 1
    guard lines <= Self.maximumLines else { return false }
    var text = String(decoding: line.prefix(Self.longestLine), as: UTF8.self)
    while text.last?.isWhitespace == true { text.removeLast() }
    guard let code = Int(text.prefix(3)), (200..<600).contains(code) else { return true }
    let rest = text.dropFirst(3)
    guard rest.first != "-" else { return true }
    let reply = MailReply(code: code, text: String(rest.drop { $0 == " " }))
    guard code != Self.closing else { return true }
    last = reply
    refusal = code >= 400 ? reply : nil
    // RFC 5321 section 4.3.2: the error replies to RCPT, except those that EHLO or AUTH also get,
    // which can fail with one method and then succeed with another.
    if [450, 451, 452, 455, 550, 551, 552, 553, 555].contains(code),
      refusals.count < Self.maximumRefusals
    {
      refusals.append(reply)
    }
    return true
  }
}
