/// Describes a body that is not the expected page.
enum WrongPage {
  /// Returns an error such as `the body is an HTML page titled 'DDOS-GUARD' (a bot check), not the
  /// ECB's reference rates`.
  static func error(_ body: [UInt8], insteadOf title: String) -> ParseError {
    ParseError("the body is \(kind(of: body)), not \(title)")
  }

  /// Throws if a body is empty.
  static func refuseEmpty(_ body: [UInt8], insteadOf title: String) throws(ParseError) {
    if body.allSatisfy({ isSpace($0) }) { throw error(body, insteadOf: title) }
  }

  /// True if the body begins as HTML does.
  static func isHTML(_ body: [UInt8]) -> Bool {
    let head = body.drop { isSpace($0) || $0 >= 0x80 }.prefix(16)
    return ["<!doctype html", "<html", "<head", "<body"].contains { beginning in
      ByteSearch.firstRange(of: beginning, in: head)?.lowerBound == head.startIndex
    }
  }

  /// The number of bytes at the start of a page in which its title and kind are searched.
  private static let searchedBytes = 64 << 10

  private static func kind(of body: [UInt8]) -> String {
    let content = body.drop { isSpace($0) }
    guard let first = content.first else { return "empty" }
    let head = content.prefix(searchedBytes)
    let titled = title(in: head)
    if first == UInt8(ascii: "<"), ByteSearch.contains(challenges, in: head) {
      return "an HTML page\(titled) (a bot check)"
    }
    if isHTML(body) || !titled.isEmpty { return "an HTML page\(titled)" }
    switch first {
    case UInt8(ascii: "<"): return "another XML document"
    case UInt8(ascii: "{"), UInt8(ascii: "["): return "JSON"
    default:
      let start = content.prefix(200)
      let text = String(decoding: start, as: UTF8.self)
      let unreadable = text.unicodeScalars.count { $0 == "\u{FFFD}" || $0 == "\0" }
      return unreadable * binaryShare > text.unicodeScalars.count
        ? "binary data" : "text that begins \(QuotedText.quoted(text))"
    }
  }

  /// A text is binary data if more than one of so many characters is unreadable.
  private static let binaryShare = 8

  /// Texts on pages of bot checks, in lower case.
  private static let challenges = [
    "ddos-guard", "captcha", "cf-chl", "just a moment...", "attention required!",
    "checking your browser", "request rejected", "proof-of-work", "enable javascript and cookies",
    "cloudfront",
  ]

  private static func title(in head: ArraySlice<UInt8>) -> String {
    guard let start = ByteSearch.firstRange(of: "<title", in: head),
      let open = head[start.upperBound...].firstIndex(of: UInt8(ascii: ">")),
      let end = ByteSearch.firstRange(of: "</title", in: head[open...])
    else { return "" }
    let text = QuotedText.trimmed(
      String(decoding: head[(open + 1)..<end.lowerBound], as: UTF8.self))
    return text.isEmpty ? "" : " titled \(QuotedText.quoted(text))"
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte) || byte == 0
  }
}
