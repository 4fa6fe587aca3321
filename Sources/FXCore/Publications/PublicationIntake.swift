/// Takes in publications: stores their observations, holds back what guards suspect, and has rules
/// evaluated on every line.
///
/// Owns the publications that are taken in by portions.
package struct PublicationIntake: Sendable {
  /// The number of events after which a portion ends.
  private let eventsPerPortion: Int

  /// The unfinished publications of sources.
  package private(set) var inProgress: [SourceName: PublicationInProgress] = [:]

  /// An intake that ends a portion after so many events.
  package init(eventsPerPortion: Int) { self.eventsPerPortion = eventsPerPortion }

  /// Begins a new publication, or continues one that a crash interrupted.
  func begin(
    _ reading: FetchedReading, of source: TrackedSource, in decision: DecisionBuilder
  ) -> PublicationInProgress {
    let begun = source.state.begun(reading.reading, bodyHash: reading.bodyHash)
    var state = decision.changeset.sources[source.name] ?? source.state
    state.unfinished = nil
    if begun == nil { state.latestPublication += 1 }
    let firstSeen = begun?.firstSeen ?? decision.now
    decision.log(
      .published(
        source.name, number: state.latestPublication, changed: reading.diff.changed,
        of: reading.reading.observations.count))
    return PublicationInProgress(
      publication: Publication(
        number: state.latestPublication, source: source.name,
        valueDate: reading.reading.valueDate, firstSeen: firstSeen, lastSeen: firstSeen,
        bodyHash: reading.bodyHash, headlines: reading.reading.headlines),
      reading: reading.reading, diff: reading.diff, now: decision.now, isLate: reading.isLate,
      endsFetch: decision.endsFetch, state: state, lines: begun?.lines ?? 0,
      trusted: begun?.lines ?? 0)
  }

  /// Takes in a publication from where it was left, to its end or until enough events are decided.
  ///
  /// Returns the findings of guards, or nil where lines are left. Guards report on a whole publication,
  /// so one with suspicions is taken in at once.
  func takeIn(
    _ publication: PublicationInProgress, _ portion: PublicationPortion, lookback: Lookback,
    in decision: DecisionBuilder, _ evaluator: some LineEvaluator
  ) -> GuardFindings? {
    decision.changeset.publication = publication.publication
    var result = LineResult()
    result.findings.trusted = publication.trusted
    result.observations.reserveCapacity(publication.diff.changed)
    defer { decision.changeset.observations = result.observations }
    let (time, number) = lookback.start(from: publication.now, number: portion.number)
    let series = portion.known.table.all
    for position in publication.lines..<portion.reading.observations.count {
      if portion.suspicions.isEmpty, decision.eventCount >= eventsPerPortion {
        leave(
          publication, at: position, trusted: result.findings.trusted, portion, in: decision)
        return nil
      }
      series.prefetch(after: position, about: time, number)
      takeInLine(position, of: portion, &result, in: decision, evaluator)
    }
    return result.findings
  }

  /// Completes a publication: sets the final state of its source.
  ///
  /// Returns false where every line is suspect, so that the source has published nothing to rely on.
  func complete(
    _ publication: PublicationInProgress, _ findings: GuardFindings, in decision: DecisionBuilder
  ) -> Bool {
    let name = publication.publication.source
    if inProgress[name] != nil { decision.setPublication(nil, of: name) }
    if publication.endsFetch { decision.setEndedFetch(name) }
    decision.changeset.vanished = publication.diff.vanished
    let isPublished = findings.trusted > 0 || publication.reading.observations.isEmpty
    var state = publication.state
    state.history = publication.history
    if isPublished {
      state.latestFirstSeen = publication.publication.firstSeen
      state.latestValueDate = publication.reading.valueDate
    }
    decision.changeset.sources[name] = state
    return isPublished
  }

  /// Leaves the lines of a publication from a position on for the next portion.
  private func leave(
    _ publication: PublicationInProgress, at position: Int, trusted: Int,
    _ portion: PublicationPortion, in decision: DecisionBuilder
  ) {
    let name = portion.known.source.name
    var publication = publication
    (publication.lines, publication.trusted) = (position, trusted)
    decision.changeset.sources[name] = publication.interimState(after: portion.previousState)
    decision.setPublication(publication, of: name)
    decision.setEndedFetch(nil)
  }

  // MARK: Lines

  /// The result of the lines that are taken in.
  ///
  /// The observations are collected here and not in the decision, because access through a reference
  /// costs more for every line.
  private struct LineResult {
    var findings = GuardFindings()
    var observations: [ObservationRecord] = []
  }

  /// Takes in one line: a suspect one is stored and reported, a trusted one stored and evaluated.
  private func takeInLine(
    _ position: Int, of portion: PublicationPortion, _ result: inout LineResult,
    in decision: DecisionBuilder, _ evaluator: some LineEvaluator
  ) {
    let rate = portion.reading.observations[position].rate
    let (index, isChanged) = (
      portion.diff.lines[position].index, portion.diff.lines[position].isChanged
    )
    let latest = index.map { portion.known.table.all[$0].latest }
    let scale = max(portion.knownScale(at: position), rate.printed.scale)
    let new = SeriesPoint(
      rate: rate, valueDate: portion.reading.valueDate, firstSeen: portion.firstSeen,
      publication: portion.number, version: version(of: rate, portion.reading.valueDate, latest))
    if !portion.suspicions.isEmpty, let suspicion = portion.suspicions[position] {
      let line = PublicationLine(
        position: position, point: new, index: index, scale: scale, isSuspect: true)
      hold(line, suspicion, portion, &result)
      if isChanged { evaluator.evaluate(line, in: decision) }
      return
    }
    let isPending =
      !portion.known.suspects.isEmpty
      && portion.known.pendingSuspect(SeriesKey(portion.series(at: position)), at: index) != nil
    // A fixing that is pending and only repeated is neither confirmed nor cleared.
    if isPending, !isChanged, portion.isDatedFixing { return }
    let isStored = isChanged || isPending
    // A fixing that is repeated while others of its publication are revised is not a publication of its
    // own: only rules that read other pairs, or the clock, are evaluated.
    let line = PublicationLine(
      position: position, point: isStored ? new : latest ?? new, index: index, scale: scale,
      repeatsFixing: portion.isDatedFixing && latest?.valueDate == portion.reading.valueDate
        && latest?.rate == rate)
    if isPending { logCleared(line, portion, in: decision) }
    if isStored {
      result.observations.append(
        ObservationRecord(
          series: portion.series(at: position), point: new,
          publishedChange: portion.reading.observations[position].publishedChange, scale: scale))
    }
    result.findings.trusted += 1
    evaluator.evaluate(line, in: decision)
  }

  /// Logs that a trusted line follows a suspect point of its series.
  private func logCleared(
    _ line: PublicationLine, _ portion: PublicationPortion, in decision: DecisionBuilder
  ) {
    let series = portion.series(at: line.position)
    if let suspect = portion.known.suspects[SeriesKey(series)] {
      decision.log(suspect.cleared(by: line.point, of: series))
    }
  }

  /// Stores the point of a suspect line where it is new, and adds it to the findings where it was not
  /// reported before.
  private func hold(
    _ line: PublicationLine, _ suspicion: Suspicion, _ portion: PublicationPortion,
    _ result: inout LineResult
  ) {
    let series = portion.series(at: line.position)
    let record = ObservationRecord(
      series: series, point: line.point,
      publishedChange: portion.reading.observations[line.position].publishedChange,
      scale: portion.knownScale(at: line.position), suspicion: suspicion)
    if portion.diff.lines[line.position].isChanged {
      result.observations.append(record)
    }
    let key = SeriesKey(series)
    let isPending = portion.known.pendingSuspect(key, at: line.index) != nil
    if portion.known.suspects[key]?.covers(suspicion, line.point.rate, isPending: isPending) != true
    {
      let last = line.index.map { portion.known.table.all[$0].latest.rate }
      result.findings.suspects.append((record, last))
    }
  }

  /// Returns 1 for the first rate of a value date, and one more for each other rate of it.
  private func version(
    of rate: Rate, _ valueDate: CalendarDay?, _ latest: SeriesPoint?
  ) -> Int {
    guard let latest, let valueDate, latest.valueDate == valueDate else { return 1 }
    return latest.rate == rate ? latest.version : latest.version + 1
  }

  // MARK: Committed changes

  /// Absorbs the committed changes of unfinished publications.
  package mutating func absorb(_ decision: Decision) {
    for (name, publication) in decision.publications { inProgress[name] = publication }
  }

  /// Moves every due time with the wall clock.
  mutating func shift(by step: Duration) {
    for name in Array(inProgress.keys) {
      if let due = inProgress[name]?.state.due { inProgress[name]?.state.due = due + step }
    }
  }
}
