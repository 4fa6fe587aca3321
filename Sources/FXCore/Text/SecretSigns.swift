/// The signs of secrets in a text: the kinds of secrets that it may contain.
///
/// Each pattern of `SecretMask` costs about 0.2 ms, because it is compiled at each use; nearly all
/// texts have no sign and are not searched. Cost: linear in the text.
package struct SecretSigns: OptionSet {
  package let rawValue: UInt8

  /// An `@`, or the mark of a text that was cut, where a password may stand before it.
  static let address = SecretSigns(rawValue: 1)
  /// An equals sign, where the value of a parameter may follow.
  static let parameter = SecretSigns(rawValue: 2)
  /// A space after a `c` or an `r`, as after the name of a scheme of HTTP (`Basic`, `Bearer`).
  static let scheme = SecretSigns(rawValue: 4)
  /// The beginning of a token of a common service.
  static let token = SecretSigns(rawValue: 8)
  /// A colon after six digits.
  static let numberedToken = SecretSigns(rawValue: 16)
  /// Twenty letters and digits in a row.
  static let word = SecretSigns(rawValue: 32)

  /// Signs by their bits.
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// The signs in a text.
  package init(in text: String) {
    var text = text
    self = text.withUTF8 { Self.signs(in: $0) }
  }

  private static func signs(in text: UnsafeBufferPointer<UInt8>) -> SecretSigns {
    var signs: SecretSigns = []
    var (word, digits) = (0, 0)
    for index in text.indices {
      let byte = text[index]
      switch byte {
      case UInt8(ascii: "@"), 0xE2: signs.insert(.address)
      case UInt8(ascii: "="): signs.insert(.parameter)
      case UInt8(ascii: ":") where digits >= 6: signs.insert(.numberedToken)
      case UInt8(ascii: " ") where index > 0:
        let last = text[index - 1] | 0x20
        if last == UInt8(ascii: "c") || last == UInt8(ascii: "r") { signs.insert(.scheme) }
      case UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."):
        if endsPrefix(text, at: index) { signs.insert(.token) }
      case UInt8(ascii: "A"), UInt8(ascii: "a"), UInt8(ascii: "J"):
        if isPrefix("AKIA", of: text, endingAt: index)
          || isPrefix("AIza", of: text, endingAt: index)
          || isPrefix("eyJ", of: text, endingAt: index)
        {
          signs.insert(.token)
        }
      default: break
      }
      let isDigit = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      let isLetter = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
      digits = isDigit ? digits + 1 : 0
      word = isDigit || isLetter ? word + 1 : 0
      if word == 20 { signs.insert(.word) }
    }
    return signs
  }

  /// The ends of the beginnings of tokens that contain a mark, up to the mark.
  private static let prefixes: [StaticString] = [
    "whsec_", "xapp-", "pat_", "glpat-", "live_", "test_", "sk-", "tk_", "ya29.", "SG.",
  ]

  /// Returns true if a beginning of tokens ends at the index of a mark.
  private static func endsPrefix(_ text: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
    // `xoxb-` and `ghp_`, with any letter.
    if index >= 4, text[index] == UInt8(ascii: "-"), isPrefix("xox", of: text, endingAt: index - 2)
    {
      return true
    }
    if index >= 3, text[index] == UInt8(ascii: "_"), isPrefix("gh", of: text, endingAt: index - 2) {
      return true
    }
    return prefixes.contains { isPrefix($0, of: text, endingAt: index) }
  }

  private static func isPrefix(
    _ prefix: StaticString, of text: UnsafeBufferPointer<UInt8>, endingAt index: Int
  ) -> Bool {
    let count = prefix.utf8CodeUnitCount
    guard index + 1 >= count else { return false }
    return prefix.withUTF8Buffer { prefix in
      (0..<count).allSatisfy { prefix[$0] == text[index + 1 - count + $0] }
    }
  }
}
