extension Engine {
  /// How many publications of a source are missing by its calendar: 0 for a source without one, and
  /// before its first publication.
  package func missedPublications(of name: SourceName, at now: Timestamp) -> Int {
    guard let memory = sources[name] else { return 0 }
    return missed(memory.planned, memory.state, at: now)
  }

  /// After a source answered with nothing new: tells once that a publication is missing, if the
  /// calendar says so.
  ///
  /// Only a source that answers and dates its rates can be stale: one that fails is down, and one
  /// without dates may have printed the same again.
  func checkFreshness(
    _ memory: SourceMemory, at now: Timestamp, into decision: inout Decision
  ) {
    let name = memory.planned.name
    guard case .calendar(let calendar) = memory.planned.schedule,
      let state = decision.changeset.sources[name], state.staleSince == nil,
      let published = state.latestFirstSeen, let day = state.latestValueDate
    else { return }
    let missed = missed(memory.planned, state, at: now)
    guard missed > calendar.holidays.tolerance else { return }
    decision.changeset.sources[name]?.staleSince = now
    let count = missed == 1 ? "a publication is" : "\(missed) publications are"
    tellOfSource(
      .sourceStale, name.text, severity: .warning,
      summary: "\(name) is stale: \(count) missing, the last rates are for \(day)",
      reason: "\(count) missing", since: published, failures: 0, at: now, into: &decision)
  }

  /// Has the clock ask the rules on missing publications at once, where only now somebody looked and
  /// found that one is missing: fxwatch had not been running when it was due, or not been answered.
  func askOfMissing(_ memory: SourceMemory, at now: Timestamp, into decision: inout Decision) {
    guard let published = memory.state.latestFirstSeen, let looked = memory.state.lastSuccess,
      let before = PublicationTracker(
        memory.planned, published: published, looked: looked, zones: zones),
      let after = PublicationTracker(
        memory.planned, published: published, looked: now, zones: zones),
      before.missed(at: now) != after.missed(at: now)
    else { return }
    for series in memory.series.all {
      for rule in series.watches.rules where plan.rules[rule].usesClock {
        decision.alarms.append(
          .init(key: AlertKey(rule: plan.rules[rule].name, series: series.series), at: now))
      }
    }
  }

  /// Tells that a stale source publishes again.
  func noteFresh(
    _ memory: SourceMemory, at now: Timestamp, into decision: inout Decision
  ) {
    let name = memory.planned.name
    guard let since = memory.state.staleSince else { return }
    decision.changeset.sources[name]?.staleSince = nil
    tellOfSource(
      .sourceRecovered, name.text, severity: .notice, summary: "\(name) publishes again",
      reason: nil, since: since, failures: 0, at: now, into: &decision)
  }

  private func missed(_ planned: PlannedSource, _ state: SourceState, at now: Timestamp) -> Int {
    guard case .calendar(let calendar) = planned.schedule, state.latestValueDate != nil,
      let published = state.latestFirstSeen
    else { return 0 }
    return calendar.missed(between: published, and: now, zones: zones)
  }
}
