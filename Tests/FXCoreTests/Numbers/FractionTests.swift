import FXCore
import Testing

@Suite("A fraction")
struct FractionTests {
  private static let edge = Int128(1) << 120 - 1

  @Test(
    "prints exactly as many places as asked, rounded as asked",
    arguments: [
      (152_042, 10_000, 2, "15.20", "15.21", "15.20"),
      (-8_666, 10_000, 2, "-0.87", "-0.86", "-0.87"),
      (1, 8, 2, "0.12", "0.13", "0.13"), (-1, 8, 2, "-0.13", "-0.12", "-0.13"),
      (1, 1000, 2, "0.00", "0.01", "0.00"), (-1, 1000, 2, "-0.01", "0.00", "0.00"),
      (999, 1000, 2, "0.99", "1.00", "1.00"), (5, 1, 2, "5.00", "5.00", "5.00"),
      (0, 7, 2, "0.00", "0.00", "0.00"), (5, 2, 0, "2", "3", "3"), (-5, 2, 0, "-3", "-2", "-3"),
      (2, 3, 18, "0.666666666666666666", "0.666666666666666667", "0.666666666666666667"),
    ] as [(Int128, Int128, Int, String, String, String)])
  func text(
    numerator: Int128, denominator: Int128, places: Int, down: String, up: String, nearest: String
  ) {
    let value = Fraction(numerator: numerator, denominator: denominator)
    #expect(value.text(places: places, .down) == down)
    #expect(value.text(places: places, .up) == up)
    #expect(value.text(places: places, .toNearest) == nearest)
  }

  @Test(
    "prints plainly without trailing zeros",
    arguments: [
      (1, 100_000, "0.00001"), (5, 1, "5"), (100, 1, "100"), (-1, 2, "-0.5"), (0, 3, "0"),
      (1, 3, "0.333333333333333333"),
    ] as [(Int128, Int128, String)])
  func plainText(numerator: Int128, denominator: Int128, expected: String) {
    let value = Fraction(numerator: numerator, denominator: denominator)
    #expect(value.plainText == expected)
    #expect(value.description == expected)
  }

  @Test("prints a few places plainly")
  func fewPlaces() {
    #expect(Fraction(numerator: 25, denominator: 2).plainText(places: 2) == "12.5")
    #expect(Fraction(numerator: 80, denominator: 3).plainText(places: 2) == "26.67")
    #expect(Fraction(100).plainText(places: 0) == "100")
    #expect(Fraction(numerator: -1, denominator: 1000).plainText(places: 2) == "0")
  }

  @Test("prints the largest and smallest values without a trap")
  func extremes() {
    let largest = Fraction(numerator: Self.edge, denominator: 1)
    #expect(largest.text(places: 2, .up) == "1329227995784915872903807060280344575.00")
    let smallest = Fraction(numerator: 1, denominator: Self.edge)
    #expect(smallest.text(places: 18, .up) == "0.000000000000000001")
    #expect(smallest.plainText == "0")
    #expect((-largest).text(places: 0, .down) == "-1329227995784915872903807060280344575")
  }

  @Test("adds, subtracts, multiplies and divides exactly where the result fits")
  func exact() {
    let third = Fraction(numerator: 1, denominator: 3)
    let half = Fraction(numerator: 1, denominator: 2)
    for rounding in [Fraction.Rounding.down, .up, .toNearest] {
      #expect(third.adding(half, rounding: rounding) == Fraction(numerator: 5, denominator: 6))
      #expect(
        third.subtracting(half, rounding: rounding) == Fraction(numerator: -1, denominator: 6))
      #expect(
        third.multiplied(by: -half, rounding: rounding) == Fraction(numerator: -1, denominator: 6))
      #expect(
        (-third).divided(by: -half, rounding: rounding) == Fraction(numerator: 2, denominator: 3))
      #expect(third.divided(by: .zero, rounding: rounding) == nil)
    }
  }

  @Test("cancels before it rounds")
  func cancels() {
    let large = Fraction(numerator: 1 << 119, denominator: 3)
    #expect(
      large.multiplied(by: Fraction(numerator: 9, denominator: 1 << 118), rounding: .down)
        == Fraction(6))
    #expect(large.divided(by: large, rounding: .up) == .one)
    #expect(large.subtracting(large, rounding: .up) == .zero)
  }

  @Test("gives nothing where a result can be neither kept nor bounded")
  func unbounded() {
    let largest = Fraction(numerator: Self.edge, denominator: 1)
    for rounding in [Fraction.Rounding.down, .up, .toNearest] {
      #expect(largest.adding(largest, rounding: rounding) == nil)
      #expect((-largest).subtracting(largest, rounding: rounding) == nil)
      #expect(largest.multiplied(by: largest, rounding: rounding) == nil)
      #expect(
        largest.divided(by: Fraction(numerator: 1, denominator: 3), rounding: rounding) == nil)
    }
  }

  @Test("bounds what is too small to keep")
  func tiny() throws {
    let tiny = Fraction(numerator: 1, denominator: Self.edge)
    #expect(tiny.multiplied(by: tiny, rounding: .down) == .zero)
    #expect(try #require(tiny.multiplied(by: tiny, rounding: .up)) > .zero)
    #expect(try #require(tiny.multiplied(by: -tiny, rounding: .down)) < .zero)
    #expect(tiny.multiplied(by: -tiny, rounding: .up) == .zero)
  }

  @Test("never rounds to the wrong side, checked against integers without limit")
  func directed() throws {
    var numbers = ModelNumbers(seed: 2)
    var rounded = 0
    for _ in 0..<6000 {
      let bits = Int.random(in: 1...120, using: &numbers)
      let left = numbers.fraction(bits: bits)
      let right = numbers.fraction(bits: bits)
      let cases: [(Fraction?, Fraction?, (ReferenceInteger, ReferenceInteger))] = [
        (
          left.adding(right, rounding: .down), left.adding(right, rounding: .up),
          Self.sum(left, right)
        ),
        (
          left.multiplied(by: right, rounding: .down), left.multiplied(by: right, rounding: .up),
          (
            ReferenceInteger(left.numerator) * ReferenceInteger(right.numerator),
            ReferenceInteger(left.denominator) * ReferenceInteger(right.denominator)
          )
        ),
      ]
      for (down, up, (top, bottom)) in cases {
        if let down,
          ReferenceInteger(down.numerator) * bottom > top * ReferenceInteger(down.denominator)
        {
          Issue.record("\(left) and \(right): \(down) is above the true value")
        }
        if let up,
          ReferenceInteger(up.numerator) * bottom < top * ReferenceInteger(up.denominator)
        {
          Issue.record("\(left) and \(right): \(up) is below the true value")
        }
        if let down, let up, down != up { rounded += 1 }
      }
    }
    #expect(rounded > 1500)
  }

  private static func sum(
    _ left: Fraction, _ right: Fraction
  ) -> (ReferenceInteger, ReferenceInteger) {
    (
      ReferenceInteger(left.numerator) * ReferenceInteger(right.denominator)
        + ReferenceInteger(right.numerator) * ReferenceInteger(left.denominator),
      ReferenceInteger(left.denominator) * ReferenceInteger(right.denominator)
    )
  }

  @Test("loses less than 2^-50 of a value of ordinary size when it rounds")
  func precision() throws {
    var numbers = ModelNumbers(seed: 3)
    for _ in 0..<5000 {
      let left = Fraction(
        numerator: numbers.magnitude(bits: 100...120),
        denominator: numbers.magnitude(bits: 100...120))
      let right = Fraction(
        numerator: numbers.magnitude(bits: 100...120),
        denominator: numbers.magnitude(bits: 100...120))
      let down = try #require(left.multiplied(by: right, rounding: .down))
      let up = try #require(left.multiplied(by: right, rounding: .up))
      let spread = try #require(up.subtracting(down, rounding: .up))
      let bound = try #require(
        down.multiplied(by: Fraction(numerator: 1, denominator: 1 << 50), rounding: .down))
      if spread > bound { Issue.record("\(left) times \(right) is known to \(spread) only") }
    }
  }

  @Test("compares exactly even where 128 bits overflow")
  func comparison() {
    let one = Fraction(numerator: Self.edge, denominator: Self.edge - 1)
    let other = Fraction(numerator: Self.edge - 1, denominator: Self.edge - 2)
    #expect(one < other)
    #expect(other > one)
    #expect(-other < -one)
    #expect(-one < other)
    #expect(one == Fraction(numerator: Self.edge, denominator: Self.edge - 1))
    #expect(Fraction(numerator: 2, denominator: 4) == Fraction(numerator: 1, denominator: 2))
  }

  @Test("orders any two values as integers without limit do")
  func randomComparison() {
    var numbers = ModelNumbers(seed: 4)
    for _ in 0..<20_000 {
      let bits = Int.random(in: 1...120, using: &numbers)
      let left = numbers.fraction(bits: bits)
      let right = numbers.fraction(bits: bits)
      let first = ReferenceInteger(left.numerator) * ReferenceInteger(right.denominator)
      let second = ReferenceInteger(right.numerator) * ReferenceInteger(left.denominator)
      if (left < right) != (first < second) || (left == right) != (first == second) {
        Issue.record("\(left) and \(right) are in the wrong order")
      }
    }
  }

  @Test("hashes equal values alike")
  func hashing() {
    #expect(
      Set([Fraction(numerator: 2, denominator: 4), Fraction(numerator: 1, denominator: 2)]).count
        == 1)
    #expect(Set([Fraction(numerator: 0, denominator: 4), .zero]).count == 1)
  }

  @Test("knows its sign and its lowest terms")
  func parts() {
    let value = Fraction(numerator: -6, denominator: 4)
    #expect(value.isNegative && !value.isZero)
    #expect(value.magnitude == Fraction(numerator: 3, denominator: 2))
    #expect(value.reduced.numerator == -3 && value.reduced.denominator == 2)
    #expect(Fraction(numerator: 0, denominator: 9).reduced.denominator == 1)
  }

  @Test("takes a decimal's exact value")
  func decimal() throws {
    #expect(
      Fraction(try #require(ExactDecimal("-0.00008")))
        == Fraction(numerator: -8, denominator: 100_000))
  }
}
