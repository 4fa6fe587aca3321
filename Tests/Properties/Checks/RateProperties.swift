import FXCore
import Support

extension Property {
  /// Returns true rates in thousandths of a tick: from 2 to 200 000 ticks, each within 0.2 % or 5 % of
  /// the one before.
  private static func truths(_ count: Int, _ random: inout SeededRandom) -> [Int64] {
    let magnitude = Int64(1) << Int64.random(in: 11...27, using: &random)
    var truths = [Int64.random(in: magnitude...2 * magnitude, using: &random)]
    while truths.count < count, let last = truths.last {
      let step = max(1, last / (random.oneIn(2) ? 20 : 500))
      truths.append(max(1500, last + Int64.random(in: -step...step, using: &random)))
    }
    return truths
  }

  /// Returns a number of thousandths of a tick as a rate.
  private static func rate(_ truth: Int64, scale: Int) -> Fraction {
    Fraction(numerator: Int128(truth), denominator: 1000 * ExactDecimal.powerOfTen(scale))
  }

  private static func share(_ part: Int64, of whole: Int64) -> Fraction {
    Fraction(numerator: Int128(part), denominator: Int128(whole))
  }

  // MARK: Ranges

  static let ranges = Property(sentence: "the true move lies inside its range") { random in
    let scale = Int.random(in: 0...9, using: &random)
    let pair = truths(2, &random)
    guard let old = PrintedSeries.range(pair[0], scale: scale),
      let new = PrintedSeries.range(pair[1], scale: scale),
      let move = new.relativeMove(from: old), let delta = new.subtracting(old)
    else { return "\(pair) has no move" }
    let isInside =
      (move.low...move.high).contains(share(pair[1] - pair[0], of: pair[0]))
      && (move.low...move.high).contains(move.printed)
      && (delta.low...delta.high).contains(rate(pair[1] - pair[0], scale: scale))
    return isInside ? nil : "\(pair) moved beyond \(move.low) to \(move.high)"
  }

  // MARK: Moves

  /// Conditions on moves, with the number of publications back and the threshold in thousandths.
  private static let thresholds: [(condition: Condition, back: Int, threshold: Int64)] =
    [("change", 1), ("change(3h)", 3), ("change(5 publications)", 5)].flatMap { function, back in
      [1, 5, 10, 50].compactMap { (threshold: Int64) in
        let percent = ExactDecimal(coefficient: threshold, scale: 1)?.description ?? ""
        return (try? Condition("abs(\(function)) > \(percent)%")).map { ($0, back, threshold) }
      }
    }

  static let moves = Property(
    sentence: "certain fires on no move that did not happen, and misses none beyond its range"
  ) { random in
    let series = truths(7, &random)
    let (condition, back, threshold) = thresholds[
      Int.random(in: 0..<thresholds.count, using: &random)]
    guard let view = PrintedSeries(series, scale: 5) else { return "\(series) cannot be printed" }
    let (old, new) = (series[series.count - 1 - back], series[series.count - 1])
    let move = share(abs(new - old), of: old)
    let limit = share(threshold, of: 1000)
    switch view.verdict(condition) {
    case .holds: return move > limit ? nil : "\(condition) holds for \(series)"
    case .doesNotHold: return move <= limit ? nil : "\(condition) does not hold for \(series)"
    case .undecided:
      // The rounding of both rates, half a tick each, and its effect on the quotient.
      let reach = share(1100 + 1100 * (old + abs(new - old)) / old, of: min(old, new) - 500)
      let distance = move.subtracting(limit, rounding: .up)?.magnitude ?? .zero
      return distance <= reach ? nil : "\(condition) is undecided for \(series)"
    case .unknown(let reason): return "\(condition) is unknown for \(series): \(reason)"
    }
  }

  // MARK: Windows

  static let windows = Property(
    sentence: "conditions on windows hold only if they are true, and always beyond their range"
  ) { random in
    let count = Int.random(in: 3...12, using: &random)
    let series = truths(count, &random)
    let hours = Int.random(in: 1..<count, using: &random)
    guard let view = PrintedSeries(series, scale: 5) else { return "\(series) cannot be printed" }
    // Each rate is valid for an hour; the evaluated one only from now on.
    let valid = series.dropLast().suffix(hours).map(Double.init)
    let mean = valid.reduce(0, +) / Double(hours)
    let variance = valid.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(hours)
    let all = series.suffix(hours + 1).map(Double.init)
    let values = [
      ("avg", mean), ("stddev", variance.squareRoot()), ("min", all.min() ?? 0),
      ("max", all.max() ?? 0),
    ]
    let (name, value) = values[Int.random(in: 0..<values.count, using: &random)]
    // The lowest and highest rates are compared as printed; `+ rate - rate` makes them ranges, which adds
    // a tick.
    let isPrinted = name == "min" || name == "max"
    let reach: Double = isPrinted ? 2200 : 1100
    let text = "\(name)(\(hours)h)" + (isPrinted ? " + rate - rate" : "")
    // Bounds just beyond the true value, for which the condition must not hold, and bounds farther away
    // than the rounding, for which it must.
    let slack = 1 + value * 1e-9
    let bounds = [
      (word: "<", value - slack, false), (word: ">", value + slack, false),
      (word: "<", value + slack + reach, true), (word: ">", value - slack - reach, true),
    ]
    for (word, bound, mustHold) in bounds where bound >= 1 {
      let whole = Int64(bound.rounded(word == "<" ? .down : .up))
      guard let decimal = ExactDecimal(coefficient: whole, scale: 8),
        let condition = try? Condition("\(text) \(word) \(decimal)")
      else { return "\(name) cannot be compared for \(series)" }
      let holds = view.verdict(condition) == .holds
      if holds != mustHold {
        return "\(condition) \(holds ? "holds" : "does not hold") for \(series)"
      }
    }
    return nil
  }

  // MARK: Neighbours

  private static let spread = try? Condition("abs(spread(other)) > 0.5%")

  static let neighbours = Property(
    sentence: "conditions on spreads and cross rates hold only if they are true, whatever the ticks"
  ) { random in
    let own = truths(1, &random)[0]
    let other = max(1500, own + Int64.random(in: -own / 100...own / 100, using: &random))
    guard var view = PrintedSeries([own], scale: 5), let usd = CurrencyPair("EUR/USD"),
      let jpy = CurrencyPair("EUR/JPY"), let spread
    else { return "\(own) cannot be printed" }
    view.others[SourceName("other")] = PrintedSeries.range(other, scale: 5)
    let distance = share(abs(own - other), of: other)
    let limit = share(5, of: 1000)
    switch view.verdict(spread) {
    case .holds where distance <= limit: return "\(own) and \(other) are not apart"
    case .doesNotHold where distance > limit: return "\(own) and \(other) are apart"
    case .unknown(let reason): return reason
    default: break
    }
    let legs = [truths(1, &random)[0], truths(1, &random)[0]]
    view.beside = [
      usd: PrintedSeries.range(legs[0], scale: 5) ?? RateRange(exactly: .one),
      jpy: PrintedSeries.range(legs[1], scale: 5) ?? RateRange(exactly: .one),
    ]
    let truth = share(legs[1], of: legs[0])
    for (sign, word) in [(-1, "<"), (1, ">")] {
      let offset = Fraction(numerator: Int128(sign), denominator: 1_000_000)
      guard let bound = truth.adding(offset, rounding: .toNearest), !bound.isNegative,
        let condition = try? Condition("cross(USD/JPY) \(word) \(bound.plainText(places: 9))")
      else { continue }
      if view.verdict(condition) == .holds { return "\(condition) holds for \(legs)" }
    }
    return nil
  }
}
