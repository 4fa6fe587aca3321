import FXCore
import FXSources
import Testing

@Suite("Printed numbers")
struct NumberFormatTests {
  /// Reads a number; returns its text, `absent`, or the error.
  private func reading(_ text: String, _ format: NumberFormat) -> String {
    do throws(NumberProblem) {
      return try format.read(text)?.description ?? "absent"
    } catch {
      return "refused: \(error.message)"
    }
  }

  @Test(
    "keep every digit with the decimal mark declared",
    arguments: [
      ("87.4500", NumberFormat.dot, "87.4500"),
      ("87,4500", .comma, "87.4500"),
      ("0,0007", .comma, "0.0007"),
      ("5,39256E-05", .comma, "0.0000539256"),
      ("5.39256e-05", .dot, "0.0000539256"),
      ("1.5E+3", .dot, "1500"),
      ("2E3", .dot, "2000"),
      ("-0.42", .dot, "-0.42"),
      ("+1.80", .dot, "1.80"),
      ("\u{2212}1,5", .comma, "-1.5"),
      (".5", .dot, "0.5"),
      ("１２．３４", .dot, "12.34"),
      ("١٬٣١٠٫٢٥", NumberFormat(decimal: .dot, thousands: .comma), "1310.25"),
      ("८७.४५", .dot, "87.45"),
      ("\u{A0}12.5\u{202F}", .dot, "12.5"),
      ("007.10", .dot, "7.10"),
      ("123456789.123456789", .dot, "123456789.123456789"),
      ("0.000000000000000000", .dot, "0.000000000000000000"),
    ])
  func declared(text: String, format: NumberFormat, expected: String) {
    #expect(reading(text, format) == expected)
  }

  @Test(
    "may be grouped by the declared mark, or by any other than the decimal mark",
    arguments: [
      ("3,576.42", NumberFormat(decimal: .dot, thousands: .comma), "3576.42"),
      ("191 215,88", NumberFormat(decimal: .comma, thousands: .space), "191215.88"),
      ("191\u{A0}215,88", NumberFormat(decimal: .comma, thousands: .space), "191215.88"),
      ("191\u{202F}215,88", NumberFormat(decimal: .comma), "191215.88"),
      ("1'234'567.5", NumberFormat(decimal: .dot, thousands: .apostrophe), "1234567.5"),
      ("1’234.5", NumberFormat(), "1234.5"),
      ("1.234.567", NumberFormat(decimal: .comma, thousands: .dot), "1234567"),
      ("1,400", NumberFormat(decimal: .dot), "1400"),
      ("1,400", NumberFormat(thousands: .comma), "1400"),
      ("1.400", NumberFormat(thousands: .comma), "1.400"),
      ("1.400", NumberFormat(thousands: .space), "1.400"),
      ("4,55,812.40", NumberFormat(thousands: .comma), "455812.40"),
    ])
  func grouped(text: String, format: NumberFormat, expected: String) {
    #expect(reading(text, format) == expected)
  }

  @Test(
    "without declared marks are read if they are unambiguous",
    arguments: [
      ("1234.56", "1234.56"), ("1,234.56", "1234.56"), ("1.234,56", "1234.56"),
      ("1,234,567", "1234567"), ("0,400", "0.400"), ("0.400", "0.400"), ("1,4000", "1.4000"),
      ("1234.567", "1234.567"), ("12 345.678", "12345.678"), ("7", "7"),
      (
        "1,400",
        "refused: '1,400' is ambiguous (1.400 or 1400); set 'decimal: dot' or 'decimal: comma'"
      ),
      (
        "12.345",
        "refused: '12.345' is ambiguous (12.345 or 12345); set 'decimal: dot' or 'decimal: comma'"
      ),
    ])
  func undeclared(text: String, expected: String) {
    #expect(reading(text, NumberFormat()) == expected)
  }

  @Test(
    "are absent if the text represents a missing number",
    arguments: [
      "", " ", "N/A", "n/a", "NA", "-", "--", "–", "—", "null", "\u{A0}", "...", ".", "*****",
      "N/E",
    ])
  func absent(text: String) {
    #expect(reading(text, .dot) == "absent")
  }

  @Test(
    "that are invalid are refused with the text in quotes, without a guess or a trap",
    arguments: [
      ("1e999", "'1e999' has more than 18 digits"),
      ("1e-999", "'1e-999' has more than 18 digits"),
      ("1e99999999999999999999", "'1e99999999999999999999' is not a number"),
      ("1e19", "'1e19' has more than 18 digits"),
      ("1234567890123456789", "'1234567890123456789' has more than 18 digits"),
      ("0.0000000000000000001", "'0.0000000000000000001' has more than 18 digits"),
      ("1,400", "'1,400' groups digits by comma, but 'thousands' is none"),
      ("1,40", "'1,40' is not a number"),
      ("1.2.3", "'1.2.3' is not a number"),
      ("1.", "'1.' is not a number"),
      ("--1", "'--1' is not a number"),
      ("1e", "'1e' is not a number"),
      ("e5", "'e5' is not a number"),
      ("$1.5", "'$1.5' is not a number"),
      ("0x10", "'0x10' is not a number"),
      ("1.5%", "'1.5%' is not a number"),
      ("1 5", "'1 5' is not a number"),
    ])
  func refused(text: String, message: String) {
    #expect(reading(text, .dot) == "refused: \(message)")
  }

  @Test("that are too long are refused with their beginning")
  func long() {
    #expect(
      reading(String(repeating: "9", count: 100_000), .dot)
        == "refused: '\(String(repeating: "9", count: 60))…' is not a number")
  }
}
