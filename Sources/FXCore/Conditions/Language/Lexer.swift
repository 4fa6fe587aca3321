/// Splits the text of a condition into tokens.
///
/// Linear in the text. No input traps.
struct Lexer {
  /// The largest condition in bytes: far more than anyone writes by hand.
  static let maximumBytes = 4096

  private let text: String
  private let bytes: [UInt8]
  private var position = 0

  /// Returns the tokens of a condition, with `.end` after the last.
  static func tokens(of text: String) throws(ConditionProblem) -> [Token] {
    guard text.utf8.count <= maximumBytes else {
      throw ConditionProblem(
        text, maximumBytes..<text.utf8.count,
        "a condition has at most \(maximumBytes) bytes; this one has \(text.utf8.count)")
    }
    var lexer = Lexer(text: text, bytes: Array(text.utf8))
    var tokens: [Token] = []
    var end = 0
    while let token = try lexer.next(after: tokens.suffix(2)) {
      tokens.append(token)
      end = token.range.upperBound
    }
    tokens.append(Token(kind: .end, range: end..<end))
    return tokens
  }

  private mutating func next(
    after last: ArraySlice<Token>
  ) throws(ConditionProblem) -> Token? {
    while position < bytes.count, Self.isSpace(bytes[position]) { position += 1 }
    guard position < bytes.count else { return nil }
    let start = position
    let kind: Token.Kind
    if Self.isWordNext(after: last), Self.isInWord(bytes[start]) {
      position = end(of: Self.isInWord)
      kind = .word(word(from: start))
    } else if Self.isDigit(bytes[start]) {
      kind = try literal()
    } else if Self.isLetter(bytes[start]) {
      position = end(of: { Self.isLetter($0) || Self.isDigit($0) })
      kind = .name(word(from: start))
    } else {
      kind = try symbol()
    }
    return Token(kind: kind, range: start..<position)
  }

  /// Returns true after the opening parenthesis of a function that expects a word.
  private static func isWordNext(after last: ArraySlice<Token>) -> Bool {
    guard last.count == 2, last.last?.kind == .symbol("("), case .name(let name)? = last.first?.kind
    else { return false }
    return FunctionCatalog.function(named: name)?.expectsWord ?? false
  }

  /// True for a text that is one name.
  static func isName(_ text: String) -> Bool {
    text.utf8.first.map(isLetter) ?? false && text.utf8.count <= 40
      && text.utf8.allSatisfy { isLetter($0) || isDigit($0) }
  }

  /// Reads a day such as 2026-01-01; nil if there is none at the current position.
  private mutating func day() throws(ConditionProblem) -> Token.Kind? {
    let dash = UInt8(ascii: "-")
    let end = position + 10
    guard end <= bytes.count, bytes[position + 4] == dash, bytes[position + 7] == dash,
      [0, 1, 2, 3, 5, 6, 8, 9].allSatisfy({ Self.isDigit(bytes[position + $0]) })
    else { return nil }
    let start = position
    position = end
    guard let day = CalendarDay(text: word(from: start)) else {
      throw ConditionProblem(
        text, start..<end, "invalid day \(word(from: start)); write it like 2026-01-31")
    }
    return .day(day)
  }

  /// Reads a number, a percentage, a duration or a day.
  private mutating func literal() throws(ConditionProblem) -> Token.Kind {
    let start = position
    if let day = try day() { return day }
    position = end(of: { Self.isDigit($0) || Self.isLetter($0) || $0 == UInt8(ascii: ".") })
    let body = word(from: start)
    let number = ExactDecimal(body)
    let next = bytes[position...].firstIndex { !Self.isSpace($0) }
    if let next, bytes[next] == UInt8(ascii: "%") {
      position = next + 1
      if let number {
        return .percent(Fraction(number) / Fraction(100))
      }
    } else if let number {
      return .number(number)
    } else if let duration = DurationText.parse(body) {
      return .duration(duration)
    }
    let range = start..<position
    if body.utf8.lazy.filter(Self.isDigit).count > ExactDecimal.maximumDigits {
      throw ConditionProblem(
        text, range, "a number has at most \(ExactDecimal.maximumDigits) digits")
    }
    throw ConditionProblem(
      text, range,
      "'\(Self.quoted(word(from: start)))' is not a number, percentage or duration; write "
        + (NotationHints.literal(body) ?? "it like 0.0115, 1% or 24h"))
  }

  private mutating func symbol() throws(ConditionProblem) -> Token.Kind {
    let start = position
    let rest = Substring(decoding: bytes[start...].prefix(8), as: UTF8.self).unicodeScalars
    let single = String(Substring(rest.prefix(1)))
    let pair = String(Substring(rest.prefix(2)))
    for word in [pair, single] {
      position = start + word.utf8.count
      if Self.symbols.contains(word) { return .symbol(word) }
      if let hint = Self.hints[word] {
        throw ConditionProblem(text, start..<position, "unexpected '\(word)'; \(hint)")
      }
    }
    throw ConditionProblem(text, start..<position, "unexpected \(Self.name(of: single))")
  }

  private static let symbols: Set<String> = [
    "(", ")", ",", "+", "-", "*", "/", ">", ">=", "<", "<=", "==",
  ]

  /// Hints for the symbols of other languages.
  private static let hints = [
    "!=": "write not (a == b)",
    "<>": "write not (a == b)",
    "&&": "write and",
    "||": "write or",
    "=>": "write >=",
    "=<": "write <=",
    "=": "write ==",
    "!": "write not",
    "&": "write and",
    "|": "write or",
    "%": "write it directly after a number, as in 1%",
    ".": "write a digit before it, as in 0.5",
    "≥": "write >=",
    "≤": "write <=",
    "−": "write -",
    "×": "write *",
    "÷": "write /",
  ]

  /// Returns a character for messages: `'€' (U+20AC)`, or its code alone if it is invisible.
  private static func name(of single: String) -> String {
    guard let scalar = single.unicodeScalars.first else { return "character" }
    let digits = String(scalar.value, radix: 16, uppercase: true)
    let number = "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    switch scalar.properties.generalCategory {
    case .control, .format, .privateUse, .surrogate, .unassigned, .spaceSeparator, .lineSeparator,
      .paragraphSeparator, .nonspacingMark, .enclosingMark, .spacingMark:
      return "character \(number)"
    default: return scalar.isASCII ? "'\(single)'" : "'\(single)' (\(number))"
    }
  }

  /// Returns a user's word, shortened to 40 bytes for messages.
  static func quoted(_ word: String) -> String {
    word.utf8.count <= 40 ? word : word.prefix(39) + "…"
  }

  /// Returns the position after the last of the next bytes that satisfy a condition.
  private func end(of isPart: (UInt8) -> Bool) -> Int {
    bytes[position...].firstIndex { !isPart($0) } ?? bytes.count
  }

  private func word(from start: Int) -> String {
    String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private static func isInWord(_ byte: UInt8) -> Bool {
    isLetter(byte) || isDigit(byte) || "+-./".utf8.contains(byte)
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || byte == UInt8(ascii: "_")
  }
}
