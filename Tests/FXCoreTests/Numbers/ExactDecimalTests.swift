import FXCore
import Testing

@Suite("An exact decimal")
struct ExactDecimalTests {
  @Test(
    "keeps every digit that was printed",
    arguments: [
      ("0", 0, 0), ("0.00008", 8, 5), ("42.00", 4200, 2), ("-0.42", -42, 2), ("+1.5", 15, 1),
      ("-0", 0, 0), ("00012.50", 1250, 2), ("999999999999999999", 999_999_999_999_999_999, 0),
      ("0.999999999999999999", 999_999_999_999_999_999, 18),
      ("0.000000000000000001", 1, 18), ("1.08510", 108_510, 5),
    ])
  func reads(text: String, coefficient: Int64, scale: Int) throws {
    let decimal = try #require(ExactDecimal(text))
    #expect(decimal.coefficient == coefficient)
    #expect(decimal.scale == scale)
  }

  @Test(
    "refuses what is not plain decimal text, and what would have to be rounded",
    arguments: [
      "", " ", "1 ", " 1", ".", ".5", "5.", "-", "+", "--1", "1-", "-.5", "1.2.3", "1,5", "1e5",
      "1e999", "0x1", "NaN", "inf", "١", "１", "1_000", "1\u{0}", "1.-2", "1000000000000000000",
      "0.1234567890123456789", "0.0000000000000000000",
    ])
  func refuses(text: String) {
    #expect(ExactDecimal(text) == nil)
  }

  @Test(
    "prints what it read, without superfluous leading zeros and plus signs",
    arguments: [
      ("0", "0"), ("-0", "0"), ("+007.10", "7.10"), ("0.00008", "0.00008"), ("-0.42", "-0.42"),
      ("-12.00", "-12.00"), ("0.000000000000000001", "0.000000000000000001"),
    ])
  func prints(text: String, expected: String) throws {
    #expect(try #require(ExactDecimal(text)).description == expected)
  }

  @Test("returns the same value for its own text, whatever the digits")
  func roundTrip() throws {
    var numbers = ModelNumbers(seed: 1)
    for _ in 0..<20_000 {
      let magnitude = Int64(numbers.magnitude(bits: 0...59))
      let coefficient = Bool.random(using: &numbers) ? -magnitude : magnitude
      let scale = Int.random(in: 0...18, using: &numbers)
      let decimal = try #require(ExactDecimal(coefficient: coefficient, scale: scale))
      let read = try #require(ExactDecimal(decimal.description))
      if read.coefficient != coefficient || read.scale != scale {
        Issue.record("\(coefficient) at scale \(scale) is read as \(read)")
      }
    }
  }

  @Test("is equal by value, and then hashes alike, whatever its zeros")
  func equality() throws {
    let short = try #require(ExactDecimal("0.1"))
    let long = try #require(ExactDecimal("0.1000"))
    #expect(short == long)
    #expect(Set([short, long]).count == 1)
    #expect(Set([ExactDecimal("0"), ExactDecimal("0.00"), ExactDecimal("-0.0")]).count == 1)
    #expect(short != ExactDecimal("0.1001"))
  }

  @Test("is ordered by value at the ends of its range")
  func order() throws {
    let texts = [
      "-999999999999999999", "-0.1", "-0.000000000000000001", "0", "0.000000000000000001",
      "0.00008", "0.00009", "0.1", "999999999999999998", "999999999999999999",
    ]
    let sorted = try texts.map { try #require(ExactDecimal($0)) }
    #expect(sorted.reversed().sorted() == sorted)
  }

  @Test("refuses parts that are out of range")
  func parts() {
    #expect(ExactDecimal(coefficient: 1, scale: 19) == nil)
    #expect(ExactDecimal(coefficient: 1, scale: -1) == nil)
    #expect(ExactDecimal(coefficient: 1_000_000_000_000_000_000, scale: 0) == nil)
    #expect(ExactDecimal(coefficient: .min, scale: 0) == nil)
    #expect(ExactDecimal(7).description == "7")
  }

  @Test(
    "shifts its point exactly or not at all",
    arguments: [
      ("7.18", 1, "0.718"), ("7.18", -1, "71.8"), ("7.18", -2, "718"), ("7.18", -4, "71800"),
      ("0.00", -1, "0.0"), ("0.00", -5, "0"), ("0.00", 1, "0.000"), ("-1.5", -3, "-1500"),
      ("1", 18, "0.000000000000000001"), ("0.000000000000000001", -18, "1"),
      ("0.000000000000000001", -35, "100000000000000000"), ("0", Int.min, "0"),
      ("1", 19, nil), ("1", -18, nil), ("0.000000000000000001", -36, nil), ("1", Int.max, nil),
      ("1", Int.min, nil), ("0", Int.max, nil), ("0.1", 18, nil),
    ])
  func shifts(text: String, places: Int, expected: String?) throws {
    #expect(try #require(ExactDecimal(text)).shifted(right: places)?.description == expected)
  }
}
