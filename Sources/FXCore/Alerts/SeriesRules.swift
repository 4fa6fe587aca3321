/// The rules that watch one series, how far their alerts have come, and which of them a publication
/// can move.
///
/// A rule made of nothing but levels, such as `rate > 0.0115` or `crosses(0.0115)`, comes to the same
/// as before for as long as the rate meets none of its levels. Where its alert is also settled (it
/// would stay as it is if the same rate were printed for ever), nothing can come of asking it: it is
/// looked up by the levels that lie between two rates. All other rules are asked each time.
struct SeriesRules: Sendable {
  /// The places of all of them in the plan, ascending.
  let rules: [Int]

  /// How far alerts have come, by the places of their rules; inactive ones are not there.
  private(set) var alerts: [Int: AlertProgress] = [:]

  /// A bit for each place of theirs, modulo 64: most rules have no alert, and are not looked for.
  private var alerted: UInt64 = 0

  /// Those that are not made of levels alone, ascending.
  private let others: [Int]

  /// Those that are, by their levels; nil where there are none, as for most series.
  private var levelled: LevelWatch?

  /// The rules of a plan that watch a series whose figure in force is `latest`, without alerts.
  init(_ places: [Int], of rules: [Rule], on pair: CurrencyPair, at latest: SeriesPoint) {
    self.rules = places
    var levels: [(level: Fraction, rule: Int)] = []
    var others: [Int] = []
    for place in places {
      guard let own = rules[place].levels, !own.isEmpty else {
        others.append(place)
        continue
      }
      for level in own { levels.append((level, place)) }
    }
    self.others = levels.isEmpty ? places : others
    guard !levels.isEmpty else { return }
    let steady = ConstantSeries(current: latest, pair: pair)
    levelled = LevelWatch(
      ThresholdIndex(levels),
      unsettled: Set(levels.lazy.map(\.rule).filter { !rules[$0].isSettled(nil, on: steady) }),
      at: latest.rate)
  }

  /// The rules that a publication of this rate asks, ascending, where it certainly meets no level and
  /// all that could be settled is; nil where `asked` has to tell.
  func askedInCalm(at rate: Rate) -> [Int]? { isCalm(at: rate) ? others : nil }

  private func isCalm(at rate: Rate) -> Bool { levelled?.isCalm(at: rate) ?? true }

  /// The rules that a publication has to ask where the rate goes from one to another, ascending.
  ///
  /// Cost: that of what it finds, and the logarithm of the levels.
  func asked(from earlier: Rate, to rate: Rate) -> [Int] {
    let moved = levelled?.moved(from: earlier, to: rate) ?? []
    return moved.isEmpty ? others : moved.union(others).sorted()
  }

  /// How far the alert of a rule has come; nil for an inactive one.
  func alert(of rule: Int) -> AlertProgress? {
    alerted & Self.bit(of: rule) == 0 ? nil : alerts[rule]
  }

  private static func bit(of rule: Int) -> UInt64 { 1 << UInt64(truncatingIfNeeded: rule & 63) }

  /// Whether a rule is among them.
  func contains(_ rule: Int) -> Bool {
    var low = 0
    var high = rules.count
    while low < high {
      let middle = (low + high) / 2
      if rules[middle] < rule { low = middle + 1 } else { high = middle }
    }
    return low < rules.count && rules[low] == rule
  }

  /// Moves the alert of a rule; nothing where it is not among them.
  mutating func set(
    _ alert: AlertProgress?, of rule: Int, in rules: [Rule], on steady: ConstantSeries
  ) {
    guard contains(rule) else { return }
    alerts[rule] = alert
    alerted = alerts.isEmpty ? 0 : alerted | Self.bit(of: rule)
    guard rules[rule].levels != nil, let levelled else { return }
    var unsettled = levelled.unsettled
    if rules[rule].isSettled(alert, on: steady) {
      unsettled.remove(rule)
    } else {
      unsettled.insert(rule)
    }
    if unsettled != levelled.unsettled { self.levelled = levelled.with(unsettled) }
  }

  /// Looks again at what a publication asked, now that the rate stands: one that goes on firing
  /// because the rate crossed a level ends with the next.
  mutating func settle(from earlier: Rate, in rules: [Rule], on steady: ConstantSeries) {
    guard let levelled, !levelled.isCalm(at: steady.current.rate) else { return }
    let moved = levelled.moved(from: earlier, to: steady.current.rate)
    self.levelled = LevelWatch(
      levelled.levels, unsettled: moved.filter { !rules[$0].isSettled(alerts[$0], on: steady) },
      at: steady.current.rate)
  }

  /// Takes a rate for the figure in force.
  mutating func stand(at rate: Rate) {
    levelled = levelled.map { LevelWatch($0.levels, unsettled: $0.unsettled, at: rate) }
  }
}

/// Rules made of levels that watch one series, as its figure in force leaves them.
///
/// Replaced as a whole when that changes something: a reference, as most series have none.
private final class LevelWatch: Sendable {
  let levels: ThresholdIndex

  /// Those among them that are not settled.
  let unsettled: Set<Int>

  /// Around the figure in force: while the rate stays within, it meets no level.
  private let gap: RateGap?

  /// Rules by their levels, while a rate is in force.
  convenience init(_ levels: ThresholdIndex, unsettled: Set<Int>, at rate: Rate) {
    self.init(levels, unsettled: unsettled, levels.gap(around: rate.perUnit))
  }

  private init(_ levels: ThresholdIndex, unsettled: Set<Int>, _ gap: RateGap?) {
    self.levels = levels
    self.unsettled = unsettled
    self.gap = gap
  }

  /// The same while others are not settled.
  func with(_ unsettled: Set<Int>) -> LevelWatch { LevelWatch(levels, unsettled: unsettled, gap) }

  /// Whether a rate certainly meets no level, and all rules are settled.
  func isCalm(at rate: Rate) -> Bool { unsettled.isEmpty && gap?.contains(rate) ?? false }

  /// The rules that are not settled, or have a level that lies between two rates.
  func moved(from earlier: Rate, to rate: Rate) -> Set<Int> {
    earlier == rate
      ? unsettled : unsettled.union(levels.rules(between: earlier.perUnit, and: rate.perUnit))
  }
}

extension Rule {
  /// The rates at which what it says can change; nil where anything else can change it, too.
  fileprivate var levels: [Fraction]? {
    guard expires == nil, let own = condition.levels else { return nil }
    guard let release else { return own }
    return release.levels.map { own + $0 }
  }

  /// Whether its alert stays as it is for as long as the series prints the same.
  ///
  /// Only of a rule of levels.
  fileprivate func isSettled(_ alert: AlertProgress?, on steady: ConstantSeries) -> Bool {
    func holds(_ condition: Condition) -> Bool {
      condition.evaluateBriefly(on: steady, at: steady.lastPublished, certainty: certainty) == .holds
    }
    guard let alert else { return !holds(condition) }
    switch alert.phase {
    case .retired: return true
    case .inactive, .pending: return false
    case .firing:
      guard alert.brake == nil, alert.lastTold != nil, remind == nil else { return false }
      return release.map { !holds($0) } ?? holds(condition)
    }
  }
}
