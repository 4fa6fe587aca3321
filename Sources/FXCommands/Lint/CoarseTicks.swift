import FXCore

/// Finds rules whose thresholds are finer than the tick of a series they watch.
///
/// Series are sorted by their ticks once for each scope, and equal findings are made once. Cost: linear
/// in the findings, beside the sorting.
struct CoarseTicks {
  /// A series with a rate as it prints it.
  struct PrintedRate {
    let series: Series
    let rate: Rate
    let scale: Int
    let tick: Fraction

    /// One tick as a fraction of the rate; zero if the rate has no relative moves.
    let oneTick: Fraction

    /// A rate printed with at most this scale.
    init(_ series: Series, _ rate: Rate, scale: Int) {
      self.series = series
      self.rate = rate
      self.scale = max(scale, rate.printed.scale)
      tick = rate.tick(scale: self.scale)
      let perUnit = rate.perUnit
      oneTick =
        perUnit > .zero ? tick.divided(by: perUnit, rounding: .toNearest) ?? .zero : .zero
    }
  }

  /// The smallest thresholds of a condition.
  private struct Thresholds: Hashable {
    let move: Fraction?
    let delta: Fraction?

    init(_ condition: Condition) {
      move = condition.moveThresholds.min()
      delta = condition.deltaThresholds.min()
    }

    /// Returns true if one of them may be finer than the tick of a series.
    func mayBeFiner(than printed: PrintedRate) -> Bool {
      (move.map { $0 < printed.oneTick } ?? false) || (delta.map { $0 < printed.tick } ?? false)
    }
  }

  /// One question that has an answer.
  private struct Question: Hashable {
    let series: Int
    let thresholds: Thresholds
  }

  /// The watched series of one scope, those with the largest ticks first.
  private struct CoarsestFirst {
    let byMove: [Int]
    let byDelta: [Int]
  }

  private let rates: [PrintedRate]
  private let byPair: [CurrencyPair: [Int]]
  private var orders: [Int: CoarsestFirst] = [:]
  private var answers: [Question: String?] = [:]

  /// The rates of all series, sorted by series.
  init(_ rates: [PrintedRate]) {
    self.rates = rates
    byPair = Dictionary(grouping: rates.indices) { rates[$0].series.pair }
  }

  /// Returns a warning for each watched series of a rule whose tick is too coarse, with a finer source
  /// if one exists.
  mutating func warnings(about rule: Rule, at position: Int, in scopes: RuleScopes) -> [String] {
    guard rule.certainty != .printed else { return [] }
    let thresholds = Thresholds(rule.condition)
    guard thresholds.move != nil || thresholds.delta != nil else { return [] }
    let number = scopes.scopeOfRule[position]
    let order = orders[number] ?? order(of: scopes.scopes[number].watched)
    orders[number] = order
    var found: Set<Int> = []
    if let move = thresholds.move {
      found.formUnion(order.byMove.prefix { move < rates[$0].oneTick })
    }
    if let delta = thresholds.delta {
      found.formUnion(order.byDelta.prefix { delta < rates[$0].tick })
    }
    return found.sorted().compactMap { warning(about: rule.condition, thresholds, on: $0) }
  }

  private func order(of watched: [Int]) -> CoarsestFirst {
    CoarsestFirst(
      byMove: watched.sorted { rates[$0].oneTick > rates[$1].oneTick },
      byDelta: watched.sorted { rates[$0].tick > rates[$1].tick })
  }

  private mutating func warning(
    about condition: Condition, _ thresholds: Thresholds, on index: Int
  ) -> String? {
    let question = Question(series: index, thresholds: thresholds)
    if let answer = answers[question] { return answer }
    let answer = coarseness(of: condition, thresholds, on: rates[index]).map { coarse in
      coarse
        + (finer(condition, thresholds, than: rates[index]).map {
          "; \($0.series.source) prints the pair finely enough"
        } ?? "")
    }
    answers[question] = .some(answer)
    return answer
  }

  private func finer(
    _ condition: Condition, _ thresholds: Thresholds, than printed: PrintedRate
  ) -> PrintedRate? {
    (byPair[printed.series.pair] ?? []).map { rates[$0] }.first {
      $0.series.source != printed.series.source
        && coarseness(of: condition, thresholds, on: $0) == nil
    }
  }

  private func coarseness(
    of condition: Condition, _ thresholds: Thresholds, on printed: PrintedRate
  ) -> String? {
    guard thresholds.mayBeFiner(than: printed) else { return nil }
    return ConditionLint.coarseTick(
      under: condition, for: printed.series, at: printed.rate, scale: printed.scale
    ).map(\.description)
      ?? ConditionLint.coarseDelta(
        under: condition, for: printed.series, at: printed.rate, scale: printed.scale)
  }
}
