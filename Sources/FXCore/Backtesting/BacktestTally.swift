/// The result of a back-test for one rule over a period.
package struct BacktestTally: Sendable {
  package let rule: String

  /// The number of alerts that fired.
  package private(set) var fires = 0

  /// The number of alerts that were resolved.
  package private(set) var resolves = 0

  /// The number of times an alert began to flap; a flapping alert sends nothing until it is stable.
  package private(set) var flaps = 0

  /// The total time in which its alerts were firing, without the time in which the source did not print the
  /// pair.
  package private(set) var timeFiring = Duration.zero

  /// The longest part of the period without a notification.
  package private(set) var longestSilence = Duration.zero

  /// The largest moves of the series of the rule, the largest first, each with true if it fired.
  package private(set) var moves: [(move: Backtest.Move, fired: Bool)] = []

  /// Counts the results of a rule from `start` to `end`.
  package init(of rule: Rule, in backtest: Backtest, from start: Timestamp, to end: Timestamp) {
    self.rule = rule.name
    var since: [AlertKey: Timestamp] = [:]
    var lastNotification = start
    var fired: Set<Firing> = []
    for transition in backtest.transitions where transition.key.rule == rule.name {
      guard transition.at <= end else { break }
      let key = transition.key
      let counts = transition.at >= start
      if transition.isFiring {
        if rule.policy.kind == .state { since[key] = max(transition.at, start) }
        if counts { fired.insert(Firing(series: key.series, at: transition.at)) }
      } else if let began = since.removeValue(forKey: key), counts {
        timeFiring += backtest.absences.time(of: key.series, from: began, to: transition.at)
      }
      guard counts else { continue }
      if transition.isFiring { fires += 1 } else { resolves += 1 }
      longestSilence = max(longestSilence, transition.at - lastNotification)
      lastNotification = transition.at
    }
    flaps = backtest.flaps.count {
      $0.key.rule == rule.name && $0.at >= start && $0.at <= end
    }
    for (key, began) in since where began < end {
      timeFiring += backtest.absences.time(of: key.series, from: began, to: end)
    }
    longestSilence = max(longestSilence, end - lastNotification)
    let watched = backtest.moves.filter { rule.watches($0.key) }.flatMap(\.value)
      .filter { $0.at <= end }
    moves = watched.sorted {
      ($1.change.magnitude, $0.at, $0.series) < ($0.change.magnitude, $1.at, $1.series)
    }.prefix(Backtest.largestMoves).map { move in
      let series = rule.group == nil ? move.series : .group(of: move.series.source)
      return (move, fired.contains(Firing(series: series, at: move.at)))
    }
  }

  private struct Firing: Hashable {
    let series: Series
    let at: Timestamp
  }
}
