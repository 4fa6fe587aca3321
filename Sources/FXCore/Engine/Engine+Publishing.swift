/// A page that says something new, while it is taken in.
struct NewPage {
  let reading: SourceReading
  let memory: Engine.SourceMemory

  /// Each line beside what is known of its series.
  let news: News

  /// What guards hold against lines, by their places.
  let suspicions: [Int: Suspicion]

  /// What stands beside a line that is judged.
  let neighbours: Neighbours

  /// The publication's number.
  let number: Int64

  /// Whether it was found late.
  let isLate: Bool

  let now: Timestamp

  var isFixing: Bool { memory.planned.dating == .fixing }
}

extension Engine {
  /// A publication seen for the first time: what is stored of it, what guards hold against it, and
  /// what the rules say of the rest.
  func publish(
    _ reading: SourceReading, _ news: News, bodyHash: String, _ memory: SourceMemory,
    isLate: Bool, at now: Timestamp, into decision: inout Decision
  ) {
    let name = memory.planned.name
    let number = memory.state.latestPublication + 1
    let suspicions = suspicions(on: reading, news, memory, at: now)
    // What is suspect is not there for rules that read other lines.
    let trusted = suspicions.isEmpty ? reading : reading.without(Set(suspicions.keys))
    let page = NewPage(
      reading: reading, memory: memory, news: news, suspicions: suspicions,
      neighbours: neighbours(with: trusted, of: memory), number: number, isLate: isLate,
      now: now)
    decision.changeset.publication = Publication(
      number: number, source: name, valueDate: reading.valueDate, firstSeen: now,
      lastSeen: now, bodyHash: bodyHash, headlines: reading.headlines)
    decision.changeset.sources[name]?.latestPublication = number
    decision.changeset.vanished = news.vanished
    decision.remarks.append(
      .published(
        name, number: number, changed: news.changed, of: reading.observations.count))
    decision.changeset.observations.reserveCapacity(news.changed)
    var findings = GuardFindings()
    for index in reading.observations.indices {
      take(index, of: page, findings: &findings, into: &decision)
    }
    if findings.trusted > 0 || reading.observations.isEmpty {
      decision.changeset.sources[name]?.latestFirstSeen = now
      decision.changeset.sources[name]?.latestValueDate = reading.valueDate
      noteFresh(memory, at: now, into: &decision)
    }
    judgeReaders(of: trusted, from: page, into: &decision)
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
    let (place, isNews) = (page.news.lines[index].place, page.news.lines[index].isNews)
    let table = page.memory.series
    let latest = place.map { table.all[$0].latest }
    let held = page.memory.held(key, at: place)
    let scale = place.map { table.all[$0].scale } ?? page.memory.planned.scale(of: key.pair)
    let fresh = SeriesPoint(
      rate: observation.rate, valueDate: page.reading.valueDate, firstSeen: page.now,
      publication: page.number, version: version(of: observation, page.reading.valueDate, latest))
    var line = JudgedLine(
      observation: observation, point: fresh, place: place,
      scale: max(scale, observation.rate.printed.scale))
    if let suspicion = page.suspicions[index] {
      let suspect = ObservationRecord(
        series: series, point: fresh, publishedChange: observation.publishedChange, scale: scale,
        suspicion: suspicion)
      if isNews {
        decision.changeset.observations.append(suspect)
        line.isSuspect = true
        judge(line, of: series, page, into: &decision)
      }
      let isKnown = page.memory.suspects[key]?.covers(
        suspicion, observation.rate, isHeld: held != nil)
      if isKnown != true { findings.suspects.append((suspect, latest?.rate)) }
      return
    }
    // A fixing that is held and only stands there still is neither confirmed nor cleared.
    if held != nil, !isNews, page.isFixing, page.reading.valueDate != nil { return }
    if isNews || held != nil {
      if let held { decision.remarks.append(held.settled(by: fresh, of: series)) }
      decision.changeset.observations.append(
        ObservationRecord(
          series: series, point: fresh, publishedChange: observation.publishedChange,
          scale: line.scale))
    } else if let latest {
      line.point = latest
    }
    findings.trusted += 1
    // A fixing that stands unchanged in a page revised elsewhere is no publication of its own: only
    // rules that read the other pairs are asked, and those that ask how old it is, as the clock would
    // ask them.
    line.stands =
      page.isFixing && page.reading.valueDate != nil
      && latest?.valueDate == page.reading.valueDate && latest?.rate == observation.rate
    judge(line, of: series, page, into: &decision)
  }

  /// One line of a page that rules are asked about.
  private struct JudgedLine {
    let observation: Observation
    var point: SeriesPoint
    let place: Int?
    let scale: Int
    var isSuspect = false
    var stands = false
  }

  /// Asks the rules about one line: those that tell of suspects about a suspect one, all about any
  /// other.
  ///
  /// Where it revises a figure that alerts rest on, those are corrected rather than fired
  /// again.
  private func judge(
    _ line: JudgedLine, of series: Series, _ page: NewPage, into decision: inout Decision
  ) {
    let table = page.memory.series
    let planned = page.memory.planned
    let isRevision =
      page.isFixing && !line.isSuspect && line.point.publication == page.number
      && line.point.version > 1
    var rules: [Int]
    if let place = line.place {
      // A revision is told where nothing fires, too.
      rules =
        isRevision || line.stands || line.isSuspect
        ? table.all[place].watches.rules
        : table.all[place].watches.asked(
          from: table.all[place].latest.rate, to: line.point.rate)
    } else {
      rules = index.rules(watching: series)
    }
    if line.stands {
      rules = asksOfStanding ? rules.filter { plan.rules[$0].isAskedOfStanding } : []
    }
    if line.isSuspect { rules = rules.filter { plan.rules[$0].tellsOfSuspects } }
    guard !rules.isEmpty else { return }
    let judged =
      line.place == nil
      ? SeriesTable([
        SeriesMemory(
          series: series, points: [line.point], scale: line.scale, publishedChange: nil,
          isListed: true, keeping: keeping, rules: [], watching: [])
      ]) : table
    let view = JudgedSeries(
      table: judged, place: line.place ?? 0,
      current: line.point,
      previous: line.place.flatMap {
        previous(of: line.point, in: table.all[$0], planned.dating)
      },
      scale: line.scale, lastPublished: page.now, publication: page.number,
      publishedChange: line.observation.publishedChange, changeScale: planned.changeScale,
      isRevision: isRevision, neighbours: page.neighbours, isSuspect: line.isSuspect,
      punctuality: Punctuality(planned, published: page.now, looked: page.now, zones: zones))
    let context = JudgingContext(
      series: series, publishedChange: line.observation.publishedChange,
      headlines: page.reading.headlines, publication: page.number, isPublication: !line.stands,
      isLate: page.isLate, now: page.now)
    if isRevision { rules = correct(view, rules: rules, context: context, into: &decision) }
    let fired = decision.changeset.fired.count
    judge(view, rules: rules, context: context, into: &decision)
    if page.isFixing, !line.isSuspect {
      noteWhatAlertsRestOn(firedAfter: fired, at: line.point, into: &decision)
    }
  }

  /// What stands beside a series while a publication is judged; its other pairs only where a rule
  /// reads them.
  private func neighbours(with reading: SourceReading, of memory: SourceMemory) -> Neighbours {
    var neighbours = Neighbours(sources: sources)
    let name = memory.planned.name
    guard readsSiblings || readers[name] != nil else { return neighbours }
    var listed: [SeriesKey: (rate: Rate, scale: Int)] = [:]
    listed.reserveCapacity(reading.observations.count)
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
    of reading: SourceReading, from page: NewPage, into decision: inout Decision
  ) {
    let name = page.memory.planned.name
    guard let rules = readers[name] else { return }
    let printed = Set(
      reading.observations.flatMap {
        [$0.pair, CurrencyPair(base: $0.pair.quote, quote: $0.pair.base)]
      })
    for other in plan.sources where other.name != name {
      let read = (sources[other.name]?.series.all ?? []).filter {
        $0.isListed && printed.contains($0.series.pair)
      }
      for memory in read.sorted(by: { $0.key < $1.key }) {
        let rules = memory.watches.rules.filter { rules.contains($0) }
        guard !rules.isEmpty, let view = inForce(memory.series, page.neighbours)
        else { continue }
        judge(
          view, rules: rules,
          context: JudgingContext(
            series: memory.series, publishedChange: memory.publishedChange, headlines: [],
            publication: sources[other.name]?.state.latestPublication ?? 0, isPublication: true,
            isLate: page.isLate, now: page.now),
          into: &decision)
      }
    }
  }

  /// 1 for a value date not seen before, one more where a known one gets another figure.
  private func version(
    of observation: Observation, _ valueDate: CalendarDay?, _ latest: SeriesPoint?
  ) -> Int {
    guard let latest, let valueDate, latest.valueDate == valueDate else { return 1 }
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
  /// revised, the figure of the value date before, if any is known.
  func previous(
    of point: SeriesPoint, in known: SeriesMemory, _ dating: PlannedSource.Dating
  ) -> SeriesPoint? {
    guard dating == .fixing, let day = point.valueDate, known.latest.valueDate == day else {
      return known.latest
    }
    return known.latest(before: day) ?? known.latest
  }
}
