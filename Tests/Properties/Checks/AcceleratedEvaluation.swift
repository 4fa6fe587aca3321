import FXCore
import Support

extension Property {
  private static let comparisons = [">", ">=", "<", "<=", "=="]

  /// Compares `evaluateBriefly` with `evaluate`, the definition, under every certainty; nil if they are
  /// equal.
  private static func violation(_ text: String, on view: PrintedSeries, after delay: Int64 = 0)
    -> String?
  {
    guard let condition = try? Condition(text) else { return "'\(text)' is no condition" }
    let now = view.current.firstSeen + .milliseconds(delay)
    for certainty in Certainty.allCases {
      var definition = condition.evaluate(on: view, at: now, certainty: certainty)
      if case .unknown = definition { definition = .undecided }
      let brief = condition.evaluateBriefly(on: view, at: now, certainty: certainty)
      if brief != definition {
        return
          "\(text), \(certainty): \(brief) instead of \(definition) for \(view.points.map(\.rate))"
      }
    }
    return nil
  }

  /// Rates of up to 56 bits, mostly of one scale and nominal, each near the one before.
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

  /// A decimal near a value, as people write it.
  private static func text(_ value: Double, within reach: Double, _ random: inout SeededRandom)
    -> String?
  {
    let distance = Double.random(in: -reach...reach, using: &random)
    let places = Int.random(in: 3...10, using: &random)
    let digits = (value + distance) * Double(ExactDecimal.powerOfTen(places))
    guard digits.magnitude < 1e17 else { return nil }
    return ExactDecimal(coefficient: Int64(digits.rounded()), scale: places)?.description
  }

  static let acceleratedEvaluation = Property(
    sentence: "accelerated evaluation equals the definition"
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
    // A window of publications includes the evaluated one; one of hours ends before it.
    let valid = (isCounted ? rates : rates.dropLast()).suffix(hours).map(value)
    let mean = valid.reduce(0, +) / Double(hours)
    let variance = valid.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(hours)
    let tick = 1 / Double(ExactDecimal.powerOfTen(finest))
    let deviation = max(variance.squareRoot(), tick / 4)
    let score = (now - mean) / deviation
    let move = 100 * (now - before) / before
    let expressions: [(left: String, value: Double, reach: Double, unit: String)] = [
      ("rate", now, 2 * tick, ""),
      ("at(\(window))", before, 2 * tick, ""),
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
    let comparison = comparisons[Int.random(in: 0..<comparisons.count, using: &random)]
    if random.oneIn(8) {
      let name = ["avg", "min", "max", "at"][Int.random(in: 0..<4, using: &random)]
      let other = name == "avg" || random.oneIn(2) ? "rate" : "avg(\(window))"
      return violation("\(name)(\(window)) \(comparison) \(other)", on: view)
    }
    let (left, value, reach, unit) = expressions[
      Int.random(in: 0..<expressions.count, using: &random)]
    guard let bound = text(value, within: reach, &random) else { return nil }
    let text = "\(left) \(comparison) \(bound)\(unit)"
    return violation(text, on: view)
      ?? violation(
        random.oneIn(2) ? "not \(text) and rate > 0" : "1 * \(left) \(comparison) \(bound)\(unit)",
        on: view)
  }

  static let acceleratedEvents = Property(
    sentence: "accelerated evaluation of events and of the clock equals the definition"
  ) { random in
    let scale = Int.random(in: 0...9, using: &random)
    let rates = rates(Int.random(in: 1...12, using: &random), scale: scale, &random)
    guard let last = rates.last, let view = PrintedSeries(printing: rates, scale: scale),
      let level = text(
        value(last), within: 2 / Double(ExactDecimal.powerOfTen(scale)), &random),
      !level.hasPrefix("-")
    else { return nil }
    let count = Int.random(in: 1...12, using: &random)
    let window = random.oneIn(2) ? "\(count) publications" : "\(count)h"
    let delay = Int64.random(in: 0...2, using: &random)
    let events = [
      "new_high(\(window))", "new_low(\(window))", "crosses(\(level))", "crosses_above(\(level))",
      "crosses_below(at(\(window)))", "leaves(0, \(level))", "enters(\(level), \(level) + 1)",
      "revised or suspect", "age > 1s", "age == 0s", "age <= 0.001 * 1s", "missed > 0",
      "rate > \(level) and age >= 2 * 0.001 * 1s", "spread(other) > 0%", "cross(USD/JPY) > 1",
    ]
    let text = events[Int.random(in: 0..<events.count, using: &random)]
    return violation(random.oneIn(3) ? "not (\(text))" : text, on: view, after: delay)
  }
}
