package import FXCore
package import FXDaemon
import FXSources
import FXSystem

/// What a back-test is asked.
package struct BacktestQuestion: Sendable {
  /// The rules, by name; all of the config where there are none.
  package var rules: [String] = []

  /// One source; nil for all of the config.
  package var source: String?

  /// The period that is counted, by the days on which figures became known; open where nil.
  package var since: CalendarDay?
  package var until: CalendarDay?

  /// Whether every fixing is taken as it was corrected later, rather than as it was known.
  package var asFinal = false

  /// Whether the series on which a rule fired are drawn.
  package var drawsCharts = false

  /// Everything over all history.
  package init() {}
}

extension CommandContext {
  /// What rules would have done over the stored history: by the daemon's own engine.
  ///
  /// History before the period is run through, too, so that alerts stand at its start as they did.
  package func backtest(_ question: BacktestQuestion) throws(CommandFailure) -> BacktestReport {
    let rules = try rules(named: question.rules)
    let sources = try sources(named: question.source)
    let until = question.until.map { $0.advanced(by: 1).start - .milliseconds(1) }
    let names = Set(sources.map(\.name))
    var past = try stored { reader throws(StoreProblem) in
      try reader.publications(of: names, until: until)
    }
    if question.asFinal { past = past.asFinal(fixings: fixings) }
    let plan = Plan(sources: sources, rules: rules, notifiers: [])
    var backtest = Backtest(
      plan: plan, zones: SystemZones(), countingFrom: question.since?.start)
    for publication in past { backtest.take(publication) }
    let now = SystemClock().now()
    let end = min(until ?? now, now)
    backtest.passTime(until: end)
    let start = question.since?.start ?? past.first?.publication.firstSeen ?? end
    return BacktestReport(
      backtest: backtest,
      tallies: rules.map { BacktestTally(of: $0, in: backtest, from: start, to: end) },
      rules: rules, start: start, end: end,
      charts: question.drawsCharts
        ? Self.charts(of: past, backtest.transitions, by: rules, from: start, to: end) : [])
  }

  /// The series on which rules fired in the period, with the firings below.
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

  /// The rule of that name; a sentence where there is none.
  func rule(named name: String) throws(CommandFailure) -> Rule {
    if let rule = setup.rules.first(where: { $0.name == name }) { return rule }
    let known = setup.rules.map(\.name)
    throw .failed(
      "there is no rule '\(name)' in \(setup.file); "
        + (known.isEmpty ? "it has none" : "it has \(known.joined(separator: ", "))")
        + NearestName.suggestion(for: name, among: known))
  }

  private func sources(named name: String?) throws(CommandFailure) -> [PlannedSource] {
    guard let name else { return setup.plan.sources }
    let sources = setup.plan.sources.filter { $0.name.text == name }
    guard sources.isEmpty else { return sources }
    let known = setup.sources.map(\.name.text)
    throw .failed(
      "there is no source '\(name)' in \(setup.file); it has \(known.joined(separator: ", "))"
        + NearestName.suggestion(for: name, among: known))
  }
}
