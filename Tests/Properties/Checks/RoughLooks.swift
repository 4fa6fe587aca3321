import FXCore
import Support

/// A comparison as people write it, and the same with a factor of one, of which no rough look is taken.
private struct TwinConditions {
  private static let signs = [">", ">=", "<", "<=", "=="]

  private let plain: Condition
  private let exact: Condition

  init?(_ left: String, _ right: String, _ random: inout SeededRandom) {
    let sign = Self.signs[Int.random(in: 0..<Self.signs.count, using: &random)]
    guard let plain = try? Condition("\(left) \(sign) \(right)"),
      let exact = try? Condition("1 * \(left) \(sign) \(right)")
    else { return nil }
    self.plain = plain
    self.exact = exact
  }

  /// What breaks the promise of both; nil where they say the same.
  func violation(on view: PrintedSeries) -> String? {
    for certainty in [Certainty.certain, .printed, .possible] {
      let (one, other) = (verdict(plain, view, certainty), verdict(exact, view, certainty))
      if one != other {
        return "\(plain) \(certainty) says \(one), not \(other), of \(view.points.map(\.rate))"
      }
    }
    return nil
  }

  private func verdict(
    _ condition: Condition, _ view: PrintedSeries, _ certainty: Certainty
  ) -> Verdict {
    condition.evaluate(on: view, at: view.current.firstSeen, certainty: certainty)
  }
}

extension Promise {
  /// Figures of up to so many digits, mostly of one scale and nominal, each near the one before.
  private static func rates(_ count: Int, scale: Int, _ random: inout SeededRandom) -> [Rate] {
    var coefficient = Int64(1) << Int64.random(in: 2...(random.oneIn(8) ? 55 : 24), using: &random)
    let step = max(1, coefficient >> Int64.random(in: 2...20, using: &random))
    let isMixed = random.oneIn(4)
    var rates: [Rate] = []
    while rates.count < count {
      coefficient = max(1, coefficient + Int64.random(in: -step...step, using: &random))
      let isOdd = isMixed && random.oneIn(3)
      let finer = isOdd ? Int.random(in: -1...1, using: &random) : 0
      let nominal: Int64 = isOdd ? [1, 7, 10, 100][Int.random(in: 0..<4, using: &random)] : 1
      guard
        let printed = ExactDecimal(
          coefficient: coefficient * nominal, scale: max(0, scale + finer)),
        let rate = Rate(printed: printed, nominal: nominal)
      else { return rates }
      rates.append(rate)
    }
    return rates
  }

  private static func value(_ rate: Rate) -> Double {
    Double(rate.perUnit.numerator) / Double(rate.perUnit.denominator)
  }

  /// A figure near another one, as people write it.
  private static func text(_ value: Double, within reach: Double, _ random: inout SeededRandom)
    -> String?
  {
    let distance = Double.random(in: -reach...reach, using: &random)
    let places = Int.random(in: 3...10, using: &random)
    let digits = (value + distance) * Double(ExactDecimal.powerOfTen(places))
    guard digits.magnitude < 1e17 else { return nil }
    return ExactDecimal(coefficient: Int64(digits.rounded()), scale: places)?.description
  }

  static let roughLooks = Promise(
    sentence: "a rough look at a comparison says what its exact ranges say"
  ) { random in
    let scale = Int.random(in: 0...9, using: &random)
    let rates = rates(Int.random(in: 2...12, using: &random), scale: scale, &random)
    // Some publishers print all digits of their scale now and then only.
    let finest = scale + (random.oneIn(3) ? Int.random(in: 0...3, using: &random) : 0)
    guard rates.count > 1, let view = PrintedSeries(printing: rates, scale: finest) else {
      return nil
    }
    let hours = Int.random(in: 1..<rates.count, using: &random)
    let isCounted = random.oneIn(4)
    let window = isCounted ? "\(hours) publications" : "\(hours)h"
    let now = value(view.current.rate)
    let before = value(rates[rates.count - 1 - hours])
    // Of so many publications the judged one is the last; for so many hours it is not yet in force.
    let inForce = (isCounted ? rates : rates.dropLast()).suffix(hours).map(value)
    let mean = inForce.reduce(0, +) / Double(hours)
    let variance = inForce.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(hours)
    let tick = 1 / Double(ExactDecimal.powerOfTen(finest))
    let deviation = max(variance.squareRoot(), tick / 4)
    let score = (now - mean) / deviation
    let move = 100 * (now - before) / before
    let asked: [(left: String, value: Double, reach: Double, unit: String)] = [
      ("avg(\(window))", mean, 2 * tick, ""),
      ("stddev(\(window))", variance.squareRoot(), 2 * tick, ""),
      ("zscore(\(window))", score, 2 * tick * (2 + score.magnitude) / deviation, ""),
      ("abs(zscore(\(window)))", score.magnitude, 2 * tick * (2 + score.magnitude) / deviation, ""),
      ("delta(\(window))", now - before, 3 * tick, ""),
      ("change(\(window))", move, 300 * tick / before, "%"),
      ("abs(change(\(window)))", move.magnitude, 300 * tick / before, "%"),
      ("-change(\(window))", -move, 300 * tick / before, "%"),
      ("min(\(window))", now, 4 * tick, ""),
      ("max(\(window))", now, 4 * tick, ""),
    ]
    let (left, value, reach, unit) = asked[Int.random(in: 0..<asked.count, using: &random)]
    if random.oneIn(8) {
      let name = ["avg", "min", "max"][Int.random(in: 0..<3, using: &random)]
      let other = name == "avg" || random.oneIn(2) ? "rate" : "avg(\(window))"
      return TwinConditions("\(name)(\(window))", other, &random)?.violation(on: view)
    }
    guard let bound = text(value, within: reach, &random) else { return nil }
    return TwinConditions(left, bound + unit, &random)?.violation(on: view)
  }
}
