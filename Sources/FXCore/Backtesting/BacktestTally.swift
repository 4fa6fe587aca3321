/// What a back-test says of one rule over a period.
package struct BacktestTally: Sendable {
  package let rule: String

  /// Alerts that fired, and that were resolved.
  package private(set) var fires = 0
  package private(set) var resolves = 0

  /// How often an alert began to flap, after which it tells nothing until it is stable.
  package private(set) var flaps = 0

  /// How long its alerts fired, all series together.
  package private(set) var timeFiring = Duration.zero

  /// The longest stretch of the period in which nothing was told.
  package private(set) var longestSilence = Duration.zero

  /// The largest moves of the series it watches, the largest first, and whether it fired on each.
  package private(set) var moves: [(move: Backtest.Move, fired: Bool)] = []

  /// Counts what a back-test found of a rule from `start` to `end`.
  package init(of rule: Rule, in backtest: Backtest, from start: Timestamp, to end: Timestamp) {
    self.rule = rule.name
    var since: [AlertKey: Timestamp] = [:]
    var lastTold = start
    var fired: Set<Firing> = []
    for transition in backtest.transitions where transition.key.rule == rule.name {
      guard transition.at <= end else { break }
      let key = transition.key
      let counts = transition.at >= start
      if transition.isFiring {
        if rule.policy.kind == .state { since[key] = max(transition.at, start) }
        if counts { fired.insert(Firing(series: key.series, at: transition.at)) }
      } else if let began = since.removeValue(forKey: key), counts {
        timeFiring += transition.at - began
      }
      guard counts else { continue }
      if transition.isFiring { fires += 1 } else { resolves += 1 }
      longestSilence = max(longestSilence, transition.at - lastTold)
      lastTold = transition.at
    }
    flaps = backtest.flaps.count {
      $0.key.rule == rule.name && $0.at >= start && $0.at <= end
    }
    for began in since.values { timeFiring += max(.zero, end - began) }
    longestSilence = max(longestSilence, end - lastTold)
    let watched = backtest.moves.filter { rule.watches($0.key) }.flatMap(\.value)
      .filter { $0.at <= end }
    moves = watched.sorted {
      ($1.change.magnitude, $0.at, $0.series) < ($0.change.magnitude, $1.at, $1.series)
    }.prefix(Backtest.largestMoves).map { move in
      (move, fired.contains(Firing(series: move.series, at: move.at)))
    }
  }

  private struct Firing: Hashable {
    let series: Series
    let at: Timestamp
  }
}
