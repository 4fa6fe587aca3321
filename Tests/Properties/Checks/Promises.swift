import FXCore
import Support

extension Promise {
  /// True figures, in thousandths of a tick: from two ticks to two hundred thousand, each beside the
  /// one before it or anywhere.
  private static func truths(_ count: Int, _ random: inout SeededRandom) -> [Int64] {
    let magnitude = Int64(1) << Int64.random(in: 11...27, using: &random)
    var truths = [Int64.random(in: magnitude...2 * magnitude, using: &random)]
    while truths.count < count, let last = truths.last {
      let step = max(1, last / (random.oneIn(2) ? 20 : 500))
      truths.append(max(1500, last + Int64.random(in: -step...step, using: &random)))
    }
    return truths
  }

  /// So many thousandths of a tick as a figure.
  private static func figure(_ truth: Int64, scale: Int) -> Fraction {
    Fraction(numerator: Int128(truth), denominator: 1000 * ExactDecimal.powerOfTen(scale))
  }

  private static func share(_ part: Int64, of whole: Int64) -> Fraction {
    Fraction(numerator: Int128(part), denominator: Int128(whole))
  }

  // MARK: Ranges

  static let ranges = Promise(sentence: "the true move lies inside its range") { random in
    let scale = Int.random(in: 0...9, using: &random)
    let pair = truths(2, &random)
    guard let old = PrintedSeries.range(pair[0], scale: scale),
      let new = PrintedSeries.range(pair[1], scale: scale),
      let move = new.relativeMove(from: old), let delta = new.subtracting(old)
    else { return "\(pair) has no move" }
    let isInside =
      (move.low...move.high).contains(share(pair[1] - pair[0], of: pair[0]))
      && (move.low...move.high).contains(move.printed)
      && (delta.low...delta.high).contains(figure(pair[1] - pair[0], scale: scale))
    return isInside ? nil : "\(pair) moved beyond \(move.low) to \(move.high)"
  }

  // MARK: Moves

  /// Conditions on moves: how far back, and beyond which share, in thousandths.
  private static let thresholds: [(condition: Condition, back: Int, threshold: Int64)] =
    [("change", 1), ("change(3h)", 3), ("change(5 publications)", 5)].flatMap { function, back in
      [1, 5, 10, 50].compactMap { (threshold: Int64) in
        let percent = ExactDecimal(coefficient: threshold, scale: 1)?.description ?? ""
        return (try? Condition("abs(\(function)) > \(percent)%")).map { ($0, back, threshold) }
      }
    }

  static let moves = Promise(
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
    case .holds: return move > limit ? nil : "\(condition) holds of \(series)"
    case .doesNotHold: return move <= limit ? nil : "\(condition) does not hold of \(series)"
    case .undecided:
      // Half a tick of either figure is all that rounding takes, and the share of it.
      let reach = share(1100 + 1100 * (old + abs(new - old)) / old, of: min(old, new) - 500)
      let distance = move.subtracting(limit, rounding: .up)?.magnitude ?? .zero
      return distance <= reach ? nil : "\(condition) is undecided of \(series)"
    case .cannotTell(let reason): return "\(condition) cannot be told of \(series): \(reason)"
    }
  }

  // MARK: Windows

  static let windows = Promise(
    sentence: "windows say nothing that is not so, and all that is beyond their range"
  ) { random in
    let count = Int.random(in: 3...12, using: &random)
    let series = truths(count, &random)
    let hours = Int.random(in: 1..<count, using: &random)
    guard let view = PrintedSeries(series, scale: 5) else { return "\(series) cannot be printed" }
    // In force for an hour each, the judged one not yet.
    let inForce = series.dropLast().suffix(hours).map(Double.init)
    let mean = inForce.reduce(0, +) / Double(hours)
    let variance = inForce.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(hours)
    let all = series.suffix(hours + 1).map(Double.init)
    let values = [
      ("avg", mean), ("stddev", variance.squareRoot()), ("min", all.min() ?? 0),
      ("max", all.max() ?? 0),
    ]
    let (name, value) = values[Int.random(in: 0..<values.count, using: &random)]
    // A lowest or highest figure is one that was printed, and compares as such; with a range it is
    // compared as what it is, which takes another tick.
    let isPrinted = name == "min" || name == "max"
    let reach: Double = isPrinted ? 2200 : 1100
    let text = "\(name)(\(hours)h)" + (isPrinted ? " + rate - rate" : "")
    // Off the truth by nothing that counts, so that it must not hold; and by more than rounding can
    // hide.
    let slack = 1 + value * 1e-9
    let bounds = [
      (word: "<", value - slack, false), (word: ">", value + slack, false),
      (word: "<", value + slack + reach, true), (word: ">", value - slack - reach, true),
    ]
    for (word, bound, mustHold) in bounds where bound >= 1 {
      let whole = Int64(bound.rounded(word == "<" ? .down : .up))
      guard let figure = ExactDecimal(coefficient: whole, scale: 8),
        let condition = try? Condition("\(text) \(word) \(figure)")
      else { return "\(name) cannot be asked of \(series)" }
      let holds = view.verdict(condition) == .holds
      if holds != mustHold { return "\(condition) \(holds ? "holds" : "does not") of \(series)" }
    }
    return nil
  }

  // MARK: Neighbours

  private static let spread = try? Condition("abs(spread(other)) > 0.5%")

  static let neighbours = Promise(
    sentence: "spreads and cross rates say nothing that is not so, whatever the ticks"
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
    case .cannotTell(let reason): return reason
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
      if view.verdict(condition) == .holds { return "\(condition) holds of \(legs)" }
    }
    return nil
  }
}
