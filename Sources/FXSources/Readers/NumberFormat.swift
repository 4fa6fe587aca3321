package import FXCore

/// How a publisher writes figures: which mark separates the decimals, which groups the thousands.
///
/// Undeclared marks are inferred from each figure, and a figure that could be read two ways
/// (`1,400`) is refused, naming both readings.
package struct NumberFormat: Hashable, Sendable {
  /// The mark before the decimals.
  package enum DecimalMark: String, Hashable, Sendable, CaseIterable {
    case dot
    case comma
  }

  /// The mark between groups of three digits.
  package enum ThousandsMark: String, Hashable, Sendable, CaseIterable {
    /// Digits are never grouped.
    case ungrouped = "none"
    case comma
    case dot
    /// A space of any width, breaking or not.
    case space
    case apostrophe
  }

  /// Nil where the publisher's habit is not declared.
  package var decimal: DecimalMark?

  /// Nil where the publisher's habit is not declared.
  package var thousands: ThousandsMark?

  /// The most decimals of a figure; nil keeps every digit.
  ///
  /// More are the noise of the publisher's binary arithmetic (`7.8245000000000005`), and rounded
  /// away.
  package var rounding: Int?

  /// The publisher's own words for no figure, in lower case and as `RowTexts.name` writes them.
  package var absent: Set<String> = []

  /// The marks of a publisher; nil for each that is not declared.
  package init(decimal: DecimalMark? = nil, thousands: ThousandsMark? = nil) {
    self.decimal = decimal
    self.thousands = thousands
  }

  /// Figures like `1234.56`.
  package static let dot = NumberFormat(decimal: .dot, thousands: .ungrouped)

  /// Figures like `1234,56`.
  package static let comma = NumberFormat(decimal: .comma, thousands: .ungrouped)

  /// The most characters a figure may have: 18 digits with their marks and an exponent are 31.
  package static let maximumLength = 64

  /// Reads a printed figure with every digit of it; nil where the publisher prints that there is
  /// none (`N/A`, `-`, `null`, nothing).
  ///
  /// Signs, full-width digits and scientific notation with either decimal mark (`5,39256E-05`) are
  /// read. Throws for what is no figure, is ambiguous, or does not fit an `ExactDecimal`.
  package func read(_ text: some StringProtocol) throws(NumberProblem) -> ExactDecimal? {
    if let text = text as? String, let figure = plain(text) { return figure }
    if isAbsent(text) { return nil }
    let marks = try NumberMarks(text)
    var rest = marks.bytes[...]
    let isNegative = rest.first == UInt8(ascii: "-")
    if isNegative || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
    var exponent = 0
    if let mark = rest.firstIndex(of: UInt8(ascii: "e")) {
      exponent = try Self.exponent(rest[(mark + 1)...], of: text)
      rest = rest[..<mark]
    }
    let (whole, decimals) = try split(rest, of: text)
    let (digits, scale) = rounded(whole + decimals, scale: decimals.count - exponent)
    return try Self.decimal(digits, scale: scale, isNegative: isNegative, of: text)
  }

  /// A figure of digits with one dot at most, as nearly always, in its plainest form; nil where that
  /// takes a closer look.
  private func plain(_ text: String) -> ExactDecimal? {
    guard decimal != .comma, thousands != .dot, absent.isEmpty,
      text.utf8.count <= Self.maximumLength, let figure = ExactDecimal(text),
      rounding.map({ figure.scale <= $0 }) ?? true,
      // Else what is behind the dot may be thousands.
      decimal == .dot || figure.scale != 3 || text.utf8.first == UInt8(ascii: "0")
    else { return nil }
    return figure
  }

  /// The digits without more decimals than are asked for, halves rounded away from zero.
  private func rounded(_ digits: [UInt8], scale: Int) -> (digits: [UInt8], scale: Int) {
    guard let rounding, scale > rounding else { return (digits, scale) }
    let dropped = scale - rounding
    guard dropped <= digits.count else { return ([UInt8(ascii: "0")], 0) }
    var kept = [UInt8(ascii: "0")] + digits.dropLast(dropped)
    if digits[digits.count - dropped] >= UInt8(ascii: "5") {
      var place = kept.count - 1
      while place > 0, kept[place] == UInt8(ascii: "9") {
        kept[place] = UInt8(ascii: "0")
        place -= 1
      }
      kept[place] += 1
    }
    // Zeros that only rounding made were never printed.
    var left = rounding
    while left > 0, kept.last == UInt8(ascii: "0") {
      kept.removeLast()
      left -= 1
    }
    return (kept, left)
  }

  /// Whether the text is what publishers print where there is no figure.
  package func isAbsent(_ text: some StringProtocol) -> Bool {
    NumberMarks.isAbsent(text)
      || (!absent.isEmpty && absent.contains(RowTexts.name(String(text)).lowercased()))
  }

  /// The digits before and after the decimal mark, groups checked and removed.
  private func split(
    _ figure: ArraySlice<UInt8>, of text: some StringProtocol
  ) throws(NumberProblem) -> (whole: [UInt8], decimals: [UInt8]) {
    let mark = try decimalMark(in: figure, of: text)
    let parts = figure.split(separator: mark, omittingEmptySubsequences: false)
    let decimals = parts.count > 1 ? Array(parts[1]) : []
    guard parts.count <= 2, parts.count == 1 || !decimals.isEmpty,
      decimals.allSatisfy(NumberMarks.isDigit), parts[0].count + decimals.count > 0
    else { throw .notAFigure(text) }
    return (try ungrouped(parts[0], decimalMark: mark, of: text), decimals)
  }

  /// The byte that separates the decimals of this figure, declared or inferred.
  private func decimalMark(
    in figure: ArraySlice<UInt8>, of text: some StringProtocol
  ) throws(NumberProblem) -> UInt8 {
    let dot = UInt8(ascii: ".")
    let comma = UInt8(ascii: ",")
    if let decimal { return decimal == .dot ? dot : comma }
    if thousands == .comma { return dot }
    if thousands == .dot { return comma }
    guard let last = figure.lastIndex(where: { $0 == dot || $0 == comma }) else { return dot }
    let mark = figure[last]
    let other = mark == dot ? comma : dot
    let before = figure[..<last]
    if before.contains(mark) { return other }
    let isLikeAGroup = figure.endIndex - last == 4
    let isLikeAFirstGroup =
      (1...3).contains(before.count) && before.first != UInt8(ascii: "0")
      && before.allSatisfy(NumberMarks.isDigit)
    if isLikeAGroup, isLikeAFirstGroup, thousands == nil {
      let whole = String(decoding: before, as: UTF8.self)
      let group = String(decoding: figure[(last + 1)...], as: UTF8.self)
      throw NumberProblem(
        "\(NumberProblem.quoted(text)) may be \(whole).\(group) or \(whole)\(group);"
          + " declare 'decimal: dot' or 'decimal: comma'")
    }
    return mark
  }

  /// The digits of a whole number whose groups are as declared.
  private func ungrouped(
    _ whole: ArraySlice<UInt8>, decimalMark: UInt8, of text: some StringProtocol
  ) throws(NumberProblem) -> [UInt8] {
    guard let mark = whole.first(where: { !NumberMarks.isDigit($0) }) else { return Array(whole) }
    guard let kind = NumberMarks.groupMarks[mark], mark != decimalMark else {
      throw .notAFigure(text)
    }
    let groups = whole.split(separator: mark, omittingEmptySubsequences: false)
    // In India thousands are followed by lakhs and crores, of two digits: 1,23,456.
    let higher = groups.dropFirst().dropLast()
    guard groups[groups.count - 1].count == 3, (1...3).contains(groups[0].count),
      higher.allSatisfy({ $0.count == 3 })
        || (groups[0].count < 3 && higher.allSatisfy { $0.count == 2 }),
      groups.allSatisfy({ $0.allSatisfy(NumberMarks.isDigit) })
    else { throw .notAFigure(text) }
    guard thousands == nil || thousands == kind else {
      throw NumberProblem(
        "\(NumberProblem.quoted(text)) groups its digits by \(kind.rawValue), and 'thousands' is"
          + " declared as \(thousands?.rawValue ?? "none")")
    }
    return groups.flatMap { $0 }
  }

  /// The exponent of scientific notation; three digits say more than any rate needs.
  private static func exponent(
    _ digits: ArraySlice<UInt8>, of text: some StringProtocol
  ) throws(NumberProblem) -> Int {
    guard let value = Int(String(decoding: digits, as: UTF8.self)), !digits.isEmpty else {
      throw .notAFigure(text)
    }
    guard (-99...99).contains(value) else { throw .outOfRange(text) }
    return value
  }

  /// The decimal of these digits; a negative scale appends zeros.
  private static func decimal(
    _ digits: [UInt8], scale: Int, isNegative: Bool, of text: some StringProtocol
  ) throws(NumberProblem) -> ExactDecimal {
    let significant = digits.drop { $0 == UInt8(ascii: "0") }
    let zeros = significant.isEmpty ? 0 : max(0, -scale)
    guard significant.count + zeros <= ExactDecimal.maximumDigits else { throw .outOfRange(text) }
    var coefficient: Int64 = 0
    for digit in significant { coefficient = coefficient * 10 + Int64(digit - UInt8(ascii: "0")) }
    for _ in 0..<zeros { coefficient *= 10 }
    guard
      let decimal = ExactDecimal(
        coefficient: isNegative ? -coefficient : coefficient, scale: max(0, scale))
    else { throw .outOfRange(text) }
    return decimal
  }
}

/// Why a printed figure cannot be read: a clause that quotes it and says what to do.
package struct NumberProblem: Error, Hashable, Sendable {
  package let message: String

  init(_ message: String) { self.message = message }

  static func notAFigure(_ text: some StringProtocol) -> NumberProblem {
    NumberProblem("\(quoted(text)) is not a figure")
  }

  static func outOfRange(_ text: some StringProtocol) -> NumberProblem {
    NumberProblem("\(quoted(text)) needs more than \(ExactDecimal.maximumDigits) digits")
  }

  /// The figure in quotes, cut where a stranger wrote a novel instead.
  static func quoted(_ text: some StringProtocol) -> String {
    QuotedText.quoted(text)
  }
}
