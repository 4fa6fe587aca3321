import FXCore

/// Dates in spreadsheets, which are numbers of days with a format for dates.
enum SpreadsheetDate {
  /// The day before the first one: 30 December 1899, because the format has a 29 February 1900.
  private static let start = CalendarDay(year: 1899, month: 12, day: 30)

  /// The first day of workbooks that count from 1904.
  private static let startOf1904 = CalendarDay(year: 1904, month: 1, day: 1)

  /// The number of the last day of the year 9999.
  private static let lastDay = 2_958_465

  /// Returns the day of a number as `WorkbookNumber.plain` writes it; nil if it is none, or before March
  /// 1900.
  static func day(_ number: String, from1904: Bool) -> CalendarDay? {
    guard let days = Int(number.prefix { $0 != "." }), days >= (from1904 ? 0 : 61), days <= lastDay
    else { return nil }
    return (from1904 ? startOf1904 : start)?.advanced(by: days)
  }

  /// True if a format that has no code in the workbook is one for dates.
  static func isDateFormat(_ number: Int) -> Bool {
    (14...17).contains(number) || number == 22 || (27...36).contains(number)
      || (50...58).contains(number)
  }

  /// True if a format code has a day or a year outside of quotes and brackets: `dd\-mmm\-yy`.
  static func isDateFormat(_ code: String) -> Bool {
    var isQuoted = false
    var isBracketed = false
    var isEscaped = false
    for character in code.lowercased() {
      if isEscaped {
        isEscaped = false
      } else if isQuoted {
        isQuoted = character != "\""
      } else if isBracketed {
        isBracketed = character != "]"
      } else {
        switch character {
        case "\"": isQuoted = true
        case "[": isBracketed = true
        case "\\", "_", "*": isEscaped = true
        case "d", "y": return true
        default: break
        }
      }
    }
    return false
  }
}
