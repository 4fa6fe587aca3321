import FXCore
import Support

/// A table in the form of the ECB's since 1999, with the rates of a seeded random walk.
struct CentralBankArchive {
  /// The columns, as the ECB has them, with the first and last year of those that are not whole.
  private static let columns: [(code: String, since: Int, until: Int)] = [
    ("USD", 1999, 9999), ("JPY", 1999, 9999), ("BGN", 2000, 2025), ("CYP", 1999, 2007),
    ("CZK", 1999, 9999), ("DKK", 1999, 9999), ("EEK", 1999, 2010), ("GBP", 1999, 9999),
    ("HUF", 1999, 9999), ("LTL", 1999, 2014), ("LVL", 1999, 2013), ("MTL", 1999, 2007),
    ("PLN", 1999, 9999), ("ROL", 1999, 2004), ("RON", 2005, 9999), ("SEK", 1999, 9999),
    ("SIT", 1999, 2006), ("SKK", 1999, 2008), ("CHF", 1999, 9999), ("ISK", 2018, 9999),
    ("NOK", 1999, 9999), ("HRK", 2000, 2022), ("RUB", 2000, 2021), ("TRL", 1999, 2004),
    ("TRY", 2005, 9999), ("AUD", 1999, 9999), ("BRL", 2008, 9999), ("CAD", 1999, 9999),
    ("CNY", 2005, 9999), ("HKD", 1999, 9999), ("IDR", 2005, 9999), ("ILS", 2011, 9999),
    ("INR", 2009, 9999), ("KRW", 1999, 9999), ("MXN", 2008, 9999), ("MYR", 2005, 9999),
    ("NZD", 1999, 9999), ("PHP", 2005, 9999), ("SGD", 1999, 9999), ("THB", 2005, 9999),
    ("ZAR", 1999, 9999),
  ]

  /// The file: newest day first, `N/A`, a comma at the end of each line.
  let csv: [UInt8]

  /// The numbers of days and rates.
  private(set) var days = 0
  private(set) var rates = 0

  /// The table from a first to a last day, on Mondays to Fridays.
  init(from first: CalendarDay, to last: CalendarDay) {
    var random = SeededRandom(seed: 1999)
    var coefficients = Self.columns.map { _ in Int64.random(in: 10_000...99_999, using: &random) }
    var text = "Date," + Self.columns.map { $0.code + "," }.joined() + "\r\n"
    var day = last
    while day >= first {
      if day.weekday < 6 {
        text += "\(day),"
        let year = day.civil.year
        for (index, column) in Self.columns.enumerated() {
          coefficients[index] += Int64.random(in: -50...50, using: &random)
          if (column.since...column.until).contains(year) {
            text += Self.rate(coefficients[index]) + ","
            rates += 1
          } else {
            text += "N/A,"
          }
        }
        text += "\r\n"
        days += 1
      }
      day = day.advanced(by: -1)
    }
    csv = Array(text.utf8)
  }

  /// Four decimals, zeros at the end dropped.
  private static func rate(_ coefficient: Int64) -> String {
    let digits = String(abs(coefficient) + 10_000)
    var text = digits.dropLast(4) + "." + digits.suffix(4)
    while text.last == "0" { text.removeLast() }
    if text.last == "." { text.removeLast() }
    return String(text)
  }
}
