/// Says what a body is when it is not what the source prints.
enum WrongPage {
  /// A clause such as `the body is an HTML page titled 'DDOS-GUARD', a challenge to prove that one
  /// is no robot, not the ECB's reference rates`.
  static func sentence(_ body: [UInt8], insteadOf title: String) -> ParseError {
    ParseError("the body is \(kind(of: body)), not \(title)")
  }

  /// Refuses a body without content.
  static func refuseEmpty(_ body: [UInt8], insteadOf title: String) throws(ParseError) {
    if body.allSatisfy({ isSpace($0) }) { throw sentence(body, insteadOf: title) }
  }

  /// Whether the body is a page for people: it begins as HTML does.
  static func isHTML(_ body: [UInt8]) -> Bool {
    let head = lowercased(body.drop { isSpace($0) || $0 >= 0x80 }.prefix(16))
    return head.hasPrefix("<!doctype html") || head.hasPrefix("<html") || head.hasPrefix("<head")
      || head.hasPrefix("<body")
  }

  /// How much of a page is searched for what it is, in bytes.
  private static let searchedBytes = 64 << 10

  private static func kind(of body: [UInt8]) -> String {
    let content = body.drop { isSpace($0) }
    guard let first = content.first else { return "empty" }
    let head = lowercased(content.prefix(searchedBytes))
    let titled = title(in: head, of: content)
    if first == UInt8(ascii: "<"), challenges.contains(where: { head.firstRange(of: $0) != nil }) {
      return "an HTML page\(titled), a check that visitors are no robots"
    }
    if isHTML(body) || !titled.isEmpty { return "an HTML page\(titled)" }
    switch first {
    case UInt8(ascii: "<"): return "another XML document"
    case UInt8(ascii: "{"), UInt8(ascii: "["): return "JSON"
    default:
      let start = String(decoding: content.prefix(200), as: UTF8.self)
      return "text that begins \(QuotedText.quoted(start))"
    }
  }

  /// What pages of the guards in front of publishers have in them, in lower case.
  private static let challenges = [
    "ddos-guard", "captcha", "cf-chl", "just a moment...", "attention required!",
    "checking your browser", "request rejected", "proof-of-work", "enable javascript and cookies",
    "cloudfront",
  ]

  private static func title(in head: String, of content: ArraySlice<UInt8>) -> String {
    guard let start = head.firstRange(of: "<title"),
      let open = head[start.upperBound...].utf8.firstIndex(of: UInt8(ascii: ">")),
      let end = head[open...].firstRange(of: "</title")
    else { return "" }
    let from = head.utf8.distance(from: head.startIndex, to: open) + 1
    let to = head.utf8.distance(from: head.startIndex, to: end.lowerBound)
    let bytes = content.dropFirst(from).prefix(to - from)
    let text = QuotedText.trimmed(String(decoding: bytes, as: UTF8.self))
    return text.isEmpty ? "" : " titled \(QuotedText.quoted(text))"
  }

  /// ASCII letters in lower case, every other byte as one ASCII character, so that offsets stay.
  private static func lowercased(_ bytes: ArraySlice<UInt8>) -> String {
    String(
      decoding: bytes.map { byte in
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
        case 0x80...: UInt8(ascii: "?")
        default: byte
        }
      }, as: UTF8.self)
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte) || byte == 0
  }
}
