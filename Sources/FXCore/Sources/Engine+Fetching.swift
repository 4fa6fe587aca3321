extension Engine {
  /// The sources that are due, marked as being fetched: at most 8 in all and one a host.
  mutating func dueFetches(at now: Timestamp) -> [Commands.Fetch] {
    let busy = sources.values.filter(\.isFetching)
    var free = EngineLimits.transfers - busy.count
    var hosts: [String: Int] = [:]
    for source in busy { hosts[source.planned.host, default: 0] += 1 }
    var fetches: [Commands.Fetch] = []
    for planned in plan.sources where free > 0 {
      guard let memory = sources[planned.name], !memory.isFetching,
        let due = memory.state.due, due <= now,
        hosts[planned.host, default: 0] < EngineLimits.transfersPerHost
      else { continue }
      sources[planned.name]?.isFetching = true
      hosts[planned.host, default: 0] += 1
      free -= 1
      fetches.append(
        .init(
          source: planned.name, validators: memory.state.validators,
          newestDay: memory.state.latestValueDate))
    }
    return fetches
  }

  /// What the outcome of a fetch means.
  func learned(_ outcome: FetchOutcome, from name: SourceName, at now: Timestamp) -> Decision {
    var decision = Decision()
    decision.endedFetch = name
    guard let memory = sources[name] else { return decision }
    switch outcome {
    case .unreachable(let reason):
      fail(memory, because: reason, isUnreachable: true, at: now, into: &decision)
    case .failed(let reason, let retryAfter):
      fail(memory, because: reason, retryAfter: retryAfter, at: now, into: &decision)
    case .unchanged:
      succeed(memory, validators: memory.state.validators, at: now, into: &decision)
      seeAgain(memory, at: now, into: &decision)
    case .readEarlier(let whole, let bodyHash):
      decision.endedFetch = nil
      guard let day = whole.valueDate, let newest = memory.state.latestValueDate, day > newest
      else { break }
      decision.changeset.sources[name] = memory.state
      let reading = withoutRetired(whole, memory, at: now, into: &decision)
      publish(
        reading, ReadingDiff(of: reading, against: memory), bodyHash: bodyHash, memory,
        isLate: true,
        at: now, into: &decision)
    case .read(let whole, let bodyHash, let validators):
      succeed(memory, validators: validators, at: now, into: &decision)
      let reading = withoutRetired(whole, memory, at: now, into: &decision)
      let news = ReadingDiff(of: reading, against: memory)
      if news.isEmpty, memory.state.begun(reading, bodyHash: bodyHash) == nil {
        seeAgain(memory, at: now, into: &decision)
      } else {
        publish(
          reading, news, bodyHash: bodyHash, memory, isLate: isLate(reading, memory, at: now),
          at: now, into: &decision)
      }
    }
    return decision
  }

  private func fail(
    _ memory: SourceMemory, because reason: String, isUnreachable: Bool = false,
    retryAfter: Duration? = nil, at now: Timestamp, into decision: inout Decision
  ) {
    let name = memory.planned.name
    var state = memory.state
    state.lastAttempt = now
    state.isUnreachable = isUnreachable && (state.isUnreachable || state.failures == 0)
    state.failures += 1
    state.failingSince = state.failingSince ?? now
    state.due = Timetable.dueAfterFailure(
      at: now, failures: state.failures, retryAfter: retryAfter, memory.planned.schedule,
      seed: seed(name), zones: zones)
    if state.lastFailure != reason || state.failures == 1 {
      decision.remarks.append(
        .fetchFailed(name, because: reason, failures: state.failures))
    }
    state.lastFailure = reason
    if state.failures >= EngineLimits.failuresUntilDown, state.downSince == nil,
      isNetworkFault(memory.planned, state)
    {
      tellOfNetwork(because: reason, state, at: now, into: &decision)
    } else if state.failures >= EngineLimits.failuresUntilDown, state.downSince == nil {
      state.downSince = now
      tellOfSource(
        .sourceDown, name.text, severity: .warning,
        summary: "\(name) is down: \(reason) (\(state.failures) attempts in a row)",
        reason: reason, since: memory.state.lastSuccess, failures: state.failures, at: now,
        into: &decision)
    }
    decision.changeset.sources[name] = state
  }

  private func succeed(
    _ memory: SourceMemory, validators: SourceState.Validators?, at now: Timestamp,
    into decision: inout Decision
  ) {
    let name = memory.planned.name
    var state = memory.state
    noteReached(at: now, into: &decision)
    if state.failures > 0 {
      decision.remarks.append(.fetchRecovered(name, after: state.failures))
    }
    if let since = state.downSince {
      tellOfSource(
        .sourceRecovered, name.text, severity: .notice, summary: "\(name) answers again",
        reason: nil,
        since: since, failures: state.failures, at: now, into: &decision)
    }
    state.lastAttempt = now
    state.lastSuccess = now
    state.failures = 0
    state.failingSince = nil
    state.isUnreachable = false
    state.lastFailure = nil
    state.downSince = nil
    state.validators = validators
    state.unfinished = nil
    state.due = Timetable.slot(
      after: now, memory.planned.schedule, seed: seed(name), zones: zones)
    decision.changeset.sources[name] = state
  }

  private func seeAgain(
    _ memory: SourceMemory, at now: Timestamp, into decision: inout Decision
  ) {
    guard memory.state.latestPublication > 0 else { return }
    decision.changeset.seenAgain = (memory.planned.name, memory.state.latestPublication, now)
    checkFreshness(memory, at: now, into: &decision)
    askOfMissing(memory, at: now, into: &decision)
  }

  /// Puts an event about a source, or about the way to all of them, into the outboxes.
  func tellOfSource(
    _ type: NotificationType, _ name: String, severity: Severity, summary: String,
    reason: String?, since: Timestamp?, failures: Int, at now: Timestamp,
    into decision: inout Decision
  ) {
    let data = SourcePayload.data(
      name, severity: severity, summary: summary, reason: reason, since: since, failures: failures)
    tell(type, data, lane: "source \(name)", to: nil, at: now, into: &decision)
  }

  /// Puts an event that tells of no alert into the outbox of its recipients; nil means all that are
  /// in use.
  func tell(
    _ type: NotificationType, _ data: JSONValue, lane: String, to recipients: [String]?,
    at now: Timestamp, into decision: inout Decision
  ) {
    tell(type, Evidence(data), lane: lane, to: recipients, at: now, into: &decision)
  }

  /// Puts an event into the outbox of its recipients.
  func tell(
    _ type: NotificationType, _ evidence: Evidence, lane: String, to recipients: [String]?,
    at now: Timestamp, into decision: inout Decision
  ) {
    let sequence = latestEvent + Int64(decision.changeset.events.count) + 1
    let notification = Notification(
      id: identifier("evt", sequence), type: type, timestamp: now, text: evidence.text)
    let names = (recipients ?? plan.notifiers.map(\.name))
      .filter { disabled[$0] == nil && outboxes[$0] != nil }
    let admitted = admitted(
      names, notification, evidence.severity, sequence: sequence, at: now, into: &decision)
    decision.changeset.events.append(
      OutboxEvent(
        sequence: sequence, notification: notification, summary: evidence.summary, lane: lane,
        recipients: admitted))
    decision.remarks.append(
      .told(
        type, id: notification.id, summary: evidence.summary, silence: evidence.silence))
  }
}
