/// What a judgement is about, besides the figures.
struct JudgingContext {
  let series: Series
  let publishedChange: String?
  let headlines: [Headline]

  /// Whether a publication is judged, or the clock asks again.
  let isPublication: Bool

  let now: Timestamp
}

extension Engine {
  /// Asks every rule that watches a series, and moves its alerts.
  func judge(
    _ view: JudgedSeries, watches: [SeriesMemory.Watch], context: JudgingContext,
    into decision: inout Decision
  ) {
    for watch in watches {
      let rule = plan.rules[watch.rule]
      let stimulus = AlertStimulus(
        verdict: rule.condition.evaluate(on: view, at: context.now, certainty: rule.certainty),
        release: watch.phase == nil
          ? nil : rule.release?.evaluate(on: view, at: context.now, certainty: rule.certainty),
        isPublication: context.isPublication, now: context.now,
        newAlertID: identifier("alert", latestEvent + Int64(decision.changeset.events.count) + 1))
      let (phase, transition) = AlertMachine.step(watch.phase, on: stimulus, under: rule.policy)
      let key = AlertKey(rule: rule.name, series: context.series)
      if phase != watch.phase {
        decision.changeset.alerts[key] = .some(
          phase.map { AlertState($0, ruleFingerprint: rule.fingerprint) })
      }
      if let transition { tell(transition, of: rule, view, context, into: &decision) }
      arm(key, rule, phase, view, at: context.now, into: &decision)
    }
  }

  /// Tells of a transition.
  private func tell(
    _ transition: AlertTransition, of rule: Rule, _ view: JudgedSeries, _ context: JudgingContext,
    into decision: inout Decision
  ) {
    func subject(_ alertID: String) -> AlertPayload.Subject {
      AlertPayload.Subject(
        rule: rule, alertID: alertID, view: view, series: context.series,
        publishedChange: context.publishedChange, headlines: context.headlines, now: context.now)
    }
    let lane = context.series.description
    switch transition {
    case .fired(let alertID):
      let data = AlertPayload.data(subject(alertID), firedAt: nil)
      decision.changeset.fired.append(
        AlertRecord(
          id: alertID, key: AlertKey(rule: rule.name, series: context.series),
          kind: rule.policy.kind, severity: rule.severity, firedAt: context.now, resolvedAt: nil,
          data: data))
      tell(.alertFiring, data, lane: lane, to: rule.notify, at: context.now, into: &decision)
    case .resolved(let alertID, let firedAt):
      decision.changeset.resolved[alertID] = context.now
      tell(
        .alertResolved, AlertPayload.data(subject(alertID), firedAt: firedAt), lane: lane,
        to: rule.notify, at: context.now, into: &decision)
    }
  }

  /// Sets or takes back the alarm of an alert that time alone can move.
  private func arm(
    _ key: AlertKey, _ rule: Rule, _ phase: AlertState.Phase?, _ view: JudgedSeries,
    at now: Timestamp, into decision: inout Decision
  ) {
    var instants: [Timestamp] = []
    if case .pending(_, let since) = phase, case .time(let duration) = rule.hold,
      since + duration > now
    {
      instants.append(since + duration)
    }
    if rule.usesClock {
      if let next = rule.condition.nextClockChange(after: now, on: view) { instants.append(next) }
      if let next = rule.release?.nextClockChange(after: now, on: view) { instants.append(next) }
    }
    let alarm = instants.min()
    if alarm != nil || alarms[key] != nil { decision.alarms[key] = .some(alarm) }
  }

  /// Looks again at the alerts whose alarm rang, at the figures in force.
  func judgeByClock(at now: Timestamp) -> Decision {
    var decision = Decision()
    for (key, alarm) in alarms.sorted(by: { $0.key < $1.key }) where alarm <= now {
      decision.alarms[key] = .some(nil)
      guard let (view, watch) = inForce(key) else { continue }
      judge(
        view, watches: [watch],
        context: JudgingContext(
          series: key.series, publishedChange: view.memory.publishedChange, headlines: [],
          isPublication: false, now: now),
        into: &decision)
    }
    return decision
  }

  /// Asks the rules that time alone can move at once: while fxwatch was not running, their moment
  /// may have come and gone.
  mutating func armClockRules(now: Timestamp) {
    for memory in sources.values {
      for series in memory.series.values {
        for watch in series.watches where plan.rules[watch.rule].usesClock {
          alarms[AlertKey(rule: plan.rules[watch.rule].name, series: series.series)] = now
        }
      }
    }
  }

  /// A series as it stands between publications, and the rule's alert on it.
  private func inForce(_ key: AlertKey) -> (JudgedSeries, SeriesMemory.Watch)? {
    guard let view = inForce(key.series, Neighbours(sources: sources)),
      let watch = view.memory.watches.first(where: { plan.rules[$0.rule].name == key.rule })
    else { return nil }
    return (view, watch)
  }

  /// A series as it stands between publications; nil for one that was never printed.
  func inForce(_ series: Series, _ neighbours: Neighbours) -> JudgedSeries? {
    guard let source = sources[series.source], let memory = source.series[SeriesKey(series)]
    else { return nil }
    let published =
      memory.isListed
      ? source.state.latestFirstSeen ?? memory.latest.firstSeen
      : memory.latest.firstSeen
    return JudgedSeries(
      memory: memory, current: memory.latest,
      previous: memory.points.count > 1 ? memory.points[memory.points.count - 2] : nil,
      scale: memory.scale, lastPublished: published,
      publication: max(source.state.latestPublication, memory.latest.publication),
      publishedChange: memory.publishedChange, changeScale: source.planned.changeScale,
      isRevision: source.planned.dating == .fixing && memory.latest.version > 1
        && memory.latest.publication == source.state.latestPublication,
      neighbours: neighbours)
  }
}
