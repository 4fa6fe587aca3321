/// Tracks the polls of all sources: which are due, how they ended, and what is reported about them.
///
/// Owns the state of every source and that of the network. Functions that take a `DecisionBuilder`
/// change nothing here; their changes come back through `absorb` once they are committed.
package struct SourceTracker: Sendable {
  /// The names in the order of the config.
  let order: [SourceName]

  private let zones: any Zones

  /// The seed of the installation, so that installations do not poll in the same second.
  private let installation: String

  package internal(set) var byName: [SourceName: TrackedSource] = [:]

  /// The state of the network: `downSince` is set while no source can be reached.
  private var network: SourceState

  /// The sources of a plan with their stored states.
  ///
  /// `earlier` is the tracker that a reload replaces: fetches under way stay under way, except for
  /// the sources in `restarting`.
  package init(
    of sources: [PlannedSource], _ states: [SourceName: SourceState], installation: String,
    zones: any Zones, now: Timestamp, continuing earlier: SourceTracker?,
    restarting: Set<SourceName>
  ) {
    order = sources.map(\.name)
    self.zones = zones
    self.installation = installation
    network = states[.network] ?? SourceState()
    for planned in sources {
      var source = TrackedSource(
        planned: planned, state: states[planned.name] ?? SourceState())
      if let earlier = earlier?.byName[planned.name], !restarting.contains(planned.name) {
        source.transfer = earlier.transfer
      }
      source.transfer.lateSince = states[.lateness(of: planned.name)]?.downSince
      source.setAside = states[.setAside(of: planned.name)]?.setAsideSubjects ?? []
      source.exceedsSeries = states[.excess(of: planned.name)]?.downSince != nil
      source.editions = RecentEditions(states[.editions(of: planned.name)])
      source.state.due =
        source.state.unfinished == nil
        ? timetable(of: planned).firstDue(
          source.state.due, lastAttempt: source.state.lastAttempt, now: now) : now
      byName[planned.name] = source
    }
  }

  /// Returns the times of a source's polls.
  private func timetable(of source: PlannedSource) -> Timetable {
    Timetable(source.schedule, seed: "\(installation) \(source.name)", zones: zones)
  }

  /// Makes a source due now, unless it is polled already.
  func recordRequest(of name: SourceName, in decision: DecisionBuilder) {
    guard let source = byName[name], !source.transfer.isRunning else { return }
    var state = source.state
    state.due = min(state.due ?? decision.now, decision.now)
    decision.changeset.sources[name] = state
  }

  // MARK: Outcomes of fetches

  /// Records that a fetch failed, and reports the source as down after enough failures in a row.
  package func recordFailure(
    _ failure: FetchFailure, of source: TrackedSource, in decision: DecisionBuilder
  ) {
    let now = decision.now
    var state = source.state
    state.lastAttempt = now
    state.isUnreachable = failure.isUnreachable && (state.isUnreachable || state.failures == 0)
    state.failures += 1
    state.failingSince = state.failingSince ?? now
    // They may be the reason: the next request goes without them.
    state.validators = nil
    state.due = timetable(of: source.planned).dueAfterFailure(
      at: now, failures: state.failures, retryAfter: failure.retryAfter)
    reportPunctual(source, in: decision)
    if state.lastFailure != failure.reason || state.failures == 1 {
      decision.log(
        .fetchFailed(source.name, because: failure.reason, failures: state.failures))
    }
    state.lastFailure = failure.reason
    if state.failures >= SourceLimits.failuresUntilDown, state.downSince == nil {
      if isNetworkFault(source.planned, state) {
        reportNetworkDown(because: failure.reason, state, in: decision)
      } else {
        state.downSince = now
        reportDown(source, state, because: failure.reason, in: decision)
      }
    }
    decision.changeset.sources[source.name] = state
  }

  /// Records that a fetch succeeded, and reports the recovery of a source that was down.
  package func recordSuccess(
    of source: TrackedSource, validators: SourceState.Validators?, in decision: DecisionBuilder
  ) {
    let now = decision.now
    var state = source.state
    reportNetworkRecovered(in: decision)
    if state.failures > 0 { decision.log(.fetchRecovered(source.name, after: state.failures)) }
    if let since = state.downSince {
      notify(
        .sourceRecovered,
        SourcePayload(
          source: source.name.text, severity: .notice, summary: "\(source.name) answers again",
          since: since, failures: state.failures),
        in: decision)
    }
    reportPunctual(source, in: decision)
    state.lastAttempt = now
    state.lastSuccess = now
    state.failures = 0
    state.failingSince = nil
    state.isUnreachable = false
    state.lastFailure = nil
    state.downSince = nil
    state.validators = validators
    state.unfinished = nil
    state.due = timetable(of: source.planned).slot(after: now)
    decision.changeset.sources[source.name] = state
  }

  /// Records that the latest publication of a source was seen again.
  func recordUnchanged(_ source: TrackedSource, in decision: DecisionBuilder) {
    decision.changeset.seenAgain = (source.name, source.state.latestPublication, decision.now)
    reportStale(source, in: decision)
  }

  private func reportDown(
    _ source: TrackedSource, _ state: SourceState, because reason: String,
    in decision: DecisionBuilder
  ) {
    notify(
      .sourceDown,
      SourcePayload(
        source: source.name.text, severity: .warning,
        summary: "\(source.name) is down: \(reason) (\(state.failures) attempts in a row)",
        reason: reason, since: source.state.lastSuccess, failures: state.failures),
      in: decision)
  }

  /// Adds an event; only the start of a failure has no earlier moment in its data that identifies it.
  func notify(
    _ type: NotificationType, _ payload: SourcePayload, in decision: DecisionBuilder
  ) {
    decision.notify(
      type, payload.data, orderingKey: "source \(payload.source)",
      occurrence: type == .sourceDown ? nil : .data)
  }

  // MARK: Freshness

  /// Returns the number of publications of a source that are missing by its calendar; 0 for a source
  /// without one, and before its first publication.
  package func missedPublications(of name: SourceName, at now: Timestamp) -> Int {
    byName[name].map { missed($0.planned, $0.state, at: now) } ?? 0
  }

  private func missed(_ planned: PlannedSource, _ state: SourceState, at now: Timestamp) -> Int {
    guard case .calendar(let calendar) = planned.schedule, state.latestValueDate != nil,
      let published = state.latestFirstSeen
    else { return 0 }
    return calendar.missed(between: published, and: now, zones: zones)
  }

  /// True if a publication is overdue by the source's calendar: validators may be why it was not seen.
  func isOverdue(_ source: TrackedSource, at now: Timestamp) -> Bool {
    guard let calendar = source.planned.schedule.calendar,
      let published = source.state.latestFirstSeen,
      let due = calendar.lastExpected(
        before: now - SourceLimits.patienceWithValidators, zones: zones)
    else { return false }
    return published < due - PublicationCalendar.earliness
  }

  /// Reports a source as stale, once, if its calendar expects a publication that is missing.
  ///
  /// Only a source that answers and dates its rates can be stale: one that fails is down, and one
  /// without dates may have published the same rates again.
  private func reportStale(_ source: TrackedSource, in decision: DecisionBuilder) {
    guard case .calendar(let calendar) = source.planned.schedule,
      let state = decision.changeset.sources[source.name], state.staleSince == nil,
      let published = state.latestFirstSeen, let day = state.latestValueDate
    else { return }
    let missed = missed(source.planned, state, at: decision.now)
    guard missed > calendar.holidays.tolerance else { return }
    decision.changeset.sources[source.name]?.staleSince = decision.now
    let count = missed == 1 ? "a publication is" : "\(missed) publications are"
    notify(
      .sourceStale,
      SourcePayload(
        source: source.name.text, severity: .warning,
        summary: "\(source.name) is stale: \(count) missing, the last rates are for \(day)",
        reason: "\(count) missing", since: published),
      in: decision)
  }

  /// Reports that a stale source publishes again.
  func reportFresh(_ source: TrackedSource, in decision: DecisionBuilder) {
    guard let since = source.state.staleSince else { return }
    decision.changeset.sources[source.name]?.staleSince = nil
    notify(
      .sourceRecovered,
      SourcePayload(
        source: source.name.text, severity: .notice, summary: "\(source.name) publishes again",
        since: since),
      in: decision)
  }

  /// True if a successful poll now reveals a missing publication that no poll could reveal before:
  /// fxwatch was not running when it was due, or could not reach the source.
  func revealsMissing(_ source: TrackedSource, at now: Timestamp) -> Bool {
    guard let published = source.state.latestFirstSeen, let last = source.state.lastSuccess,
      let before = tracker(of: source.planned, published: published, lastSuccess: last),
      let after = tracker(of: source.planned, published: published, lastSuccess: now)
    else { return false }
    return before.missed(at: now) != after.missed(at: now)
  }

  /// Returns the tracker of a source's expected publications; nil where it has no calendar.
  func tracker(
    of source: PlannedSource, published: Timestamp, lastSuccess: Timestamp
  ) -> PublicationTracker? {
    PublicationTracker(source, published: published, lastSuccess: lastSuccess, zones: zones)
  }

  /// True if a publication that is found now was due long before, when fxwatch did not poll: it was
  /// not running, or could not reach the source.
  func isLate(_ reading: SourceReading, of source: TrackedSource, at now: Timestamp) -> Bool {
    Lateness(source, zones).isLate(valueDate: reading.valueDate, at: now)
  }

  // MARK: Network

  /// True if the failures of a source are part of a fault of the network: no source was read since
  /// it began to fail, and at least one other host is unreachable.
  ///
  /// Cost: linear in the sources; asked only when a source is about to be reported as down.
  private func isNetworkFault(_ planned: PlannedSource, _ state: SourceState) -> Bool {
    guard state.isUnreachable, let since = state.failingSince else { return false }
    if network.downSince != nil { return true }
    var unreachable: Set<String> = [planned.host]
    for source in byName.values where source.name != planned.name {
      if let success = source.state.lastSuccess, success >= since { return false }
      if source.state.isUnreachable { unreachable.insert(source.planned.host) }
    }
    return unreachable.count >= SourceLimits.unreachableHosts
  }

  /// Reports, once, that no source can be reached.
  private func reportNetworkDown(
    because reason: String, _ state: SourceState, in decision: DecisionBuilder
  ) {
    guard network.downSince == nil else { return }
    var fault = network
    fault.downSince = decision.now
    fault.failures = state.failures
    decision.changeset.sources[.network] = fault
    notify(
      .sourceDown,
      SourcePayload(
        source: SourcePayload.network, severity: .warning,
        summary: "no source can be reached; last error: \(reason)", reason: reason,
        since: state.failingSince, failures: state.failures),
      in: decision)
  }

  /// Reports that sources can be reached again.
  private func reportNetworkRecovered(in decision: DecisionBuilder) {
    guard let since = network.downSince else { return }
    decision.changeset.sources[.network] = SourceState()
    notify(
      .sourceRecovered,
      SourcePayload(
        source: SourcePayload.network, severity: .notice, summary: "sources can be reached again",
        since: since, failures: network.failures),
      in: decision)
  }

  // MARK: Committed changes

  /// Absorbs the committed changes of sources.
  package mutating func absorb(_ decision: Decision) {
    let ended = decision.endedFetch
    for (name, state) in decision.changeset.sources {
      guard byName[name]?.absorb(state, endsFetch: name == ended) == nil else { continue }
      absorbReport(state, named: name)
    }
    if let ended, decision.changeset.sources[ended] == nil { byName[ended]?.endFetch() }
  }

  /// Absorbs a state that is not that of a source's polls: of the network, or of something that was
  /// reported about a source.
  private mutating func absorbReport(_ state: SourceState, named name: SourceName) {
    if name == .network { network = state }
    if let source = name.latenessSubject { byName[source]?.transfer.lateSince = state.downSince }
    if let source = name.setAsideSubject { byName[source]?.setAside = state.setAsideSubjects }
    if let source = name.excessSubject { byName[source]?.exceedsSeries = state.downSince != nil }
    if let source = name.editionsSubject { byName[source]?.editions = RecentEditions(state) }
  }

  /// Moves every due time with the wall clock.
  package mutating func shift(by step: Duration) {
    for name in order {
      if let due = byName[name]?.state.due { byName[name]?.state.due = due + step }
      byName[name]?.transfer.shift(by: step)
    }
  }
}
