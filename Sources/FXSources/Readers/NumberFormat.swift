package import FXCore

/// The number format of a publisher: the decimal mark and the thousands mark.
///
/// Undeclared marks are inferred from each number; an ambiguous number (`1,400`) is refused with
/// both interpretations in the error.
package struct NumberFormat: Hashable, Sendable {
  /// The mark before the decimals.
  package enum DecimalMark: String, Hashable, Sendable, CaseIterable {
    case dot
    case comma
  }

  /// The mark between groups of three digits.
  package enum ThousandsMark: String, Hashable, Sendable, CaseIterable {
    /// Digits are not grouped.
    case ungrouped = "none"
    case comma
    case dot
    /// A space of any width, breaking or not.
    case space
    case apostrophe
  }

  /// The decimal mark; nil if it is not declared.
  package var decimal: DecimalMark?

  /// The thousands mark; nil if it is not declared.
  package var thousands: ThousandsMark?

  /// The most decimals of a number; nil keeps every digit.
  ///
  /// More decimals come from the publisher's binary arithmetic (`7.8245000000000005`) and are rounded.
  package var rounding: Int?

  /// The publisher's own texts for a missing number, in lower case and normalised by `RowTexts.name`.
  package var absent: Set<String> = []

  /// A format with these marks; nil for each that is not declared.
  package init(decimal: DecimalMark? = nil, thousands: ThousandsMark? = nil) {
    self.decimal = decimal
    self.thousands = thousands
  }

  /// Numbers like `1234.56`.
  package static let dot = NumberFormat(decimal: .dot, thousands: .ungrouped)

  /// Numbers like `1234,56`.
  package static let comma = NumberFormat(decimal: .comma, thousands: .ungrouped)

  /// The most characters of a number; 18 digits with marks and an exponent are 31.
  package static let maximumLength = 64

  /// Parses a printed number with all its digits; nil for a text that represents a missing number
  /// (`N/A`, `-`, `null`, empty).
  ///
  /// Accepts signs, full-width digits and scientific notation with either decimal mark
  /// (`5,39256E-05`). Throws if the text is not a number, is ambiguous, or does not fit an
  /// `ExactDecimal`.
  package func read(_ text: some StringProtocol) throws(NumberProblem) -> ExactDecimal? {
    if let text = text as? String, let value = plain(text) { return value }
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

  /// Parses the most common form, digits with at most one dot; nil for any other form.
  private func plain(_ text: String) -> ExactDecimal? {
    guard decimal != .comma, thousands != .dot, absent.isEmpty,
      text.utf8.count <= Self.maximumLength, let value = ExactDecimal(text),
      rounding.map({ value.scale <= $0 }) ?? true,
      // Otherwise the digits after the dot may be thousands.
      decimal == .dot || value.scale != 3 || text.utf8.first == UInt8(ascii: "0")
    else { return nil }
    return value
  }

  /// Rounds digits to at most `rounding` decimals, halves away from zero.
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
    // Removes zeros created by rounding, which were not printed.
    var left = rounding
    while left > 0, kept.last == UInt8(ascii: "0") {
      kept.removeLast()
      left -= 1
    }
    return (kept, left)
  }

  /// Returns true if a text represents a missing number.
  package func isAbsent(_ text: some StringProtocol) -> Bool {
    NumberMarks.isAbsent(text)
      || (!absent.isEmpty && absent.contains(RowTexts.name(String(text)).lowercased()))
  }

  /// Returns the digits before and after the decimal mark, with groups checked and removed.
  private func split(
    _ number: ArraySlice<UInt8>, of text: some StringProtocol
  ) throws(NumberProblem) -> (whole: [UInt8], decimals: [UInt8]) {
    let mark = try decimalMark(in: number, of: text)
    let parts = number.split(separator: mark, omittingEmptySubsequences: false)
    let decimals =
      parts.count > 1
      ? groupedDecimals(parts[1], after: parts[0], decimalMark: mark) ?? Array(parts[1]) : []
    guard parts.count <= 2, parts.count == 1 || !decimals.isEmpty,
      decimals.allSatisfy(NumberMarks.isDigit), parts[0].count + decimals.count > 0
    else { throw .notANumber(text) }
    return (try ungrouped(parts[0], decimalMark: mark, of: text), decimals)
  }

  /// Returns the decimals without marks if they are grouped as the digits before them, counted from the
  /// end: `2,602.0,545`, where a program has grouped all digits; nil for any others.
  private func groupedDecimals(
    _ decimals: ArraySlice<UInt8>, after whole: ArraySlice<UInt8>, decimalMark: UInt8
  ) -> [UInt8]? {
    guard decimal != nil, let mark = decimals.first(where: { !NumberMarks.isDigit($0) }),
      mark != decimalMark, whole.contains(mark), let kind = NumberMarks.groupMarks[mark],
      thousands == nil || thousands == kind
    else { return nil }
    let groups = decimals.split(separator: mark, omittingEmptySubsequences: false)
    guard let first = groups.first, (1...3).contains(first.count),
      groups.dropFirst().allSatisfy({ $0.count == 3 })
    else { return nil }
    return groups.flatMap { $0 }
  }

  /// Returns the decimal mark of a number, declared or inferred.
  private func decimalMark(
    in number: ArraySlice<UInt8>, of text: some StringProtocol
  ) throws(NumberProblem) -> UInt8 {
    let dot = UInt8(ascii: ".")
    let comma = UInt8(ascii: ",")
    if let decimal { return decimal == .dot ? dot : comma }
    if thousands == .comma { return dot }
    if thousands == .dot { return comma }
    guard let last = number.lastIndex(where: { $0 == dot || $0 == comma }) else { return dot }
    let mark = number[last]
    let other = mark == dot ? comma : dot
    let before = number[..<last]
    if before.contains(mark) { return other }
    let isLikeAGroup = number.endIndex - last == 4
    let isLikeAFirstGroup =
      (1...3).contains(before.count) && before.first != UInt8(ascii: "0")
      && before.allSatisfy(NumberMarks.isDigit)
    if isLikeAGroup, isLikeAFirstGroup, thousands == nil {
      let whole = String(decoding: before, as: UTF8.self)
      let group = String(decoding: number[(last + 1)...], as: UTF8.self)
      throw NumberProblem(
        "\(NumberProblem.quoted(text)) is ambiguous (\(whole).\(group) or \(whole)\(group));"
          + " set 'decimal: dot' or 'decimal: comma'")
    }
    return mark
  }

  /// Returns the digits of a whole number, after checking its groups.
  private func ungrouped(
    _ whole: ArraySlice<UInt8>, decimalMark: UInt8, of text: some StringProtocol
  ) throws(NumberProblem) -> [UInt8] {
    guard let mark = whole.first(where: { !NumberMarks.isDigit($0) }) else { return Array(whole) }
    guard let kind = NumberMarks.groupMarks[mark], mark != decimalMark else {
      throw .notANumber(text)
    }
    let groups = whole.split(separator: mark, omittingEmptySubsequences: false)
    // Indian numbers group lakhs and crores by two digits above the thousands: 1,23,456.
    let higher = groups.dropFirst().dropLast()
    guard groups[groups.count - 1].count == 3, (1...3).contains(groups[0].count),
      higher.allSatisfy({ $0.count == 3 })
        || (groups[0].count < 3 && higher.allSatisfy { $0.count == 2 }),
      groups.allSatisfy({ $0.allSatisfy(NumberMarks.isDigit) })
    else { throw .notANumber(text) }
    guard thousands == nil || thousands == kind else {
      throw NumberProblem(
        "\(NumberProblem.quoted(text)) groups digits by \(kind.rawValue), but 'thousands' is"
          + " \(thousands?.rawValue ?? "none")")
    }
    return groups.flatMap { $0 }
  }

  /// Parses the exponent of scientific notation; more than two digits are out of range.
  private static func exponent(
    _ digits: ArraySlice<UInt8>, of text: some StringProtocol
  ) throws(NumberProblem) -> Int {
    guard let value = Int(String(decoding: digits, as: UTF8.self)), !digits.isEmpty else {
      throw .notANumber(text)
    }
    guard (-99...99).contains(value) else { throw .outOfRange(text) }
    return value
  }

  /// Removes zeros at the end of the decimals beyond the digits that a decimal can have.
  private static func withoutExcessZeros(
    _ digits: [UInt8], scale: Int
  ) -> (digits: ArraySlice<UInt8>, scale: Int) {
    let first = digits.firstIndex { $0 != UInt8(ascii: "0") } ?? digits.endIndex
    var kept = digits[...]
    var scale = scale
    while scale > 0, kept.last == UInt8(ascii: "0"),
      scale > ExactDecimal.maximumScale || kept.endIndex - first > ExactDecimal.maximumDigits
    {
      kept.removeLast()
      scale -= 1
    }
    return (kept, scale)
  }

  /// Returns the decimal of these digits; a negative scale appends zeros.
  private static func decimal(
    _ digits: [UInt8], scale: Int, isNegative: Bool, of text: some StringProtocol
  ) throws(NumberProblem) -> ExactDecimal {
    let (digits, scale) = withoutExcessZeros(digits, scale: scale)
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
