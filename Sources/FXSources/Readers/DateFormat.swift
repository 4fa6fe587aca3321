package import FXCore

/// A date format of a publisher, as a pattern.
///
/// `yyyy`, `yy`, `y` (1 to 4 digits), `mm`, `m`, `dd`, `d`, `Mon` (Feb) and `Month` (February) match parts of a date, `*`
/// any text, such as a weekday or a time, and any other character itself. A pattern without a day
/// means the first of the month. Two patterns read instants, of which the day at `offset` counts:
/// `unix`, seconds or milliseconds since 1970, and `instant`, such as `2026-03-01T21:00:00Z` or
/// `2026-03-02T00:00:00+03:00`.
package struct DateFormat: Hashable, Sendable {
  /// The pattern as written.
  package let pattern: String

  private let parts: [Part]

  /// Seconds east of UTC of the publisher's day; used only for instants.
  package var offset = 0

  /// The names of the twelve months in lower case, if they are not English.
  package var monthNames: [String]?

  /// The calendar of the dates.
  package var calendar = DateCalendar.gregorian

  /// One part of a pattern.
  enum Part: Hashable, Sendable {
    /// As many digits, or 1 to 4 if the number is zero.
    case year(digits: Int)
    case month(digits: ClosedRange<Int>)
    case day(digits: ClosedRange<Int>)
    case monthName(letters: Int?)
    case literal(UInt8)
    case anything
  }

  /// The most bytes of a text in which a date is searched; a sentence around a date is shorter.
  private static let longestText = 300

  /// A pattern; nil unless it has one year, one month and at most one day.
  package init?(_ pattern: String) {
    if pattern == "unix" || pattern == "instant" {
      self.pattern = pattern
      parts = []
      return
    }
    let parts = Self.parts(of: pattern)
    var (years, months, days) = (0, 0, 0)
    for part in parts {
      switch part {
      case .year: years += 1
      case .month, .monthName: months += 1
      case .day: days += 1
      case .literal, .anything: break
      }
    }
    guard (years, months) == (1, 1), days <= 1 else { return nil }
    self.pattern = pattern
    self.parts = parts
  }

  /// A pattern for writing, which may be a part of a date, such as `yyyy`; nil if it contains `*`.
  init?(piece pattern: String) {
    let parts = Self.parts(of: pattern)
    if parts.isEmpty || parts.contains(.anything) { return nil }
    self.init(parts: parts, pattern: pattern)
  }

  private static func parts(of pattern: String) -> [Part] {
    var parts: [Part] = []
    var rest = plain(pattern)[...]
    while let next = rest.first {
      if let (word, part) = words.first(where: { rest.hasPrefix($0.word) }) {
        parts.append(part)
        rest = rest.dropFirst(word.count)
      } else {
        parts += String(next).utf8.map { .literal($0) }
        rest = rest.dropFirst()
      }
    }
    return parts
  }

  private init(parts: [Part], pattern: String) {
    self.parts = parts
    self.pattern = pattern
  }

  /// Dates like `2026-02-20`.
  package static let iso = DateFormat(
    parts: [
      .year(digits: 4), .literal(UInt8(ascii: "-")), .month(digits: 2...2),
      .literal(UInt8(ascii: "-")), .day(digits: 2...2),
    ], pattern: "yyyy-mm-dd")

  /// Dates like `2026-02-20`, followed by any text.
  package static let isoBeginning = DateFormat(
    parts: iso.parts + [.anything], pattern: "yyyy-mm-dd*")

  /// Dates like `20.02.2026`.
  package static let dotted = DateFormat(
    parts: [
      .day(digits: 2...2), .literal(UInt8(ascii: ".")), .month(digits: 2...2),
      .literal(UInt8(ascii: ".")), .year(digits: 4),
    ], pattern: "dd.mm.yyyy")

  /// Dates like `20 February 2026`.
  package static let english = DateFormat(
    parts: [
      .day(digits: 1...2), .literal(UInt8(ascii: " ")), .monthName(letters: nil),
      .literal(UInt8(ascii: " ")), .year(digits: 4),
    ], pattern: "d Month yyyy")

  /// Returns the date of a text; nil if it does not match or the date does not exist.
  ///
  /// A year of two digits is from 1950 to 2049.
  package func read(_ text: some StringProtocol) -> CalendarDay? {
    let text = QuotedText.trimmed(text)
    if parts.isEmpty { return instant(text).map { ($0 + .seconds(offset)).day } }
    guard text.utf8.count <= Self.longestText else { return nil }
    return DateScan(Self.plain(text), parts, monthNames ?? Self.months, calendar).day
  }

  /// Replaces each run of white space by one space, and digits of any script by `0` to `9`.
  private static func plain(_ text: some StringProtocol) -> String {
    if text.utf8.allSatisfy({ (0x21..<0x80).contains($0) }) { return String(text) }
    var plain = ""
    for scalar in text.unicodeScalars {
      if scalar.properties.isWhitespace {
        if plain.last != " " { plain.append(" ") }
      } else if let digit = scalar.decimalDigit {
        plain.append(String(digit))
      } else {
        plain.unicodeScalars.append(scalar)
      }
    }
    return plain
  }

  /// True if `read` reads what `text` writes.
  var canWrite: Bool {
    !parts.isEmpty && monthNames == nil
      && CalendarDay(year: 2026, month: 3, day: 4).map { read(text(of: $0)) == $0 } ?? false
  }

  /// Writes a date in this format.
  func text(of day: CalendarDay) -> String {
    let (year, month, dayOfMonth) = day.civil
    func padded(_ number: Int, _ digits: Int) -> String {
      let text = String(number)
      return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
    var text: [UInt8] = []
    for part in parts {
      switch part {
      case .year(let digits): text += padded(digits == 2 ? year % 100 : year, digits).utf8
      case .month(let digits): text += padded(month, digits.lowerBound).utf8
      case .day(let digits): text += padded(dayOfMonth, digits.lowerBound).utf8
      case .monthName(let letters):
        let name = Self.months[month - 1]
        text += (name.prefix(1).uppercased() + name.dropFirst()).prefix(letters ?? Int.max).utf8
      case .literal(let byte): text.append(byte)
      case .anything: break
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  private static let words: [(word: String, part: Part)] = [
    ("yyyy", .year(digits: 4)), ("yy", .year(digits: 2)), ("y", .year(digits: 0)),
    ("mm", .month(digits: 2...2)),
    ("m", .month(digits: 1...2)), ("dd", .day(digits: 2...2)), ("d", .day(digits: 1...2)),
    ("Month", .monthName(letters: nil)), ("Mon", .monthName(letters: 3)), ("*", .anything),
  ]

  private static let months = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
  ]

  private func instant(_ text: some StringProtocol) -> Timestamp? {
    if pattern == "instant" { return Self.instant(text) }
    // A fraction of a second does not change the day.
    let whole = text.prefix { $0 != "." }
    guard let number = Int64(whole), (0...99_999_999_999_999).contains(number),
      text.dropFirst(whole.count + 1).utf8.allSatisfy(NumberMarks.isDigit)
    else { return nil }
    return Timestamp(milliseconds: number > 99_999_999_999 ? number : number * 1000)
  }

  /// Reads a date, a time to the minute or finer, and `Z` or an offset such as `+03:00`.
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

  /// Returns the seconds of an offset such as `+05:00` or `-0330`; nil for any other text.
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
    DateScan.number(&rest, digits)
  }
}

extension DateFormat {
  /// Reads the dates of texts; nil for a missing or invalid one.
  ///
  /// Equal texts in succession, as of rows from one line, are parsed once.
  func days(of texts: some Sequence<String?>) -> [CalendarDay?] {
    var last: (text: String, day: CalendarDay?)?
    return texts.map { text in
      guard let text else { return nil }
      if let last, last.text == text { return last.day }
      let day = read(text)
      last = (text, day)
      return day
    }
  }
}
