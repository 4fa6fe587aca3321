/// A portion of a page that says something new, while it is taken in.
///
/// One reference for all its lines.
final class PublicationPortion: Sendable {
  let reading: SourceReading
  let memory: Engine.SourceMemory

  /// Each line beside what is known of its series.
  let news: ReadingDiff

  /// What guards hold against lines, by their places.
  let suspicions: [Int: Suspicion]

  /// What judgements of its lines have in common.
  let judged: JudgedPage

  /// The publication's number.
  let number: Int64

  /// When the publication was first seen.
  let firstSeen: Timestamp

  /// Whether it was found late.
  let isLate: Bool

  let now: Timestamp

  init(
    _ page: PublicationInProgress, suspicions: [Int: Suspicion], of memory: Engine.SourceMemory,
    judged: JudgedPage
  ) {
    reading = page.reading
    news = page.news
    number = page.publication.number
    firstSeen = page.publication.firstSeen
    isLate = page.isLate
    now = page.now
    self.suspicions = suspicions
    self.memory = memory
    self.judged = judged
  }

  var isFixing: Bool { memory.planned.dating == .fixing }
}

extension PublicationPortion {
  /// The series of a line.
  fileprivate func series(of line: Engine.JudgedLine) -> Series {
    Series(
      source: memory.planned.name, pair: reading.observations[line.index].pair,
      side: reading.observations[line.index].side)
  }
}

extension Engine {
  /// A publication seen for the first time: what is stored of it, what guards hold against it, and
  /// what the rules say of the rest; or what a crash left of one.
  func publish(
    _ reading: SourceReading, _ news: ReadingDiff, bodyHash: String, _ memory: SourceMemory,
    isLate: Bool, at now: Timestamp, into decision: inout Decision
  ) {
    let name = memory.planned.name
    let begun = memory.state.begun(reading, bodyHash: bodyHash)
    var state = decision.changeset.sources[name] ?? memory.state
    state.unfinished = nil
    if begun == nil { state.latestPublication += 1 }
    let firstSeen = begun?.firstSeen ?? now
    decision.remarks.append(
      .published(
        name, number: state.latestPublication, changed: news.changed,
        of: reading.observations.count))
    decision.changeset.observations.reserveCapacity(news.changed)
    let page = PublicationInProgress(
      publication: Publication(
        number: state.latestPublication, source: name, valueDate: reading.valueDate,
        firstSeen: firstSeen, lastSeen: firstSeen, bodyHash: bodyHash,
        headlines: reading.headlines),
      reading: reading, news: news, now: now, isLate: isLate,
      endsFetch: decision.endedFetch != nil, state: state, lines: begun?.lines ?? 0,
      trusted: begun?.lines ?? 0)
    take(
      page, of: memory, suspicions: suspicions(on: reading, news, memory, at: now),
      into: &decision)
  }

  /// The next portion of a page that is taken in by portions; nothing where there is none.
  func continued(_ name: SourceName) -> Decision {
    var decision = Decision()
    guard let memory = sources[name], let page = memory.page else { return decision }
    take(page, of: memory, suspicions: [:], into: &decision)
    return decision
  }

  /// Takes in a page from where it was left, to its end, or until enough is to be told.
  ///
  /// What guards hold against a page is said of all of it at once, so such a page is taken in whole.
  private func take(
    _ unfinished: PublicationInProgress, of memory: SourceMemory, suspicions: [Int: Suspicion],
    into decision: inout Decision
  ) {
    let name = memory.planned.name
    let (reading, now) = (unfinished.reading, unfinished.now)
    // What is suspect is not there for rules that read other lines.
    let trusted = suspicions.isEmpty ? reading : reading.without(Set(suspicions.keys))
    let page = PublicationPortion(
      unfinished, suspicions: suspicions, of: memory,
      judged: JudgedPage(
        of: memory.planned, beside: neighbours(with: trusted, of: memory),
        PublicationTracker(memory.planned, published: now, looked: now, zones: zones)))
    decision.changeset.publication = unfinished.publication
    decision.changeset.sources[name] = unfinished.state
    var findings = GuardFindings()
    let (reachedTime, reachedNumber) = reach.start(from: now, number: page.number)
    findings.trusted = unfinished.trusted
    for index in unfinished.lines..<reading.observations.count {
      if suspicions.isEmpty, decision.changeset.events.count >= eventsAtOnce {
        return leave(
          unfinished, at: index, trusted: findings.trusted, of: memory, into: &decision)
      }
      memory.series.all.bringNear(after: index, about: reachedTime, reachedNumber)
      take(index, of: page, findings: &findings, into: &decision)
    }
    if memory.page != nil { decision.pages = [name: nil] }
    if unfinished.endsFetch { decision.endedFetch = name }
    decision.changeset.vanished = unfinished.news.vanished
    if findings.trusted > 0 || reading.observations.isEmpty {
      decision.changeset.sources[name]?.latestFirstSeen = unfinished.publication.firstSeen
      decision.changeset.sources[name]?.latestValueDate = reading.valueDate
      noteFresh(memory, at: now, into: &decision)
    }
    judgeReaders(of: trusted, from: page, into: &decision)
    findings.suspended = unfinished.news.vanished.filter {
      !isRetired($0.pair, reading, at: now)
    }
    tell(of: findings, on: name, at: now, into: &decision)
  }

  /// Leaves the lines of a page from an index on for later.
  private func leave(
    _ page: PublicationInProgress, at index: Int, trusted: Int, of memory: SourceMemory,
    into decision: inout Decision
  ) {
    let name = memory.planned.name
    var page = page
    (page.lines, page.trusted) = (index, trusted)
    decision.changeset.sources[name] = page.interimState(after: memory.state)
    decision.pages = [name: page]
    decision.endedFetch = nil
  }

  /// Takes in one line: suspect, it is stored and said; trusted, it is stored and judged.
  private func take(
    _ index: Int, of page: PublicationPortion, findings: inout GuardFindings,
    into decision: inout Decision
  ) {
    let rate = page.reading.observations[index].rate
    let (place, isNews) = (page.news.lines[index].place, page.news.lines[index].isNews)
    let latest = place.map { page.memory.series.all[$0].latest }
    let scale =
      place.map { page.memory.series.all[$0].scale }
      ?? page.memory.planned.scale(of: page.reading.observations[index].pair)
    let fresh = SeriesPoint(
      rate: rate, valueDate: page.reading.valueDate, firstSeen: page.firstSeen,
      publication: page.number, version: version(of: rate, page.reading.valueDate, latest))
    var line = JudgedLine(
      index: index, point: fresh, place: place, scale: max(scale, rate.printed.scale))
    if let suspicion = page.suspicions[index] {
      line.isSuspect = true
      take(
        line, because: suspicion, after: latest?.rate, scale: scale, isNews: isNews, page,
        findings: &findings, into: &decision)
      return
    }
    let isHeld =
      !page.memory.suspects.isEmpty
      && page.memory.held(SeriesKey(page.series(of: line)), at: place) != nil
    // A fixing that is held and only stands there still is neither confirmed nor cleared.
    if isHeld, !isNews, page.isFixing, page.reading.valueDate != nil { return }
    if isNews || isHeld {
      let series = page.series(of: line)
      if isHeld, let held = page.memory.suspects[SeriesKey(series)] {
        decision.remarks.append(held.settled(by: fresh, of: series))
      }
      decision.changeset.observations.append(
        ObservationRecord(
          series: series, point: fresh,
          publishedChange: page.reading.observations[index].publishedChange, scale: line.scale))
    } else if let latest {
      line.point = latest
    }
    findings.trusted += 1
    // A fixing that stands unchanged in a page revised elsewhere is no publication of its own: only
    // rules that read the other pairs are asked, and those that ask how old it is, as the clock would
    // ask them.
    line.stands =
      page.isFixing && page.reading.valueDate != nil
      && latest?.valueDate == page.reading.valueDate && latest?.rate == rate
    judge(line, page, into: &decision)
  }

  /// Takes in a suspect line.
  private func take(
    _ line: JudgedLine, because suspicion: Suspicion, after last: Rate?, scale: Int, isNews: Bool,
    _ page: PublicationPortion, findings: inout GuardFindings, into decision: inout Decision
  ) {
    let series = page.series(of: line)
    let suspect = ObservationRecord(
      series: series, point: line.point,
      publishedChange: page.reading.observations[line.index].publishedChange, scale: scale,
      suspicion: suspicion)
    if isNews {
      decision.changeset.observations.append(suspect)
      judge(line, page, into: &decision)
    }
    let key = SeriesKey(series)
    let isHeld = page.memory.held(key, at: line.place) != nil
    if page.memory.suspects[key]?.covers(suspicion, line.point.rate, isHeld: isHeld) != true {
      findings.suspects.append((suspect, last))
    }
  }

  /// One line of a page that rules are asked about.
  fileprivate struct JudgedLine {
    /// Its place on the page.
    let index: Int

    var point: SeriesPoint

    /// The place of its series; nil for one that was never trusted.
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
  private func judge(_ line: JudgedLine, _ page: PublicationPortion, into decision: inout Decision)
  {
    let isRevision =
      page.isFixing && !line.isSuspect && line.point.publication == page.number
      && line.point.version > 1
    var rules = rules(toAsk: line, isRevision: isRevision, page)
    guard !rules.isEmpty else { return }
    let table =
      line.place == nil
      ? [
        SeriesMemory(
          series: page.series(of: line), points: [line.point], scale: line.scale,
          publishedChange: nil, isListed: true, keeping: keeping, rules: [], watching: [])
      ] : page.memory.series.all
    let view = JudgedSeries(
      table: table, place: line.place ?? 0, current: line.point,
      previous: line.place.flatMap { previous(of: line.point, at: $0, in: page.memory) },
      scale: line.scale, lastPublished: page.now, publication: page.number,
      publishedChange: page.reading.observations[line.index].publishedChange,
      isRevision: isRevision,
      isSuspect: line.isSuspect, page: page.judged)
    let context = JudgingContext(
      headlines: page.reading.headlines, publication: page.number, isPublication: !line.stands,
      isLate: page.isLate, now: page.now)
    if isRevision { rules = correct(view, rules: rules, context: context, into: &decision) }
    let fired = decision.changeset.fired.count
    judge(view, rules: rules, context: context, into: &decision)
    if page.isFixing, !line.isSuspect, decision.changeset.fired.count > fired {
      noteWhatAlertsRestOn(firedAfter: fired, at: line.point, into: &decision)
    }
  }

  /// The rules to ask about a line, by their places in the plan.
  private func rules(toAsk line: JudgedLine, isRevision: Bool, _ page: PublicationPortion) -> [Int]
  {
    guard let place = line.place else {
      return narrowed(index.rules(watching: page.series(of: line)), to: line)
    }
    let table = page.memory.series.all
    // A revision is told where nothing fires, too.
    if isRevision || line.stands || line.isSuspect {
      return narrowed(table[place].watches.rules, to: line)
    }
    return table[place].watches.askedInCalm(at: line.point.rate)
      ?? table[place].watches.asked(from: table[place].latest.rate, to: line.point.rate)
  }

  /// Those of the rules that are asked about lines of its kind.
  private func narrowed(_ rules: [Int], to line: JudgedLine) -> [Int] {
    var rules = rules
    if line.stands {
      rules = asksOfStanding ? rules.filter { plan.rules[$0].isEvaluatedWhenUnchanged } : []
    }
    if line.isSuspect { rules = rules.filter { plan.rules[$0].evaluatesSuspects } }
    return rules
  }

  /// What `change` is measured against for the series at a place.
  private func previous(
    of point: SeriesPoint, at place: Int, in source: SourceMemory
  ) -> SeriesPoint? {
    // Looked at in place: a revision is rare.
    let latest = source.series.all[place].latest
    guard source.planned.dating == .fixing, latest.valueDate == point.valueDate else {
      return latest
    }
    return previous(of: point, in: source.series.all[place], source.planned.dating)
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
    of reading: SourceReading, from page: PublicationPortion, into decision: inout Decision
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
        guard !rules.isEmpty, let view = inForce(memory.series, page.judged.neighbours)
        else { continue }
        judge(
          view, rules: rules,
          context: JudgingContext(
            headlines: [], publication: sources[other.name]?.state.latestPublication ?? 0,
            isPublication: true,
            isLate: page.isLate, now: page.now),
          into: &decision)
      }
    }
  }

  /// 1 for a value date not seen before, one more where a known one gets another figure.
  private func version(
    of rate: Rate, _ valueDate: CalendarDay?, _ latest: SeriesPoint?
  ) -> Int {
    guard let latest, let valueDate, latest.valueDate == valueDate else { return 1 }
    return latest.rate == rate ? latest.version : latest.version + 1
  }

  /// Gives the figures that are about to be remembered to `note`, with the places of their series and
  /// what their `change` is measured against; not those that are suspect or the first of a series.
  func forEachMove(
    of records: [ObservationRecord], at name: SourceName,
    _ note: (_ place: Int, ObservationRecord, _ from: SeriesPoint) -> Void
  ) {
    guard let source = sources[name] else { return }
    var expected = 0
    for record in records where record.suspicion == nil {
      guard let place = source.series.place(of: SeriesKey(record.series), expected: expected)
      else { continue }
      expected = place + 1
      if let from = previous(of: record.point, at: place, in: source) { note(place, record, from) }
    }
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
