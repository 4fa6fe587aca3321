/// Numbers in workbooks, which are binary and written with up to 17 digits: `9.3000000000000007`.
enum WorkbookNumber {
  /// The digits that a spreadsheet shows at most; every number of so many is read back unchanged.
  private static let shownDigits = 15

  /// The largest distance of the decimal point from the digits; rates are within it.
  private static let farthestPoint = 40

  /// Returns a number without exponent and rounded to the digits that a spreadsheet shows; nil for text
  /// that is not a number.
  static func plain(_ text: String) -> String? {
    var rest = text.utf8[...]
    let isNegative = rest.first == UInt8(ascii: "-")
    if isNegative { rest = rest.dropFirst() }
    var digits: [UInt8] = []
    var scale = 0
    var hasPoint = false
    while let byte = rest.first,
      NumberMarks.isDigit(byte) || (byte == UInt8(ascii: ".") && !hasPoint)
    {
      if byte == UInt8(ascii: ".") {
        hasPoint = true
      } else {
        digits.append(byte)
        if hasPoint { scale += 1 }
      }
      rest = rest.dropFirst()
    }
    guard !digits.isEmpty else { return nil }
    if let mark = rest.first {
      guard mark | 0x20 == UInt8(ascii: "e"), let exponent = Int(String(rest.dropFirst()) ?? ""),
        (-farthestPoint...farthestPoint).contains(exponent)
      else { return nil }
      scale -= exponent
    }
    let (rounded, places) = rounded(Array(digits.drop { $0 == UInt8(ascii: "0") }), scale: scale)
    guard abs(places) <= farthestPoint else { return nil }
    return (isNegative ? "-" : "") + written(rounded, scale: places)
  }

  /// Rounds digits to those that are shown, halves away from zero, and removes zeros after the point.
  private static func rounded(_ digits: [UInt8], scale: Int) -> (digits: [UInt8], scale: Int) {
    var kept = digits
    var scale = scale
    if digits.count > shownDigits {
      let isUp = digits[shownDigits] >= UInt8(ascii: "5")
      kept = [UInt8(ascii: "0")] + digits.prefix(shownDigits)
      scale -= digits.count - shownDigits
      var place = shownDigits
      while isUp, kept[place] == UInt8(ascii: "9") {
        kept[place] = UInt8(ascii: "0")
        place -= 1
      }
      if isUp { kept[place] += 1 }
      while scale > 0, kept.last == UInt8(ascii: "0") {
        kept.removeLast()
        scale -= 1
      }
    }
    return (Array(kept.drop { $0 == UInt8(ascii: "0") }), scale)
  }

  private static func written(_ digits: [UInt8], scale: Int) -> String {
    let zero = UInt8(ascii: "0")
    var digits = digits + [UInt8](repeating: zero, count: max(0, -scale))
    let places = max(0, scale)
    if digits.count <= places {
      digits = [UInt8](repeating: zero, count: places + 1 - digits.count) + digits
    }
    if places > 0 { digits.insert(UInt8(ascii: "."), at: digits.count - places) }
    return String(decoding: digits, as: UTF8.self)
  }
}
