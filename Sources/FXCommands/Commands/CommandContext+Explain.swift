package import FXCore
package import FXDaemon
import FXSources
import FXSystem

extension CommandContext {
  /// Explains an alert: its rule, the rates, each comparison, the publication and the deliveries.
  ///
  /// `name` is the identifier of the alert or of an event about it, or the beginning of one.
  package func explain(alert name: String) throws(CommandFailure) -> ExplainReport {
    let id = try alertID(named: name)
    guard let alert = try stored({ reader throws(StoreProblem) in try reader.alert(id) }) else {
      throw .failed("unknown alert '\(id)'; fxwatch alerts --all lists all alerts")
    }
    let rule = setup.rules.first { $0.name == alert.key.rule }
    let then = rule?.asFired(alert)
    let series = alert.evidenceSeries
    let past = try then.map { rule throws(CommandFailure) in
      try self.past(
        until: alert.firedAt, of: rule, on: [alert.key.series.source],
        evidence: AlertEvidence(alert))
    }
    // The evaluation of another rate would explain nothing.
    let explanation = then.flatMap {
      past?.backtest.explanation(
        of: $0, on: series, at: alert.firedAt, alert.progressBefore)
    }.flatMap { AlertEvidence(alert).isOf($0.current) ? $0 : nil }
    let source = alert.key.series.source
    let number = explanation == nil ? nil : past?.latest[source]
    return try stored { reader throws(StoreProblem) in
      var query = HistoryQuery(pair: series.pair)
      query.source = source
      query.allVersions = true
      let day = explanation?.current.valueDate
      let versions = try reader.history(query).filter {
        $0.series == series && $0.valueDate == day && day != nil
      }
      return ExplainReport(
        alert: alert, rule: rule, explanation: explanation,
        hasRuleChanged: rule.map {
          $0.condition.fullText != alert.condition(in: $0.condition.scope)?.fullText
        } ?? true,
        publication: try number.flatMap { number throws(StoreProblem) in
          try reader.publication(number, of: source)
        },
        versions: versions, deliveries: try deliveries(ofAlert: id, reader),
        calendar: try calendarView(of: source, reader),
        lacksEvidence: then != nil && explanation == nil)
    }
  }

  /// Returns the deliveries of an alert in their order, with every attempt.
  private func deliveries(
    ofAlert id: String, _ reader: any HistoryReading
  ) throws(StoreProblem) -> [DeliveryHistory] {
    var query = DeliveryQuery(limit: Self.mostDeliveries)
    query.alertID = id
    var deliveries: [DeliveryHistory] = []
    for delivery in try reader.latestDeliveries(query).sorted(by: {
      ($0.sequence, $0.notifier) < ($1.sequence, $1.notifier)
    }) {
      deliveries.append(
        .init(
          record: delivery,
          attempts: try reader.attempts(ofEvent: delivery.sequence, to: delivery.notifier)))
    }
    return deliveries
  }

  /// The most deliveries of an alert that are shown, the newest.
  private static let mostDeliveries = 1000

  /// Explains the current verdict of a rule on a pair: one report per series.
  package func explain(
    rule name: String, pair: CurrencyPair, source: String?
  ) throws(CommandFailure) -> [ExplainReport] {
    let rule = try rule(named: name)
    let now = SystemClock().now()
    let sources = setup.sources.map(\.name).filter {
      rule.sources?.contains($0) ?? true && (source == nil || $0.text == source)
    }
    let (backtest, latest) = try past(until: now, of: rule, on: Set(sources))
    let series = backtest.series(watchedBy: rule).filter {
      $0.pair == pair && (source == nil || $0.source.text == source)
    }
    guard !series.isEmpty else {
      throw .failed(
        "rule '\(name)' watches no published series of \(pair)"
          + (source.map { " at \($0)" } ?? ""))
    }
    let progress = try stored { reader throws(StoreProblem) in
      try reader.progress(ofRule: rule.name)
    }
    var reports: [ExplainReport] = []
    for series in series {
      let known = rule.isArmed ? progress[series] : nil
      guard let explanation = backtest.explanation(of: rule, on: series, at: now, known) else {
        continue
      }
      let number = latest[series.source]
      reports.append(
        ExplainReport(
          alert: nil, rule: rule, explanation: explanation, hasRuleChanged: false,
          publication: try stored { reader throws(StoreProblem) in
            try number.flatMap { number throws(StoreProblem) in
              try reader.publication(number, of: series.source)
            }
          },
          versions: [], deliveries: [],
          calendar: try stored { reader throws(StoreProblem) in
            try calendarView(of: series.source, reader)
          }))
    }
    return reports
  }

  /// The calendar of a source now; nil where it has none.
  private func calendarView(
    of name: SourceName, _ reader: any HistoryReading
  ) throws(StoreProblem) -> ExplainReport.CalendarView? {
    guard let source = setup.plan.sources.first(where: { $0.name == name }),
      let calendar = source.schedule.calendar
    else { return nil }
    let zones = SystemZones()
    let now = SystemClock().now()
    let day = (now + .seconds(zones.offset(ofZone: calendar.zone, at: now) ?? 0)).day
    let published = try reader.latestRates().filter { $0.series.source == name }
      .map(\.point.firstSeen).max()
    return ExplainReport.CalendarView(
      day: day, prints: calendar.prints(on: day),
      next: calendar.nextExpected(after: now, zones: zones),
      missing: published.map { calendar.missed(between: $0, and: now, zones: zones) } ?? 0)
  }

  /// Runs one rule over the history of some sources, and of those that it reads, up to an instant;
  /// returns also the number of the latest publication of each, which is the one that was evaluated last.
  ///
  /// With the evidence of an alert, up to the last publication before its series has another rate: a body
  /// with several days has several publications of one instant.
  private func past(
    until instant: Timestamp, of rule: Rule, on watched: Set<SourceName>,
    evidence: AlertEvidence? = nil
  ) throws(CommandFailure) -> (backtest: Backtest, latest: [SourceName: Int64]) {
    let names = watched.union(rule.readSources).intersection(setup.sources.map(\.name))
    let all = try stored { reader throws(StoreProblem) in
      try reader.publications(of: names, until: instant)
    }
    let past = evidence.map { $0.past(in: all) } ?? all
    var backtest = Backtest(
      plan: Plan(sources: setup.plan.sources, rules: [rule], notifiers: []),
      zones: SystemZones(), countingFrom: nil)
    for publication in past { backtest.append(publication) }
    backtest.passTime(until: instant)
    let numbers = past.map { ($0.publication.source, $0.publication.number) }
    return (backtest, Dictionary(numbers) { _, last in last })
  }
}

extension Rule {
  /// Returns the rule with the condition that fired an alert, which it may no longer have.
  fileprivate func asFired(_ alert: AlertRecord) -> Rule {
    guard let then = alert.condition(in: condition.scope), then.fullText != condition.fullText
    else {
      return self
    }
    var rule = self
    rule.condition = then
    return rule
  }
}

extension AlertRecord {
  /// The series whose rates are the evidence: its own, or that of one of the pairs that it is about.
  var evidenceSeries: Series {
    guard key.series.isGroup, let pair = data.value["pair"]?.text.flatMap({ CurrencyPair($0) }),
      let side = data.value["side"]?.text.flatMap({ Side(rawValue: $0) })
    else { return key.series }
    return Series(source: key.series.source, pair: pair, side: side)
  }

  /// The progress of the alert before it fired, where its rule has windows since it was armed; nil for any
  /// other.
  fileprivate var progressBefore: AlertProgress? {
    guard let armed = data.value["armed_at"]?.text.flatMap({ Timestamp(text: $0) }) else {
      return nil
    }
    var progress = AlertProgress(.inactive)
    progress.arming = AlertArming(at: armed)
    return progress
  }

  /// Returns the condition that fired it, with the definitions of that time; nil where it can no longer be
  /// read.
  fileprivate func condition(in scope: ConditionScope) -> Condition? {
    guard let text = data.value["condition"]?.text else { return nil }
    var scope = scope
    scope.definitions = Definitions(stored: data.value["let"])
    return try? Condition(text, in: scope)
  }
}
