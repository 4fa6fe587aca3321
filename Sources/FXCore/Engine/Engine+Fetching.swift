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
      fetches.append(.init(source: planned.name, validators: memory.state.validators))
    }
    return fetches
  }

  /// What the outcome of a fetch means.
  func learned(_ outcome: FetchOutcome, from name: SourceName, at now: Timestamp) -> Decision {
    var decision = Decision()
    decision.endedFetch = name
    guard let memory = sources[name] else { return decision }
    switch outcome {
    case .failed(let reason, let retryAfter):
      fail(memory, because: reason, retryAfter: retryAfter, at: now, into: &decision)
    case .unchanged:
      succeed(memory, validators: memory.state.validators, at: now, into: &decision)
      seeAgain(memory, at: now, into: &decision)
    case .read(let reading, let bodyHash, let validators):
      succeed(memory, validators: validators, at: now, into: &decision)
      let news = News(of: reading, against: memory)
      if news.isEmpty {
        seeAgain(memory, at: now, into: &decision)
      } else {
        publish(reading, news, bodyHash: bodyHash, memory, at: now, into: &decision)
      }
    }
    return decision
  }

  private func fail(
    _ memory: SourceMemory, because reason: String, retryAfter: Duration?, at now: Timestamp,
    into decision: inout Decision
  ) {
    let name = memory.planned.name
    var state = memory.state
    state.lastAttempt = now
    state.failures += 1
    state.due = Timetable.dueAfterFailure(
      at: now, failures: state.failures, retryAfter: retryAfter, memory.planned.schedule,
      seed: seed(name), zones: zones)
    if state.lastFailure != reason || state.failures == 1 {
      decision.remarks.append(
        .fetchFailed(name, because: reason, failures: state.failures))
    }
    state.lastFailure = reason
    if state.failures >= EngineLimits.failuresUntilDown, state.downSince == nil {
      state.downSince = now
      tellOfSource(
        .sourceDown, name, severity: .warning,
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
    if state.failures > 0 {
      decision.remarks.append(.fetchRecovered(name, after: state.failures))
    }
    if let since = state.downSince {
      tellOfSource(
        .sourceRecovered, name, severity: .notice, summary: "\(name) answers again", reason: nil,
        since: since, failures: state.failures, at: now, into: &decision)
    }
    state.lastAttempt = now
    state.lastSuccess = now
    state.failures = 0
    state.lastFailure = nil
    state.downSince = nil
    state.validators = validators
    state.due = Timetable.slot(
      after: now, memory.planned.schedule, seed: seed(name), zones: zones)
    decision.changeset.sources[name] = state
  }

  private func seeAgain(
    _ memory: SourceMemory, at now: Timestamp, into decision: inout Decision
  ) {
    guard memory.state.latestPublication > 0 else { return }
    decision.changeset.seenAgain = (memory.planned.name, memory.state.latestPublication, now)
  }

  private func tellOfSource(
    _ type: NotificationType, _ name: SourceName, severity: Severity, summary: String,
    reason: String?, since: Timestamp?, failures: Int, at now: Timestamp,
    into decision: inout Decision
  ) {
    let data = SourcePayload.data(
      name, severity: severity, summary: summary, reason: reason, since: since, failures: failures)
    tell(type, data, lane: "source \(name)", to: nil, at: now, into: &decision)
  }

  /// Puts an event into the outbox of its recipients; nil means all that are in use.
  func tell(
    _ type: NotificationType, _ data: JSONValue, lane: String, to recipients: [String]?,
    at now: Timestamp, into decision: inout Decision
  ) {
    let sequence = latestEvent + Int64(decision.changeset.events.count) + 1
    let notification = Notification(
      id: identifier("evt", sequence), type: type, timestamp: now, data: data)
    let names = (recipients ?? plan.notifiers.map(\.name))
      .filter { disabled[$0] == nil && outboxes[$0] != nil }
    let admitted = admitted(
      names, notification, sequence: sequence, at: now, into: &decision)
    decision.changeset.events.append(
      OutboxEvent(
        sequence: sequence, notification: notification, lane: lane, recipients: admitted))
    decision.remarks.append(.told(notification))
  }

  /// A publication seen for the first time: what is stored of it, and what the rules say.
  private func publish(
    _ reading: SourceReading, _ news: News, bodyHash: String, _ memory: SourceMemory,
    at now: Timestamp, into decision: inout Decision
  ) {
    let name = memory.planned.name
    let number = memory.state.latestPublication + 1
    decision.changeset.publication = Publication(
      number: number, source: name, valueDate: reading.valueDate, firstSeen: now, lastSeen: now,
      bodyHash: bodyHash, headlines: reading.headlines)
    decision.changeset.sources[name]?.latestPublication = number
    decision.changeset.sources[name]?.latestFirstSeen = now
    decision.changeset.sources[name]?.latestValueDate = reading.valueDate
    decision.changeset.vanished = news.vanished
    decision.remarks.append(
      .published(
        name, number: number, changed: news.changed.count, of: reading.observations.count))
    let changed = Set(news.changed)
    let neighbours = neighbours(with: reading, of: memory)
    for (index, observation) in reading.observations.enumerated() {
      let key = SeriesKey(pair: observation.pair, side: observation.side)
      let series = Series(source: name, pair: observation.pair, side: observation.side)
      let known = memory.series[key]
      let scale = max(
        known?.scale ?? memory.planned.scale(of: key.pair), observation.rate.printed.scale)
      let point =
        known.flatMap { changed.contains(index) ? nil : $0.latest }
        ?? SeriesPoint(
          rate: observation.rate, valueDate: reading.valueDate, firstSeen: now,
          publication: number, version: version(of: observation, reading.valueDate, after: known))
      if changed.contains(index) {
        decision.changeset.observations.append(
          ObservationRecord(
            series: series, point: point, publishedChange: observation.publishedChange,
            scale: scale))
      }
      // A fixing that stands unchanged in a page revised elsewhere is no publication of its own:
      // only rules that read the other pairs are asked, as the clock would ask them.
      let stands =
        memory.planned.dating == .fixing && reading.valueDate != nil
        && known?.latest.valueDate == reading.valueDate && known?.latest.rate == observation.rate
      var watches = known?.watches ?? watches(of: series)
      if stands { watches = watches.filter { plan.rules[$0.rule].readsSiblings } }
      guard !watches.isEmpty else { continue }
      let judged = JudgedSeries(
        memory: known
          ?? SeriesMemory(
            series: series, points: [point], scale: scale, publishedChange: nil, isListed: true,
            keeping: keeping),
        current: point,
        previous: known.flatMap { previous(of: point, in: $0, memory.planned.dating) },
        scale: scale, lastPublished: now, publication: number,
        publishedChange: observation.publishedChange, changeScale: memory.planned.changeScale,
        isRevision: memory.planned.dating == .fixing && point.publication == number
          && point.version > 1,
        neighbours: neighbours)
      judge(
        judged, watches: watches,
        context: JudgingContext(
          series: series, publishedChange: observation.publishedChange,
          headlines: reading.headlines, publication: number, isPublication: !stands, now: now),
        into: &decision)
    }
    judgeReaders(of: reading, from: name, neighbours, at: now, into: &decision)
  }

  /// What stands beside a series while a publication is judged; its other pairs only where a rule
  /// reads them.
  private func neighbours(with reading: SourceReading, of memory: SourceMemory) -> Neighbours {
    var neighbours = Neighbours(sources: sources)
    let name = memory.planned.name
    guard readsSiblings || readers[name] != nil else { return neighbours }
    var listed: [SeriesKey: (rate: Rate, scale: Int)] = [:]
    for observation in reading.observations {
      let key = SeriesKey(pair: observation.pair, side: observation.side)
      let scale = memory.series[key]?.scale ?? memory.planned.scale(of: key.pair)
      listed[key] = (observation.rate, max(scale, observation.rate.printed.scale))
    }
    neighbours.fresh = (name, listed)
    return neighbours
  }

  /// Asks the rules of other sources that read this one, about the pairs that are printed.
  private func judgeReaders(
    of reading: SourceReading, from name: SourceName, _ neighbours: Neighbours, at now: Timestamp,
    into decision: inout Decision
  ) {
    guard let rules = readers[name] else { return }
    let printed = Set(
      reading.observations.flatMap {
        [$0.pair, CurrencyPair(base: $0.pair.quote, quote: $0.pair.base)]
      })
    for other in plan.sources where other.name != name {
      let series = sources[other.name]?.series ?? [:]
      for (key, memory) in series.sorted(by: { $0.value.series < $1.value.series })
      where memory.isListed && printed.contains(key.pair) {
        let watches = memory.watches.filter { rules.contains($0.rule) }
        guard !watches.isEmpty, let view = inForce(memory.series, neighbours) else { continue }
        judge(
          view, watches: watches,
          context: JudgingContext(
            series: memory.series, publishedChange: memory.publishedChange, headlines: [],
            publication: sources[other.name]?.state.latestPublication ?? 0, isPublication: true,
            now: now),
          into: &decision)
      }
    }
  }

  /// 1 for a value date not seen before, one more where a known one gets another figure.
  private func version(
    of observation: Observation, _ valueDate: CalendarDay?, after known: SeriesMemory?
  ) -> Int {
    guard let latest = known?.latest, let valueDate, latest.valueDate == valueDate else { return 1 }
    return latest.rate == observation.rate ? latest.version : latest.version + 1
  }

  /// What the `change` of a figure that is about to be remembered is measured against.
  func previous(of record: ObservationRecord) -> SeriesPoint? {
    guard let source = sources[record.series.source],
      let known = source.series[SeriesKey(record.series)]
    else { return nil }
    return previous(of: record.point, in: known, source.planned.dating)
  }

  /// What `change` is measured against: the figure in force until now, or, where a fixing was
  /// revised, the figure of the value date before.
  private func previous(
    of point: SeriesPoint, in known: SeriesMemory, _ dating: PlannedSource.Dating
  ) -> SeriesPoint? {
    if dating == .fixing, let day = point.valueDate, known.latest.valueDate == day {
      return known.latest(before: day)
    }
    return known.latest
  }
}

/// How a reading differs from what is in force.
struct News {
  /// The places of the observations that differ: another figure, nominal, printed change or value
  /// date, a series never seen, or one that had vanished.
  var changed: [Int] = []

  /// The series that the page had and no longer has.
  var vanished: [Series] = []

  /// Whether the page still says the same.
  var isEmpty: Bool { changed.isEmpty && vanished.isEmpty }

  /// Compares a reading with the memory of its source.
  ///
  /// Cost: linear in both.
  init(of reading: SourceReading, against memory: Engine.SourceMemory) {
    var listed: Set<Engine.SeriesKey> = []
    for (index, observation) in reading.observations.enumerated() {
      let key = Engine.SeriesKey(pair: observation.pair, side: observation.side)
      listed.insert(key)
      guard let known = memory.series[key], known.isListed,
        known.latest.rate == observation.rate, known.latest.valueDate == reading.valueDate,
        known.publishedChange == observation.publishedChange
      else {
        changed.append(index)
        continue
      }
    }
    for (key, known) in memory.series where known.isListed && !listed.contains(key) {
      vanished.append(known.series)
    }
    vanished.sort()
  }
}
