/// What a judgement is about, besides the figures.
struct JudgingContext {
  let headlines: [Headline]

  /// The number of the publication that is judged, or was judged last.
  let publication: Int64

  /// Whether a publication of the series is judged; otherwise its last one is looked at again.
  let isPublication: Bool

  /// Whether only the clock asks, and nothing was printed anywhere.
  var isByClock = false

  /// Whether the publication that is judged was found late.
  var isLate = false

  let now: Timestamp
}

extension Engine {
  /// Asks rules about a series they watch, by their places in the plan, and moves their alerts.
  func judge(
    _ view: JudgedSeries, rules: [Int], context: JudgingContext, into decision: inout Decision
  ) {
    for place in rules {
      let alert = view.table[view.place].watches.alert(of: place)
      if alert == nil, let end = plan.rules[place].end, end <= context.now { continue }
      let verdict = verdict(of: place, alert, on: view, context)
      guard let alert else {
        // As nearly always: nothing was told, and nothing is to be told.
        if verdict != .holds, !plan.rules[place].usesClock { continue }
        move(nil, of: place, on: verdict, view, context, into: &decision)
        continue
      }
      if verdict == .holds, alert.lasts(under: plan.rules[place]),
        alarms[AlertKey(rule: plan.rules[place].name, series: view.series)] == nil
      {
        continue
      }
      move(alert, of: place, on: verdict, view, context, into: &decision)
    }
  }

  /// Moves the alert of a rule as its condition says.
  private func move(
    _ alert: AlertProgress?, of place: Int, on verdict: Verdict, _ view: JudgedSeries,
    _ context: JudgingContext, into decision: inout Decision
  ) {
    let key = AlertKey(rule: plan.rules[place].name, series: view.series)
    if alert == nil, verdict != .holds {
      arm(key, place, nil, view, at: context.now, into: &decision)
      return
    }
    let rule = plan.rules[place]
    let (standing, transition) = AlertMachine.step(
      alert, on: stimulus(of: rule, alert, verdict, key, view, context, decision),
      under: rule.policy)
    if standing != alert {
      decision.changeset.alerts[key] = .some(
        standing.map { AlertState($0, ruleFingerprint: rule.fingerprint) })
    }
    if let transition { tell(transition, of: rule, view, context, into: &decision) }
    if standing != nil || alert != nil || rule.usesClock {
      arm(key, place, standing, view, at: context.now, into: &decision)
    }
  }

  /// What a rule's condition says of a series.
  ///
  /// Where the clock asks a rule that does not look at the clock, its condition says what it said of
  /// the last publication: time alone neither fires nor resolves it. That is asked only where it
  /// can matter, for an alert whose `for` is a time.
  private func verdict(
    of place: Int, _ alert: AlertProgress?, on view: JudgedSeries, _ context: JudgingContext
  ) -> Verdict {
    let isHeard = !context.isByClock || plan.rules[place].usesClock
    var isPending = false
    if case .pending = alert?.phase { isPending = true }
    guard isHeard || isPending else { return .undecided }
    return plan.rules[place].condition.evaluateBriefly(
      on: view, at: isHeard ? context.now : view.lastPublished,
      certainty: plan.rules[place].certainty)
  }

  /// What moves an alert: the verdict, what the rule's own end says, and what stands around both.
  private func stimulus(
    of rule: Rule, _ alert: AlertProgress?, _ verdict: Verdict, _ key: AlertKey,
    _ view: JudgedSeries, _ context: JudgingContext, _ decision: Decision
  ) -> AlertInput {
    let isHeard = !context.isByClock || rule.usesClock
    let release =
      isHeard && alert != nil
      ? rule.release?.evaluateBriefly(on: view, at: context.now, certainty: rule.certainty) : nil
    var stimulus = AlertInput(
      verdict: verdict, release: release, publication: context.publication,
      isPublication: context.isPublication, now: context.now,
      // One that fires already has its own.
      newAlertID: verdict == .holds && alert?.firing == nil
        ? identifier("alert", latestEvent + Int64(decision.changeset.events.count) + 1) : "")
    stimulus.isSilenced = silence(of: key, rule, at: context.now) != nil
    if let alertID = alert?.firing?.alertID {
      stimulus.isAcknowledged =
        suppressions.acknowledgement(of: alertID, at: context.now) != nil
    }
    return stimulus
  }

  private func silence(of key: AlertKey, _ rule: Rule, at now: Timestamp) -> Silence? {
    suppressions.silences.isEmpty
      ? nil : suppressions.silence(of: key, severity: rule.severity, at: now)
  }

  /// Records a transition, and tells it where nothing stands in the way.
  private func tell(
    _ transition: AlertTransition, of rule: Rule, _ view: JudgedSeries, _ context: JudgingContext,
    into decision: inout Decision
  ) {
    let key = AlertKey(rule: rule.name, series: view.series)
    func tell(
      _ type: NotificationType, _ alertID: String, firedAt: Timestamp?, isFlapping: Bool = false,
      wasTold: Bool = true
    ) -> Evidence {
      // What people were told is told to be over, silenced or not: an incident that was opened in
      // somebody's system has to be closed there.
      let silence =
        type == .alertResolved && wasTold ? nil : silence(of: key, rule, at: context.now)
      let subject = AlertPayload.Subject(rule, alertID: alertID, on: view, context)
      @Sendable func write() -> Evidence {
        AlertPayload.evidence(
          subject, as: type, firedAt: firedAt, isFlapping: isFlapping, silence: silence?.id)
      }
      let evidence =
        isHeard
        ? write() : Evidence(puttingOff: write, severity: rule.severity, silence: silence?.id)
      self.tell(
        type, evidence, lane: view.series.description,
        to: silence == nil && wasTold ? rule.notify : [], at: context.now, into: &decision)
      return evidence
    }
    switch transition {
    case .fired(let alertID, let isFlapping):
      let evidence = tell(.alertFiring, alertID, firedAt: nil, isFlapping: isFlapping)
      decision.changeset.fired.append(
        AlertRecord(
          id: alertID, key: key, kind: rule.policy.kind, severity: rule.severity,
          firedAt: context.now, resolvedAt: nil, data: evidence.text))
    case .resolved(let alertID, let firedAt, let isFlapping, let wasTold):
      decision.changeset.resolved[alertID] = context.now
      _ = tell(
        .alertResolved, alertID, firedAt: firedAt, isFlapping: isFlapping, wasTold: wasTold)
    case .reminded(let alertID, let firedAt):
      _ = tell(.alertReminder, alertID, firedAt: firedAt)
    case .disclosed(let alertID, let firedAt):
      _ = tell(.alertFiring, alertID, firedAt: firedAt)
    case .expired(let alertID):
      decision.changeset.resolved[alertID] = context.now
    }
  }

  /// Sets or takes back the alarm of an alert that time alone can move.
  private func arm(
    _ key: AlertKey, _ place: Int, _ alert: AlertProgress?, _ view: JudgedSeries,
    at now: Timestamp, into decision: inout Decision
  ) {
    var alarm: Timestamp?
    func consider(_ instant: Timestamp?) {
      if let instant, instant > now { alarm = min(alarm ?? instant, instant) }
    }
    if let alert {
      if case .pending(_, let since) = alert.phase,
        case .time(let duration) = plan.rules[place].hold
      {
        consider(since + duration)
      }
      if let firing = alert.firing, alert.brake == nil {
        consider(
          nextWord(of: key, plan.rules[place], firing.alertID, told: alert.lastTold, at: now))
      }
      if alert.phase != .retired { consider(plan.rules[place].end) }
    }
    if plan.rules[place].usesClock {
      consider(plan.rules[place].condition.nextClockChange(after: now, on: view))
      consider(plan.rules[place].release?.nextClockChange(after: now, on: view))
    }
    guard alarm != nil || alarms[key] != nil else { return }
    decision.alarms.append(.init(key: key, at: alarm))
  }

  /// When people next hear of an alert that goes on firing: at the end of its silence where they
  /// were never told, else at the next reminder, not before a silence or acknowledgement ends.
  private func nextWord(
    of key: AlertKey, _ rule: Rule, _ alertID: String, told: Timestamp?, at now: Timestamp
  ) -> Timestamp? {
    let audible = silence(of: key, rule, at: now)?.until ?? now
    guard let told else { return audible }
    guard let period = rule.remind else { return nil }
    guard let known = suppressions.acknowledgement(of: alertID, at: now) else {
      return max(told + period, audible)
    }
    return known.until.map { max(told + period, audible, $0) }
  }

  /// Looks again at the alerts whose alarm rang, at the figures in force.
  func judgeByClock(at now: Timestamp) -> Decision {
    var decision = Decision()
    for key in alarms.due(at: now) {
      decision.alarms.append(.init(key: key, at: nil))
      guard let source = sources[key.series.source], let rule = index.place(of: key.rule),
        let view = inForce(key.series, Neighbours(sources: sources)),
        view.table[view.place].watches.contains(rule)
      else { continue }
      judge(
        view, rules: [rule],
        context: JudgingContext(
          headlines: [], publication: source.state.latestPublication, isPublication: false,
          isByClock: true, now: now),
        into: &decision)
    }
    return decision
  }

  /// Asks the rules that time alone can move at once: while fxwatch was not running, their moment
  /// may have come and gone.
  mutating func armClockRules(now: Timestamp) {
    for memory in sources.values {
      for series in memory.series.all {
        for rule in series.watches.rules where plan.rules[rule].usesClock {
          alarms[AlertKey(rule: plan.rules[rule].name, series: series.series)] = now
        }
      }
    }
  }

  /// A series as it stands between publications; nil for one that was never printed.
  func inForce(_ series: Series, _ neighbours: Neighbours) -> JudgedSeries? {
    guard let source = sources[series.source],
      let place = source.series.place(of: SeriesKey(series))
    else { return nil }
    let memory = source.series.all[place]
    let published =
      memory.isListed
      ? source.state.latestFirstSeen ?? memory.latest.firstSeen
      : memory.latest.firstSeen
    let punctuality = source.state.latestFirstSeen.flatMap {
      PublicationTracker(
        source.planned, published: $0, looked: source.state.lastSuccess ?? $0, zones: zones)
    }
    return JudgedSeries(
      table: source.series.all, place: place, current: memory.latest,
      previous: memory.points.count > 1 ? memory.points[memory.points.count - 2] : nil,
      scale: memory.scale, lastPublished: published,
      publication: max(source.state.latestPublication, memory.latest.publication),
      publishedChange: memory.publishedChange,
      isRevision: source.planned.dating == .fixing && memory.latest.version > 1
        && memory.latest.publication == source.state.latestPublication,
      page: JudgedPage(of: source.planned, beside: neighbours, punctuality))
  }
}

extension AlertProgress {
  /// Whether it stays as it is, and nothing is told, for as long as its rule's condition holds: it
  /// fires, people know, and nothing else can end it or have it told again.
  fileprivate func lasts(under rule: Rule) -> Bool {
    firing != nil && brake == nil && lastTold != nil && rule.remind == nil && rule.release == nil
      && rule.expires == nil && !rule.usesClock
  }
}
