package import FXCore

/// How a publisher writes a day, as a pattern.
///
/// `yyyy`, `yy`, `mm`, `m`, `dd`, `d`, `Mon` (Feb), `Month` (February), everything else as it stands.
/// `*` at the end lets anything follow, such as a time. Two patterns stand alone and mean instants,
/// of which the day at `offset` counts: `unix`, seconds or milliseconds since 1970, and `instant`,
/// such as `2026-03-01T21:00:00Z` or `2026-03-02T00:00:00+03:00`.
package struct DateFormat: Hashable, Sendable {
  /// The pattern as written.
  package let pattern: String

  private let parts: [Part]

  /// Seconds east of UTC where the publisher's days begin; only instants need it.
  package var offset = 0

  /// The names of the twelve months in lower case, where they are not English.
  package var monthNames: [String]?

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
    if pattern == "unix" || pattern == "instant" {
      self.pattern = pattern
      parts = []
      return
    }
    guard let parts = Self.parts(of: pattern) else { return nil }
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

  /// A pattern for writing, which may be a part of a day, such as `yyyy`; nil where it cannot be
  /// written.
  init?(piece pattern: String) {
    guard let parts = Self.parts(of: pattern), !parts.isEmpty, !parts.contains(.anything) else {
      return nil
    }
    self.init(parts: parts, pattern: pattern)
  }

  private static func parts(of pattern: String) -> [Part]? {
    var parts: [Part] = []
    var rest = pattern[...]
    while let next = rest.first {
      if let (word, part) = words.first(where: { rest.hasPrefix($0.word) }) {
        parts.append(part)
        rest = rest.dropFirst(word.count)
      } else {
        guard let byte = next.asciiValue else { return nil }
        parts.append(.literal(byte))
        rest = rest.dropFirst()
      }
    }
    return parts
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

  /// Days like `2026-02-20`, whatever follows.
  package static let isoBeginning = DateFormat(
    parts: iso.parts + [.anything], pattern: "yyyy-mm-dd*")

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
    if parts.isEmpty {
      return instant(QuotedText.trimmed(text)).map { ($0 + .seconds(offset)).day }
    }
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
        guard let number = self.month(&rest, letters) else { return nil }
        month = number
      case .literal(let byte):
        guard rest.popFirst() == byte else { return nil }
      case .anything:
        rest = []
      }
    }
    return rest.isEmpty ? CalendarDay(year: year, month: month, day: day) : nil
  }

  /// The day written so.
  func text(of day: CalendarDay) -> String {
    let (year, month, dayOfMonth) = day.civil
    func padded(_ number: Int, _ digits: Int) -> String {
      let text = String(number)
      return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
    return parts.map { part in
      switch part {
      case .year(let digits): padded(digits == 2 ? year % 100 : year, digits)
      case .month(let digits): padded(month, digits.lowerBound)
      case .day(let digits): padded(dayOfMonth, digits.lowerBound)
      case .monthName(let letters):
        (Self.months[month - 1].first?.uppercased() ?? "")
          + Self.months[month - 1].dropFirst().prefix((letters ?? Int.max) - 1)
      case .literal(let byte): String(Character(Unicode.Scalar(byte)))
      case .anything: ""
      }
    }.joined()
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

  private func instant(_ text: some StringProtocol) -> Timestamp? {
    if pattern == "instant" { return Self.instant(text) }
    guard let number = Int64(text), (0...99_999_999_999_999).contains(number) else { return nil }
    return Timestamp(milliseconds: number > 99_999_999_999 ? number : number * 1000)
  }

  /// A day, a time to the minute or finer, and `Z` or an offset such as `+03:00`.
  private static func instant(_ text: some StringProtocol) -> Timestamp? {
    var rest = Array(text.utf8)[...]
    func number(_ digits: Int) -> Int? { Self.number(&rest, digits...digits) }
    func passed(_ byte: Character) -> Bool { rest.popFirst() == byte.asciiValue }
    guard let year = number(4), passed("-"), let month = number(2), passed("-"),
      let day = number(2), let date = CalendarDay(year: year, month: month, day: day),
      let mark = rest.popFirst(), [UInt8(ascii: "T"), UInt8(ascii: " ")].contains(mark),
      let hour = number(2), passed(":"), let minute = number(2), hour < 24, minute < 60
    else { return nil }
    // Seconds and their fraction do not change the day.
    rest = rest.drop {
      NumberMarks.isDigit($0) || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".")
    }
    let seconds = Int64(date.daysSinceEpoch) * 86_400 + Int64(hour * 3600 + minute * 60)
    if rest.elementsEqual("Z".utf8) { return Timestamp(seconds: seconds) }
    guard let offset = Self.seconds(ofOffset: String(decoding: rest, as: UTF8.self)) else {
      return nil
    }
    return Timestamp(seconds: seconds - Int64(offset))
  }

  /// The seconds of an offset such as `+05:00` or `-0330`; nil for anything else.
  package static func seconds(ofOffset text: String) -> Int? {
    var rest = Array(text.utf8)[...]
    guard let sign = rest.popFirst(), sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"),
      let hours = number(&rest, 2...2), hours <= 14
    else { return nil }
    if rest.first == UInt8(ascii: ":") { rest = rest.dropFirst() }
    guard let minutes = number(&rest, 2...2), minutes < 60, rest.isEmpty else { return nil }
    return (hours * 3600 + minutes * 60) * (sign == UInt8(ascii: "-") ? -1 : 1)
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

  private func month(_ rest: inout ArraySlice<UInt8>, _ letters: Int?) -> Int? {
    let word = rest.prefix { byte in
      byte >= 0x80 || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
    let name = String(decoding: word, as: UTF8.self).lowercased()
    let names = monthNames ?? Self.months
    guard let found = names.firstIndex(where: { name == $0.prefix(letters ?? $0.count) }) else {
      return nil
    }
    rest = rest.dropFirst(word.count)
    return found + 1
  }
}
