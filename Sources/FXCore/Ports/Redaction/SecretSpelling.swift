/// One spelling of a secret, or of a part of it that is secret alone.
struct SecretSpelling: Hashable, Sendable {
  /// The searched bytes, letters of ASCII in lower case.
  private let bytes: [UInt8]

  /// True for base64 and hexadecimal, whose neighbouring characters belong to the same credentials.
  private let isEncoded: Bool

  /// True if the secret consists of six or more digits, possibly with a decimal point.
  let isNumber: Bool

  private init?(_ bytes: some Sequence<UInt8>, isEncoded: Bool = false) {
    self.bytes = bytes.map(UnescapedText.lowercased)
    self.isEncoded = isEncoded
    isNumber =
      self.bytes.count >= 6
      && self.bytes.allSatisfy {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: ".")
      }
    guard !self.bytes.isEmpty else { return nil }
  }

  /// Returns the spellings to search for.
  static func spellings(of secret: Secret) -> Set<SecretSpelling> {
    var found: Set<SecretSpelling> = []
    for text in parts(of: secret.reveal()) {
      let bytes = Array(text.utf8)
      found.formUnion([SecretSpelling(bytes), unescaped(text)].compactMap(\.self))
      guard bytes.count >= shortestEncoded else { continue }
      let encodings = Base64Text.encodings(of: bytes) + [hexadecimal(bytes)]
      found.formUnion(encodings.compactMap { SecretSpelling($0, isEncoded: true) })
    }
    return found
  }

  /// Returns the spelling without escapes of a secret that a config contains as part of a URL.
  private static func unescaped(_ secret: String) -> SecretSpelling? {
    var text = UnescapedText(secret)
    return text.unescape() && text.bytes.count >= Redaction.shortest
      ? SecretSpelling(text.bytes) : nil
  }

  /// Returns the places in the original of a text.
  func ranges(in text: UnescapedText, cutToo: Bool) -> [Range<Int>] {
    let isWord = bytes.count < Redaction.shortest
    var found: [Range<Int>] = []
    var position = 0
    while let start = text.bytes[position...].firstIndex(where: matches(first:)) {
      position = start + 1
      let end = end(in: text.bytes, from: start)
      let isWhole = end - start == bytes.count
      guard
        isWord
          ? isWhole && Self.isWord(start..<end, of: text.bytes)
          : isWhole || cutToo && isCut(start..<end, in: text)
      else { continue }
      let match = isEncoded ? Self.extended(start..<end, in: text.bytes) : start..<end
      found.append(text.offsets[match.lowerBound]..<text.offsets[match.upperBound])
      position = match.upperBound
    }
    return found
  }

  /// The fewest bytes of a secret that are searched for in base64 and hexadecimal.
  private static let shortestEncoded = 6

  /// Returns true if a range is the beginning of the secret and the text was cut there.
  ///
  /// At the end of the text, which may not have been cut, that is at least half of the secret.
  private func isCut(_ range: Range<Int>, in text: UnescapedText) -> Bool {
    guard range.count >= Redaction.shortest, text.isCut(at: range.upperBound) else { return false }
    return range.upperBound < text.bytes.count || 2 * range.count >= bytes.count
  }

  private func matches(first byte: UInt8) -> Bool { Self.equals(byte, bytes[0]) }

  /// Returns the end of the longest match from a position.
  private func end(in text: [UInt8], from start: Int) -> Int {
    var end = start
    while end < text.count, end - start < bytes.count, Self.equals(text[end], bytes[end - start]) {
      end += 1
    }
    return end
  }

  /// A form writes a space as a plus sign.
  private static func equals(_ byte: UInt8, _ wanted: UInt8) -> Bool {
    byte == wanted || byte == UInt8(ascii: "+") && wanted == UInt8(ascii: " ")
  }

  /// Returns true if no letter or digit is beside a range.
  private static func isWord(_ range: Range<Int>, of text: [UInt8]) -> Bool {
    let before = range.lowerBound > 0 ? text[range.lowerBound - 1] : 0x20
    let after = range.upperBound < text.count ? text[range.upperBound] : 0x20
    return ![before, after].contains { $0 >= 0x80 || isAlphanumeric($0) }
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
  }

  /// Returns a range with the characters of base64 beside it.
  private static func extended(_ range: Range<Int>, in text: [UInt8]) -> Range<Int> {
    func isPart(_ byte: UInt8) -> Bool { isAlphanumeric(byte) || "+/=".utf8.contains(byte) }
    var (start, end) = (range.lowerBound, range.upperBound)
    while start > 0, isPart(text[start - 1]) { start -= 1 }
    while end < text.count, isPart(text[end]) { end += 1 }
    return start..<end
  }

  /// Returns a secret and its parts that are secret alone: the token of `Bearer TOKEN`, the password of
  /// `user:password` also in base64, and of a URL the path with the query, and the tokens in both.
  private static func parts(of secret: String) -> Set<String> {
    if let scheme = secret.firstRange(of: "://") {
      let address = secret[scheme.upperBound...]
      let authority = address.prefix { !"/?#".contains($0) }
      let path = address[authority.endIndex...]
      let host = authority[(authority.lastIndex(of: "@") ?? authority.startIndex)...]
      let credentials = authority[..<host.startIndex]
      // Of the host only a label can be a token: errors about a connection name an address or a server.
      let words =
        (host.split { "-.@:".contains($0) }
        + [credentials, path].flatMap { $0.split { "/?&=#@:".contains($0) } })
        .filter { $0.contains(where: \.isNumber) }
      return Set(([path] + words).map(String.init).filter { $0.utf8.count >= shortestToken })
    }
    var found: Set<String> = []
    var last = secret
    if let space = secret.firstIndex(of: " ") {
      last = String(secret[secret.index(after: space)...])
      found.insert(last)
    }
    if let credentials = Base64Text.decoded(last) {
      found.insert(credentials)
      last = credentials
    }
    if let colon = last.firstIndex(of: ":") {
      found.insert(String(last[last.index(after: colon)...]))
    }
    return found.filter { $0.utf8.count >= Redaction.shortest }.union([secret])
  }

  /// The fewest bytes of a token in a URL.
  private static let shortestToken = 8

  private static func hexadecimal(_ bytes: [UInt8]) -> [UInt8] {
    let digits = Array("0123456789abcdef".utf8)
    return bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
  }
}
