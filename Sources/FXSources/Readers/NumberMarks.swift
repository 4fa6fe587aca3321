/// The characters of a number in one spelling: ASCII digits, `.` `,` `'`, one space for every kind of
/// space, `+` `-` for every kind of sign, `e` for every kind of exponent mark.
struct NumberMarks {
  /// The characters in ASCII; never empty.
  let bytes: [UInt8]

  /// Throws if a character cannot be part of a number.
  init(_ text: some StringProtocol) throws(NumberProblem) {
    let trimmed = QuotedText.trimmed(text)
    guard !trimmed.isEmpty, trimmed.unicodeScalars.count <= NumberFormat.maximumLength else {
      throw .notANumber(text)
    }
    var bytes: [UInt8] = []
    var rest = trimmed.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      if let byte = Self.plain(scalar) {
        bytes.append(byte)
      } else if Self.multiplication.contains(scalar) {
        guard let exponent = Self.powerOfTen(rest) else { throw .notANumber(text) }
        bytes =
          bytes.dropLast(bytes.last == UInt8(ascii: " ") ? 1 : 0) + [UInt8(ascii: "e")] + exponent
        rest = rest[rest.endIndex...]
      } else if scalar.properties.generalCategory != .format {
        // Invisible characters, such as a soft hyphen, are not part of a number.
        throw .notANumber(text)
      }
    }
    guard !bytes.isEmpty else { throw .notANumber(text) }
    self.bytes = bytes
  }

  /// The signs before a power of ten: `4.7 × 10⁻⁵`.
  private static let multiplication: Set<Unicode.Scalar> = [
    "\u{D7}", "*", "\u{B7}", "\u{22C5}", "x",
  ]

  /// Returns the exponent of the rest of a number, `10-5`, `10^-5` or `10⁻⁵`; nil for any other text.
  private static func powerOfTen(_ text: some Sequence<Unicode.Scalar>) -> [UInt8]? {
    var exponent: [UInt8] = []
    for scalar in text where scalar != "^" && scalar.properties.generalCategory != .format {
      guard let byte = superscripts[scalar] ?? plain(scalar) else { return nil }
      if byte != UInt8(ascii: " ") { exponent.append(byte) }
    }
    guard exponent.starts(with: "10".utf8) else { return nil }
    exponent.removeFirst(2)
    let digits = exponent.drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
    return (1...2).contains(digits.count) && digits.count >= exponent.count - 1
      && digits.allSatisfy(isDigit) ? exponent : nil
  }

  private static let superscripts: [Unicode.Scalar: UInt8] = {
    var bytes: [Unicode.Scalar: UInt8] = [
      "\u{207A}": UInt8(ascii: "+"), "\u{207B}": UInt8(ascii: "-"),
    ]
    let digits: [Unicode.Scalar] = [
      "\u{2070}", "\u{B9}", "\u{B2}", "\u{B3}", "\u{2074}", "\u{2075}", "\u{2076}", "\u{2077}",
      "\u{2078}", "\u{2079}",
    ]
    for (number, digit) in digits.enumerated() { bytes[digit] = UInt8(ascii: "0") + UInt8(number) }
    return bytes
  }()

  /// True if a text represents a missing number: empty, only punctuation, or one of `absent`.
  static func isAbsent(_ text: some StringProtocol) -> Bool {
    // The most common case: there is a digit.
    if text.utf8.contains(where: { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) {
      return false
    }
    let isShort = text.utf8.count <= longestAbsent
    return isShort && absent.contains(QuotedText.trimmed(text).lowercased())
      || text.unicodeScalars.allSatisfy { !$0.properties.isAlphabetic && $0.decimalDigit == nil }
  }

  /// The length in bytes within which any of `absent` fits, white space included.
  private static let longestAbsent = 64

  /// Texts that publishers print for a missing number, in lower case.
  private static let absent: Set<String> = [
    "n/a", "n.a.", "n.a", "na", "nan", "nd", "n/d", "n.d.", "n/e", "n.e.", "n/q", "n.q.", "none",
    "nil", "null", "#n/a", "#ref!", "#value!", "#div/0!", "not available", "not applicable",
    "not quoted", "no data", "unavailable",
    // Other languages: not quoted, not available, no data, holiday.
    "k.a.", "k. a.", "keine angabe", "n.v.", "n.b.", "n.r.", "n.c.", "nc", "non coté",
    "non disponible",
    "s/c", "s/d", "s.d.", "s/i", "sin cotización", "sin cotizacion", "sin datos", "no disponible",
    "não disponível", "não cotado", "nicht verfügbar", "ej tillgänglig", "ei noteerausta", "brak",
    "brak danych", "b.d.", "nincs", "nincs adat", "není k dispozici", "yok", "нет", "нет данных",
    "н/д",
    "н.д.", "н/у", "немає даних", "няма данни", "немає", "маалымат жок", "жоқ",
    "无", "暂无", "無", "なし", "없음", "ไม่มี", "غير متوفر", "لا يوجد", "غير متاح", "אין",
  ]

  /// The thousands mark of a byte.
  static let groupMarks: [UInt8: NumberFormat.ThousandsMark] = [
    UInt8(ascii: ","): .comma, UInt8(ascii: "."): .dot, UInt8(ascii: " "): .space,
    UInt8(ascii: "'"): .apostrophe,
  ]

  static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private static func plain(_ scalar: Unicode.Scalar) -> UInt8? {
    if let digit = scalar.decimalDigit { return UInt8(ascii: "0") + UInt8(digit) }
    return switch scalar {
    case ".", ",", "'", "+", "-", " ": UInt8(scalar.value)
    case "e", "E", "\u{FF25}", "\u{FF45}": UInt8(ascii: "e")
    case "\u{FF0E}", "\u{066B}": UInt8(ascii: ".")
    case "\u{FF0C}", "\u{066C}": UInt8(ascii: ",")
    case "\u{2019}", "\u{02BC}", "\u{FF07}", "\u{2018}", "\u{B4}", "`", "\u{2032}":
      UInt8(ascii: "'")
    case "\u{FF0B}": UInt8(ascii: "+")
    case "\u{2212}", "\u{FF0D}", "\u{2013}": UInt8(ascii: "-")
    case "\u{A0}", "\u{202F}", "\u{2007}", "\u{2009}", "\u{3000}", "\t": UInt8(ascii: " ")
    default: nil
    }
  }
}
