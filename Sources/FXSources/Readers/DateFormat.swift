package import FXCore

/// How a publisher writes a day, as a pattern.
///
/// `yyyy`, `yy`, `mm`, `m`, `dd`, `d`, `Mon` (Feb), `Month` (February), everything else as it stands.
/// `*` at the end lets anything follow, such as a time. The pattern `unix` alone is an instant in
/// seconds or milliseconds since 1970, of which the UTC day counts.
package struct DateFormat: Hashable, Sendable {
  /// The pattern as written.
  package let pattern: String

  private let parts: [Part]

  private enum Part: Hashable, Sendable {
    case year(digits: Int)
    case month(digits: ClosedRange<Int>)
    case day(digits: ClosedRange<Int>)
    case monthName(letters: Int?)
    case literal(UInt8)
    case anything
  }

  /// A pattern; nil where it does not name a year, a month and a day once each.
  package init?(_ pattern: String) {
    if pattern == "unix" {
      self.pattern = pattern
      parts = []
      return
    }
    var parts: [Part] = []
    var rest = pattern[...]
    while let next = rest.first {
      if let (word, part) = Self.words.first(where: { rest.hasPrefix($0.word) }) {
        parts.append(part)
        rest = rest.dropFirst(word.count)
      } else {
        guard let byte = next.asciiValue else { return nil }
        parts.append(.literal(byte))
        rest = rest.dropFirst()
      }
    }
    var (years, months, days) = (0, 0, 0)
    for part in parts {
      switch part {
      case .year: years += 1
      case .month, .monthName: months += 1
      case .day: days += 1
      case .literal, .anything: break
      }
    }
    guard (years, months, days) == (1, 1, 1), !parts.dropLast().contains(.anything) else {
      return nil
    }
    self.pattern = pattern
    self.parts = parts
  }

  private init(parts: [Part], pattern: String) {
    self.parts = parts
    self.pattern = pattern
  }

  /// Days like `2026-02-20`.
  package static let iso = DateFormat(
    parts: [
      .year(digits: 4), .literal(UInt8(ascii: "-")), .month(digits: 2...2),
      .literal(UInt8(ascii: "-")), .day(digits: 2...2),
    ], pattern: "yyyy-mm-dd")

  /// Days like `20.02.2026`.
  package static let dotted = DateFormat(
    parts: [
      .day(digits: 2...2), .literal(UInt8(ascii: ".")), .month(digits: 2...2),
      .literal(UInt8(ascii: ".")), .year(digits: 4),
    ], pattern: "dd.mm.yyyy")

  /// Days like `20 February 2026`.
  package static let english = DateFormat(
    parts: [
      .day(digits: 1...2), .literal(UInt8(ascii: " ")), .monthName(letters: nil),
      .literal(UInt8(ascii: " ")), .year(digits: 4),
    ], pattern: "d Month yyyy")

  /// The day of a text; nil where it is not written so, or there is no such day.
  ///
  /// A year of two digits is the one from 1950 to 2049.
  package func read(_ text: some StringProtocol) -> CalendarDay? {
    if parts.isEmpty { return Self.unixDay(QuotedText.trimmed(text)) }
    var rest = Array(QuotedText.trimmed(text).utf8)[...]
    var (year, month, day) = (0, 0, 0)
    for part in parts {
      switch part {
      case .year(let digits):
        guard let number = Self.number(&rest, digits...digits) else { return nil }
        year = digits == 2 ? number + (number < 50 ? 2000 : 1900) : number
      case .month(let digits):
        guard let number = Self.number(&rest, digits) else { return nil }
        month = number
      case .day(let digits):
        guard let number = Self.number(&rest, digits) else { return nil }
        day = number
      case .monthName(let letters):
        guard let number = Self.month(&rest, letters) else { return nil }
        month = number
      case .literal(let byte):
        guard rest.popFirst() == byte else { return nil }
      case .anything:
        rest = []
      }
    }
    return rest.isEmpty ? CalendarDay(year: year, month: month, day: day) : nil
  }

  private static let words: [(word: String, part: Part)] = [
    ("yyyy", .year(digits: 4)), ("yy", .year(digits: 2)), ("mm", .month(digits: 2...2)),
    ("m", .month(digits: 1...2)), ("dd", .day(digits: 2...2)), ("d", .day(digits: 1...2)),
    ("Month", .monthName(letters: nil)), ("Mon", .monthName(letters: 3)), ("*", .anything),
  ]

  private static let months = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
  ]

  private static func unixDay(_ text: some StringProtocol) -> CalendarDay? {
    guard let number = Int64(text), (0...99_999_999_999_999).contains(number) else { return nil }
    return Timestamp(milliseconds: number > 99_999_999_999 ? number : number * 1000).day
  }

  private static func number(_ rest: inout ArraySlice<UInt8>, _ digits: ClosedRange<Int>) -> Int? {
    var value = 0
    var count = 0
    while count < digits.upperBound, let byte = rest.first, NumberMarks.isDigit(byte) {
      value = value * 10 + Int(byte - UInt8(ascii: "0"))
      count += 1
      rest = rest.dropFirst()
    }
    return digits.contains(count) ? value : nil
  }

  private static func month(_ rest: inout ArraySlice<UInt8>, _ letters: Int?) -> Int? {
    let word = rest.prefix { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0 | 0x20) }
    let name = String(decoding: word, as: UTF8.self).lowercased()
    guard let found = months.firstIndex(where: { name == $0.prefix(letters ?? $0.count) }) else {
      return nil
    }
    rest = rest.dropFirst(word.count)
    return found + 1
  }
}
