import FXCore
package import FXDaemon
import FXSources
import FXSystem

extension CommandContext {
  /// Runs rules over the stored history with the daemon's own engine.
  ///
  /// History before the period is run, too, so that alerts have their state at its start. `progress` is
  /// called now and then with the publications that have been run, of all.
  package func backtest(
    _ options: BacktestOptions, progress: (_ done: Int, _ all: Int) -> Void = { _, _ in }
  ) throws(CommandFailure) -> BacktestReport {
    let rules = try rules(named: options.rules)
    let sources = try sources(named: options.source)
    let until = options.until.map { $0.advanced(by: 1).start - .milliseconds(1) }
    let names = Set(sources.map(\.name))
    var past = try stored { reader throws(StoreProblem) in
      try reader.publications(of: names, until: until)
    }
    if options.asFinal { past = past.asFinal(fixings: fixings) }
    let plan = Plan(sources: sources, rules: rules, notifiers: [])
    var backtest = Backtest(
      plan: plan, zones: SystemZones(), countingFrom: options.since?.start)
    for (index, publication) in past.enumerated() {
      if index.isMultiple(of: Self.progressInterval) { progress(index, past.count) }
      backtest.append(publication)
    }
    progress(past.count, past.count)
    let now = SystemClock().now()
    let end = min(until ?? now, now)
    backtest.passTime(until: end)
    let start = options.since?.start ?? past.first?.publication.firstSeen ?? end
    return BacktestReport(
      backtest: backtest,
      tallies: rules.map { BacktestTally(of: $0, in: backtest, from: start, to: end) },
      rules: rules, start: start, end: end,
      charts: options.drawsCharts
        ? Self.charts(of: past, backtest.transitions, by: rules, from: start, to: end) : [])
  }

  /// The number of publications between two reports of progress.
  private static let progressInterval = 100

  /// Draws the series on which rules fired in the period, with the firings below.
  private static func charts(
    of past: [PastPublication], _ transitions: [Backtest.Transition], by rules: [Rule],
    from start: Timestamp, to end: Timestamp
  ) -> [Chart] {
    var marks: [Series: [Chart.Mark]] = [:]
    var since: [AlertKey: Timestamp] = [:]
    let events = Set(rules.filter { $0.policy.kind == .event }.map(\.name))
    func mark(_ key: AlertKey, from begin: Timestamp, until finish: Timestamp?) {
      guard (finish ?? begin) >= start, begin <= end else { return }
      marks[key.series, default: []].append(
        Chart.Mark(rule: key.rule, from: max(begin, start), until: finish))
    }
    for transition in transitions {
      let key = transition.key
      if !transition.isFiring {
        if let begin = since.removeValue(forKey: key) {
          mark(key, from: begin, until: transition.at)
        }
      } else if events.contains(key.rule) {
        mark(key, from: transition.at, until: nil)
      } else {
        since[key] = transition.at
      }
    }
    for (key, begin) in since { mark(key, from: begin, until: end) }
    var points: [Series: [Chart.Point]] = [:]
    for publication in past
    where (start...max(start, end)).contains(publication.publication.firstSeen) {
      for observation in publication.observations {
        let series = Series(
          source: publication.publication.source, pair: observation.pair, side: observation.side)
        guard marks[series] != nil, let rate = observation.rate else { continue }
        points[series, default: []].append(
          Chart.Point(
            at: publication.publication.firstSeen, value: rate.perUnit, text: rate.perUnitText))
      }
    }
    return marks.sorted { $0.key < $1.key }.map { series, marks in
      Chart(title: series.description, points: points[series] ?? [], marks: marks)
    }
  }

  /// The sources that print one fixing a day.
  var fixings: Set<SourceName> {
    Set(setup.plan.sources.filter { $0.dating == .fixing }.map(\.name))
  }

  private func rules(named names: [String]) throws(CommandFailure) -> [Rule] {
    guard !names.isEmpty else {
      if setup.rules.isEmpty { throw .failed("\(setup.file) has no rules to test") }
      return setup.rules
    }
    var rules: [Rule] = []
    for name in names { rules.append(try rule(named: name)) }
    return rules
  }

  private func sources(named name: String?) throws(CommandFailure) -> [PlannedSource] {
    guard let name else { return setup.plan.sources }
    return [try source(named: name).planned]
  }
}
