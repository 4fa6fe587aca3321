import FXCore

/// Matches one text against the parts of a `DateFormat`.
///
/// Cost: parts × the square of the text's length, which is limited.
struct DateScan {
  private let text: [UInt8]
  private let parts: [DateFormat.Part]
  private let monthNames: [String]
  private let calendar: DateCalendar

  /// The date of the text; nil if it does not match or the date does not exist.
  private(set) var day: CalendarDay?

  /// The numbers matched so far; the day is the first of the month by default.
  private struct Civil {
    var year = 0
    var month = 0
    var day = 1
  }

  /// Pairs of part and offset, as one number, that are known not to match; used only for patterns
  /// with `*`, because without it each pair is tried once.
  private var dead: Set<Int> = []
  private let branches: Bool

  init(
    _ text: String, _ parts: [DateFormat.Part], _ monthNames: [String],
    _ calendar: DateCalendar = .gregorian
  ) {
    self.calendar = calendar
    self.text = Array(text.utf8)
    self.parts = parts
    self.monthNames = monthNames
    branches = parts.contains(.anything)
    let found = match(part: 0, at: 0)
    day = found.flatMap { calendar.day(year: $0.year, month: $0.month, day: $0.day) }
  }

  /// Matches the parts from one on against the text from an offset on; nil unless they match it all.
  private mutating func match(part: Int, at place: Int) -> Civil? {
    guard part < parts.count else { return place == text.count ? Civil() : nil }
    let key = part * (text.count + 1) + place
    if dead.contains(key) { return nil }
    let found =
      parts[part] == .anything
      ? matchAnything(part: part, at: place) : matchOne(part: part, at: place)
    if found == nil, branches { dead.insert(key) }
    return found
  }

  /// Matches `*` with the shortest possible text.
  private mutating func matchAnything(part: Int, at place: Int) -> Civil? {
    if part == parts.count - 1 { return Civil() }
    for end in place...text.count {
      // A number does not begin inside another number.
      if end > place, end < text.count, NumberMarks.isDigit(text[end - 1]),
        NumberMarks.isDigit(text[end])
      {
        continue
      }
      if let found = match(part: part + 1, at: end) { return found }
    }
    return nil
  }

  private mutating func matchOne(part: Int, at place: Int) -> Civil? {
    var rest = text[place...]
    var number = 0
    switch parts[part] {
    case .year(let digits):
      let range = digits == 0 ? 1...4 : digits...digits
      guard let year = Self.number(&rest, range) else { return nil }
      number = digits == 2 ? calendar.year(ofTwoDigits: year) : year
    case .month(let digits), .day(let digits):
      guard let value = Self.number(&rest, digits) else { return nil }
      number = value
    case .monthName(let letters):
      guard let month = month(&rest, letters) else { return nil }
      number = month
    case .literal(let byte):
      guard rest.popFirst() == byte else { return nil }
    case .anything:
      break
    }
    guard var found = match(part: part + 1, at: rest.startIndex) else { return nil }
    switch parts[part] {
    case .year: found.year = number
    case .month, .monthName: found.month = number
    case .day: found.day = number
    case .literal, .anything: break
    }
    return found
  }

  /// Reads a number with a count of digits in a range from the start of a text.
  static func number(_ rest: inout ArraySlice<UInt8>, _ digits: ClosedRange<Int>) -> Int? {
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
    guard let found = monthNames.firstIndex(where: { name == $0.prefix(letters ?? $0.count) })
    else { return nil }
    rest = rest.dropFirst(word.count)
    return found + 1
  }
}

extension Unicode.Scalar {
  /// The decimal digit of the scalar in any script; nil for any other scalar.
  var decimalDigit: Int? {
    if value < 0x80 {
      return (0x30...0x39).contains(value) ? Int(value) - 0x30 : nil
    }
    guard properties.numericType == .decimal, let value = properties.numericValue else {
      return nil
    }
    return Int(value)
  }
}
