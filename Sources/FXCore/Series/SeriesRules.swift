/// The rules that watch one series, the progress of their alerts, and which of them a publication can
/// move.
///
/// The verdict of a rule that consists of levels alone, such as `rate > 0.0115` or `crosses(0.0115)`,
/// is unchanged for as long as the rate reaches none of its levels. Where its alert is also settled
/// (`AlertMachine.isSettled`), evaluating the rule can change nothing, and it is found by the levels
/// that lie between two rates. All other rules are evaluated with every publication.
struct SeriesRules: Sendable {
  /// The rules that watch the series, by their indices in the plan, ascending.
  let rules: [Int]

  /// The progress of alerts, by the indices of their rules; without the inactive ones.
  private(set) var alerts: [Int: AlertProgress] = [:]

  /// A bit for each index in `alerts`, modulo 64: most rules have no alert, and need no look-up.
  private var alerted: UInt64 = 0

  /// The rules that do not consist of levels alone, ascending.
  private let others: [Int]

  /// The rules that consist of levels alone, by their levels; nil where there are none, as for most
  /// series.
  private var levels: LevelRules?

  /// The rules of a plan that watch a series whose current point is `latest`, without alerts.
  init(_ indices: [Int], of rules: [Rule], on pair: CurrencyPair, at latest: SeriesPoint) {
    self.rules = indices
    var levels: [(level: Fraction, rule: Int)] = []
    var others: [Int] = []
    for index in indices {
      guard let own = rules[index].levels, !own.isEmpty else {
        others.append(index)
        continue
      }
      for level in own { levels.append((level, index)) }
    }
    self.others = levels.isEmpty ? indices : others
    guard !levels.isEmpty else { return }
    let series = ConstantSeries(current: latest, pair: pair)
    self.levels = LevelRules(
      ThresholdIndex(levels),
      unsettled: Set(levels.lazy.map(\.rule).filter { !rules[$0].isSettled(nil, on: series) }),
      at: latest.rate)
  }

  /// Returns the rules that a publication of this rate evaluates, ascending, where the rate certainly
  /// reaches no level and every rule is settled; nil where `moved(from:to:)` must find them.
  func withoutLevels(at rate: Rate) -> [Int]? {
    levels?.areUnmoved(at: rate) ?? true ? others : nil
  }

  /// Returns the rules that a publication must evaluate where the rate moves from one to another,
  /// ascending.
  ///
  /// Cost: linear in the result, and the logarithm of the levels.
  func moved(from earlier: Rate, to rate: Rate) -> [Int] {
    let moved = levels?.moved(from: earlier, to: rate) ?? []
    return moved.isEmpty ? others : moved.union(others).sorted()
  }

  /// True if the alert of a rule has progress.
  @inline(__always)
  func hasAlert(of rule: Int) -> Bool {
    alerted & Self.bit(of: rule) != 0 && alerts.index(forKey: rule) != nil
  }

  /// Returns the progress of a rule's alert; nil for an inactive one.
  func alert(of rule: Int) -> AlertProgress? {
    alerted & Self.bit(of: rule) == 0 ? nil : alerts[rule]
  }

  private static func bit(of rule: Int) -> UInt64 { 1 << UInt64(truncatingIfNeeded: rule & 63) }

  /// Returns the earliest instant since which a window of an alert lasts; nil where there is none.
  ///
  /// Cost: linear in the alerts.
  func firstArmed(of rules: [Rule]) -> Timestamp? {
    alerts.compactMap { index, progress in
      rules[index].isArmed ? progress.arming?.earliest : nil
    }.min()
  }

  /// True if a rule is among them.
  func contains(_ rule: Int) -> Bool {
    let index = rules.partitioningIndex { $0 >= rule }
    return index < rules.count && rules[index] == rule
  }

  /// Sets the progress of a rule's alert; no effect where the rule is not among them.
  mutating func set(
    _ alert: AlertProgress?, of rule: Int, in rules: [Rule], on series: ConstantSeries
  ) {
    guard contains(rule) else { return }
    alerts[rule] = alert
    alerted = alerts.isEmpty ? 0 : alerted | Self.bit(of: rule)
    guard rules[rule].levels != nil, let levels else { return }
    var unsettled = levels.unsettled
    if rules[rule].isSettled(alert, on: series) {
      unsettled.remove(rule)
    } else {
      unsettled.insert(rule)
    }
    if unsettled != levels.unsettled { self.levels = levels.with(unsettled) }
  }

  /// Updates which rules are settled after a publication: an alert that still fires because the rate
  /// crossed a level ends with the next one.
  mutating func update(from earlier: Rate, in rules: [Rule], on series: ConstantSeries) {
    guard let levels, !levels.areUnmoved(at: series.current.rate) else { return }
    let moved = levels.moved(from: earlier, to: series.current.rate)
    self.levels = LevelRules(
      levels.index, unsettled: moved.filter { !rules[$0].isSettled(alerts[$0], on: series) },
      at: series.current.rate)
  }
}

extension Rule {
  /// The rates at which the verdict can change; nil where anything else can change it, too.
  fileprivate var levels: [Fraction]? {
    guard expires == nil, let own = condition.levels else { return nil }
    guard let release else { return own }
    return release.levels.map { own + $0 }
  }

  /// True if the rule's alert stays as it is for as long as the series keeps its rate.
  ///
  /// Only for rules of levels.
  fileprivate func isSettled(_ alert: AlertProgress?, on series: ConstantSeries) -> Bool {
    AlertMachine.isSettled(alert, under: self) { condition in
      condition.evaluateBriefly(on: series, at: series.lastPublished, certainty: certainty)
        == .holds
    }
  }
}
