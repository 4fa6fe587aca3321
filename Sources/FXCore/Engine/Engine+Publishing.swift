/// A page that says something new, while it is taken in.
struct NewPage {
  let reading: SourceReading
  let memory: Engine.SourceMemory

  /// The places of the observations that differ from what was printed last.
  let changed: Set<Int>

  /// The same lines as guards look at them.
  let guarded: GuardedPage

  /// The publication's number.
  let number: Int64

  let now: Timestamp

  var isFixing: Bool { memory.planned.dating == .fixing }
}

extension Engine {
  /// A publication seen for the first time: what is stored of it, what guards hold against it, and
  /// what the rules say of the rest.
  func publish(
    _ reading: SourceReading, _ news: News, bodyHash: String, _ memory: SourceMemory,
    at now: Timestamp, into decision: inout Decision
  ) {
    let name = memory.planned.name
    let page = NewPage(
      reading: reading, memory: memory, changed: Set(news.changed),
      guarded: guardedPage(reading, memory, at: now), number: memory.state.latestPublication + 1,
      now: now)
    decision.changeset.publication = Publication(
      number: page.number, source: name, valueDate: reading.valueDate, firstSeen: now,
      lastSeen: now, bodyHash: bodyHash, headlines: reading.headlines)
    decision.changeset.sources[name]?.latestPublication = page.number
    decision.changeset.vanished = news.vanished
    decision.remarks.append(
      .published(
        name, number: page.number, changed: news.changed.count, of: reading.observations.count))
    var findings = GuardFindings()
    for index in reading.observations.indices {
      take(index, of: page, findings: &findings, into: &decision)
    }
    if findings.trusted > 0 || reading.observations.isEmpty {
      decision.changeset.sources[name]?.latestFirstSeen = now
      decision.changeset.sources[name]?.latestValueDate = reading.valueDate
      noteFresh(memory, at: now, into: &decision)
    }
    findings.suspended = news.vanished.filter { !isRetired($0.pair, reading, at: now) }
    tell(of: findings, on: name, at: now, into: &decision)
  }

  /// Takes in one line: suspect, it is stored and said; trusted, it is stored and judged.
  private func take(
    _ index: Int, of page: NewPage, findings: inout GuardFindings, into decision: inout Decision
  ) {
    let observation = page.reading.observations[index]
    let key = SeriesKey(pair: observation.pair, side: observation.side)
    let series = Series(
      source: page.memory.planned.name, pair: observation.pair, side: observation.side)
    let known = page.memory.series[key]
    let held = page.memory.held(key)
    let isNews = page.changed.contains(index)
    // A fixing that stands unchanged in a page revised elsewhere is no publication of its own.
    if !isNews, page.isFixing, page.reading.valueDate != nil {
      if held == nil { findings.trusted += 1 }
      return
    }
    let scale = known?.scale ?? page.memory.planned.scale(of: key.pair)
    func record(
      _ point: SeriesPoint, scale: Int, _ suspicion: Suspicion? = nil
    ) -> ObservationRecord {
      ObservationRecord(
        series: series, point: point, publishedChange: observation.publishedChange, scale: scale,
        suspicion: suspicion)
    }
    var point = SeriesPoint(
      rate: observation.rate, valueDate: page.reading.valueDate, firstSeen: page.now,
      publication: page.number, version: version(of: observation, page.reading.valueDate, known))
    let finest = max(scale, observation.rate.printed.scale)
    if isNews || held != nil {
      let line = page.guarded.lines[index]
      if let suspicion = GuardCatalog.suspicion(of: line, on: page.guarded, held: held) {
        let suspect = record(point, scale: scale, suspicion)
        if isNews { decision.changeset.observations.append(suspect) }
        let isKnown = page.memory.suspects[key]?.covers(suspicion, line, isHeld: held != nil)
        if isKnown != true { findings.suspects.append((suspect, known?.latest.rate)) }
        return
      }
      if let held { decision.remarks.append(held.settled(by: point, of: series)) }
      decision.changeset.observations.append(record(point, scale: finest))
    } else if let latest = known?.latest {
      point = latest
    }
    findings.trusted += 1
    if let latest = known?.latest, page.isFixing, latest.valueDate != nil,
      latest.valueDate == page.reading.valueDate, latest.rate == observation.rate
    {
      return
    }
    judge(point, observation, known, scale: finest, page, into: &decision)
  }

  /// Asks the rules about one trusted figure; where it revises one that alerts rest on, those are
  /// corrected rather than fired again.
  private func judge(
    _ point: SeriesPoint, _ observation: Observation, _ known: SeriesMemory?, scale: Int,
    _ page: NewPage, into decision: inout Decision
  ) {
    let series = Series(
      source: page.memory.planned.name, pair: observation.pair, side: observation.side)
    let view = JudgedSeries(
      memory: known
        ?? SeriesMemory(
          series: series, points: [point], scale: scale, publishedChange: nil, isListed: true),
      current: point,
      previous: known.flatMap { previous(of: point, in: $0, page.memory.planned.dating) },
      scale: scale, lastPublished: page.now, isRevision: page.isFixing && point.version > 1)
    let context = JudgingContext(
      series: series, publishedChange: observation.publishedChange,
      headlines: page.reading.headlines, isPublication: true, now: page.now)
    var watches = known?.watches ?? watches(of: series)
    if view.isRevision {
      watches = correct(view, watches: watches, context: context, into: &decision)
    }
    let fired = decision.changeset.fired.count
    judge(view, watches: watches, context: context, into: &decision)
    if page.isFixing { noteWhatAlertsRestOn(firedAfter: fired, at: point, into: &decision) }
  }

  /// 1 for a value date not seen before, one more where a known one gets another figure.
  private func version(
    of observation: Observation, _ valueDate: CalendarDay?, _ known: SeriesMemory?
  ) -> Int {
    guard let latest = known?.latest, let valueDate, latest.valueDate == valueDate else { return 1 }
    return latest.rate == observation.rate ? latest.version : latest.version + 1
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
