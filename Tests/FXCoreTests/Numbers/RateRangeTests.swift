import FXCore
import Testing

@Suite("A rate's range")
struct RateRangeTests {
  /// A printed rate with a tick of so many decimals.
  private static func printed(_ text: String, scale: Int) throws -> RateRange {
    let decimal = try #require(ExactDecimal(text))
    let rate = try #require(Rate(printed: decimal))
    return RateRange(rate: rate.perUnit, tick: rate.tick(scale: scale))
  }

  private static func fraction(_ text: String) throws -> Fraction {
    Fraction(try #require(ExactDecimal(text)))
  }

  private static func exactly(_ text: String) throws -> RateRange {
    RateRange(exactly: try fraction(text))
  }

  @Test("reaches half a tick either way")
  func halfTick() throws {
    let range = try Self.printed("0.00008", scale: 5)
    #expect(range.low == (try Self.fraction("0.000075")))
    #expect(range.high == (try Self.fraction("0.000085")))
    #expect(range.isFact && !range.isExact)
    // Zeros a format dropped do not widen the range.
    #expect(try Self.printed("0.1", scale: 5).low == (try Self.fraction("0.099995")))
  }

  @Test(
    "gives the move in percent with the range that rounding leaves",
    arguments: [
      ("0.09168", "0.10563", "15.22", "15.20", "15.23", Truth.yes),
      ("0.00199", "0.00202", "1.51", "1.00", "2.02", .yes),
      ("0.00008", "0.00009", "12.50", "0.00", "26.67", .undecided),
      ("0.01154", "0.01144", "-0.87", "-0.96", "-0.78", .no),
      ("0.00008", "0.00008", "0.00", "-11.77", "13.34", .undecided),
    ])
  func moves(
    old: String, new: String, percent: String, low: String, high: String, above: Truth
  ) throws {
    let move = try #require(
      try Self.printed(new, scale: 5).relativeMove(from: try Self.printed(old, scale: 5)))
    let hundred = try Self.exactly("100")
    let inPercent = try #require(move.multiplied(by: hundred))
    #expect(inPercent.printed.text(places: 2, .toNearest) == percent)
    #expect(inPercent.low.text(places: 2, .down) == low)
    #expect(inPercent.high.text(places: 2, .up) == high)
    #expect(move.magnitude.isAbove(try Self.exactly("0.01")) == above)
    #expect(!move.isFact)
  }

  @Test("of a one-tick move from 0.00008 begins at zero exactly")
  func exactZero() throws {
    let move = try #require(
      try Self.printed("0.00009", scale: 5).relativeMove(
        from: try Self.printed("0.00008", scale: 5)))
    #expect(move.low == .zero)
    #expect(move.high == Fraction(numerator: 4, denominator: 15))
    #expect(move.printed == Fraction(numerator: 1, denominator: 8))
    #expect(move.asPrinted.isAbove(try Self.exactly("0.01")) == .yes)
  }

  @Test("of a move from zero, or from less than half a tick, is not known")
  func moveFromZero() throws {
    let zero = try Self.printed("0.00000", scale: 5)
    #expect(try Self.printed("0.00001", scale: 5).relativeMove(from: zero) == nil)
    // Printed as zero, the true rate may even be below zero, which the range includes.
    let fall = try #require(zero.relativeMove(from: try Self.printed("0.00001", scale: 5)))
    #expect(fall.low == Fraction(-2))
    #expect(fall.high == .zero)
  }

  @Test("holds the true move for 100 000 true values rounded to a tick")
  func truth() throws {
    var numbers = ModelNumbers(seed: 5)
    for _ in 0..<100_000 {
      let scale = Int.random(in: 0...9, using: &numbers)
      // True values with nine further digits, printed with `scale` decimals.
      let unit = Int64(1_000_000_000)
      let trueOld = Int64.random(in: unit...(100_000 * unit), using: &numbers)
      let trueNew =
        Bool.random(using: &numbers)
        ? Int64.random(in: unit...(100_000 * unit), using: &numbers)
        : max(unit, trueOld + Int64.random(in: -3 * unit...3 * unit, using: &numbers))
      let old = try Self.rounded(trueOld, unit, scale)
      let new = try Self.rounded(trueNew, unit, scale)
      guard let move = new.relativeMove(from: old), let delta = new.subtracting(old) else {
        Issue.record("\(trueOld) to \(trueNew) at \(scale) decimals has no move")
        continue
      }
      let trueMove = Fraction(
        numerator: Int128(trueNew - trueOld), denominator: Int128(trueOld))
      if !(move.low...move.high).contains(trueMove)
        || !(move.low...move.high).contains(move.printed)
      {
        Issue.record("\(trueOld) to \(trueNew) at \(scale) decimals is outside its range")
      }
      let trueDelta = Fraction(
        numerator: Int128(trueNew - trueOld),
        denominator: Int128(unit) * ExactDecimal.powerOfTen(scale))
      if !(delta.low...delta.high).contains(trueDelta) {
        Issue.record("\(trueOld) to \(trueNew) at \(scale) decimals: the delta is outside")
      }
    }
  }

  /// Returns the rate that a publisher prints for a true one: the nearest, halves up.
  private static func rounded(_ value: Int64, _ unit: Int64, _ scale: Int) throws -> RateRange {
    let coefficient = (value + unit / 2) / unit
    guard let decimal = ExactDecimal(coefficient: coefficient, scale: scale),
      let rate = Rate(printed: decimal)
    else { throw Unprintable() }
    return RateRange(rate: rate.perUnit, tick: rate.tick(scale: scale))
  }

  private struct Unprintable: Error {}

  @Test("of a sum, difference, product or quotient holds what any true operands give")
  func arithmetic() throws {
    var numbers = ModelNumbers(seed: 6)
    for _ in 0..<20_000 {
      let (left, trueLeft) = Self.random(&numbers)
      let (right, trueRight) = Self.random(&numbers)
      let results: [(RateRange?, Fraction?)] = [
        (left.adding(right), trueLeft.adding(trueRight, rounding: .toNearest)),
        (left.subtracting(right), trueLeft.subtracting(trueRight, rounding: .toNearest)),
        (left.multiplied(by: right), trueLeft.multiplied(by: trueRight, rounding: .toNearest)),
        (left.divided(by: right), trueLeft.divided(by: trueRight, rounding: .toNearest)),
        (left.magnitude, trueLeft.magnitude),
        (left.negated, -trueLeft),
      ]
      for (range, value) in results {
        guard let range, let value else { continue }
        if !(range.low...range.high).contains(value) {
          Issue.record("\(value) is outside \(range.low) to \(range.high)")
        }
      }
      if right.low <= .zero, right.high >= .zero, left.divided(by: right) != nil {
        Issue.record("the divisor \(right.low) to \(right.high) may be zero")
      }
    }
  }

  /// A range of small signed parts, and a value inside it.
  private static func random(_ numbers: inout ModelNumbers) -> (RateRange, Fraction) {
    let ends = (0..<4).map { _ in Int128.random(in: -1000...1000, using: &numbers) }.sorted()
    let scale = Int128.random(in: 1...100, using: &numbers)
    let parts = ends.map { Fraction(numerator: $0, denominator: scale) }
    return (
      RateRange(printed: parts[1], low: parts[0], high: parts[3], isFact: false), parts[2]
    )
  }

  @Test("compares as printed if a printed rate is compared with a constant")
  func facts() throws {
    let rate = try Self.printed("0.09168", scale: 5)
    #expect(rate.isAbove(try Self.exactly("0.091679")) == .yes)
    #expect(rate.isAbove(try Self.exactly("0.09168")) == .no)
    #expect(rate.isBelow(try Self.exactly("0.09168")) == .no)
    #expect(rate.isEqual(to: try Self.exactly("0.091680")) == .yes)
    #expect(rate.isAbove(try Self.printed("0.09167", scale: 5)) == .yes)
  }

  @Test("is a fact only until arithmetic touches it")
  func derivation() throws {
    let rate = try Self.printed("0.5", scale: 1)
    let two = try Self.exactly("2")
    #expect(try #require(rate.multiplied(by: two)).isFact == false)
    #expect(try #require(rate.adding(two)).isFact == false)
    #expect(try #require(two.divided(by: rate)).isFact == false)
    #expect(try #require(rate.adding(rate)).isFact == false)
    #expect(try #require(rate.divided(by: rate)).isFact == false)
    #expect(try #require(two.adding(two)).isFact)
    #expect(rate.negated.isFact && rate.magnitude.isFact)
  }

  @Test("is undecided exactly where rounding leaves both answers open")
  func undecided() throws {
    let sum = RateRange(
      printed: .zero, low: try Self.fraction("-0.1"), high: try Self.fraction("0.1"), isFact: false)
    #expect(sum.isAbove(try Self.exactly("0.1")) == .no)
    #expect(sum.isAbove(try Self.exactly("0.0999")) == .undecided)
    #expect(sum.isAbove(try Self.exactly("-0.1")) == .undecided)
    #expect(sum.isAbove(try Self.exactly("-0.1001")) == .yes)
    #expect(sum.isEqual(to: try Self.exactly("0")) == .undecided)
    #expect(sum.isEqual(to: try Self.exactly("0.11")) == .no)
  }

  @Test("has a magnitude that begins at zero where the sign is open")
  func magnitude() throws {
    let open = RateRange(
      printed: try Self.fraction("-0.1"), low: try Self.fraction("-0.3"),
      high: try Self.fraction("0.2"), isFact: false)
    #expect(
      open.magnitude
        == RateRange(
          printed: try Self.fraction("0.1"), low: .zero, high: try Self.fraction("0.3"),
          isFact: false))
    #expect(try Self.exactly("-2").magnitude == (try Self.exactly("2")))
  }
}

@Suite("Truth")
struct TruthTests {
  private static let all: [Truth] = [.yes, .no, .undecided]

  @Test("joins by Kleene's tables")
  func tables() {
    let and: [[Truth]] = [
      [.yes, .no, .undecided], [.no, .no, .no], [.undecided, .no, .undecided],
    ]
    let or: [[Truth]] = [
      [.yes, .yes, .yes], [.yes, .no, .undecided], [.yes, .undecided, .undecided],
    ]
    #expect(Self.all.map { left in Self.all.map { left.and($0) } } == and)
    #expect(Self.all.map { left in Self.all.map { left.or($0) } } == or)
    #expect(Self.all.map(\.negated) == [.no, .yes, .undecided])
    #expect([Truth(true), Truth(false)] == [.yes, .no])
  }
}
