/// Decides on the outcome of a fetch: the way of a reading through sources, publications and alerts.
///
/// Made for one decision from the components of the engine.
package struct FetchHandler {
  let views: SeriesViews
  let intake: PublicationIntake
  let ruleIndex: RuleIndex
  let alerts: AlertEvaluator
  let corrections: AlertCorrections

  /// A handler for one decision.
  package init(
    views: SeriesViews, intake: PublicationIntake, ruleIndex: RuleIndex, alerts: AlertTracker,
    corrections: AlertCorrections
  ) {
    self.views = views
    self.intake = intake
    self.ruleIndex = ruleIndex
    self.alerts = alerts.evaluator
    self.corrections = corrections
  }

  private var sources: SourceTracker { views.sources }

  /// Decides on an outcome.
  package func handle(
    _ outcome: FetchOutcome, of source: TrackedSource, in decision: DecisionBuilder
  ) {
    switch outcome {
    case .unreachable(let reason):
      sources.recordFailure(
        FetchFailure(reason: reason, isUnreachable: true), of: source, in: decision)
    case .failed(let reason, let retryAfter):
      sources.recordFailure(
        FetchFailure(reason: reason, retryAfter: retryAfter), of: source, in: decision)
    case .unchanged:
      sources.recordSuccess(of: source, validators: source.state.validators, in: decision)
      handleUnchanged(source, in: decision)
    case .readEarlier(let reading, let bodyHash):
      handleEarlier(reading, bodyHash: bodyHash, of: source, in: decision)
    case .read(let reading, let bodyHash, let validators):
      if let reason = reading.onlyRetired(on: reading.valueDate ?? decision.now.day) {
        return sources.recordFailure(FetchFailure(reason: reason), of: source, in: decision)
      }
      let lastModified = validators?.lastModified.flatMap { Timestamp(httpDate: $0) }
      if source.editions.isOldCopy(
        bodyHash, lastModified: lastModified, isFixing: source.printsFixing(reading),
        at: decision.now)
      {
        sources.recordSuccess(of: source, validators: nil, in: decision)
        return OldCopyReport(source: source).report(in: decision)
      }
      sources.recordSuccess(of: source, validators: validators, in: decision)
      handle(
        reading, lastModified: lastModified, bodyHash: bodyHash, of: source, in: decision)
    }
  }

  /// Decides on a poll that found nothing new.
  private func handleUnchanged(_ source: TrackedSource, in decision: DecisionBuilder) {
    guard source.state.latestPublication > 0 else { return }
    sources.recordUnchanged(source, in: decision)
    if sources.revealsMissing(source, at: decision.now),
      let known = views.tables.bySource[source.name]
    {
      alerts.evaluateClockRules(of: known, in: decision)
    }
  }

  /// Decides on a day before the newest of a body; days that are known are skipped.
  private func handleEarlier(
    _ reading: SourceReading, bodyHash: String, of source: TrackedSource,
    in decision: DecisionBuilder
  ) {
    decision.setEndedFetch(nil)
    guard let day = reading.valueDate, let newest = source.state.latestValueDate, day > newest,
      let known = views.tables.bySource[source.name]
    else { return }
    decision.changeset.sources[source.name] = source.state
    let reading = admitted(reading, of: source, known, in: decision)
    publish(
      FetchedReading(
        reading: reading, diff: ReadingDiff(of: reading, against: known), bodyHash: bodyHash,
        isLate: true),
      of: source, known, in: decision)
  }

  /// Decides on a reading.
  private func handle(
    _ reading: SourceReading, lastModified: Timestamp?, bodyHash: String,
    of source: TrackedSource, in decision: DecisionBuilder
  ) {
    guard let known = views.tables.bySource[source.name] else { return }
    let reading = admitted(reading, of: source, known, in: decision)
    let diff = ReadingDiff(of: reading, against: known)
    if diff.isEmpty, source.state.begun(reading, bodyHash: bodyHash) == nil,
      !guards(of: source, known, at: decision.now).isConfirmed(by: reading, diff)
    {
      handleUnchanged(source, in: decision)
    } else {
      if lastModified != nil || source.printsFixing(reading) {
        decision.changeset.sources[.editions(of: source.name)] =
          source.editions.adding(
            bodyHash, lastModified: lastModified, lastSeen: source.state.lastSuccess,
            at: decision.now
          ).state
      }
      publish(
        FetchedReading(
          reading: reading, diff: diff, bodyHash: bodyHash,
          isLate: sources.isLate(reading, of: source, at: decision.now)),
        of: source, known, in: decision)
    }
  }

  /// Reports the rows that were set aside, and returns a reading without withdrawn currencies and without
  /// the pairs beyond the limits.
  private func admitted(
    _ reading: SourceReading, of source: TrackedSource, _ known: SourceSeries,
    in decision: DecisionBuilder
  ) -> SourceReading {
    SetAsideReport(source: source).report(reading, in: decision)
    let reading = filter(for: source, decision).filtered(reading, in: decision)
    return SeriesLimitFilter(source: source, known: known, countOfAll: views.tables.count)
      .filtered(reading, in: decision)
  }

  private func filter(
    for source: TrackedSource, _ decision: DecisionBuilder
  ) -> RetiredCurrencyFilter {
    RetiredCurrencyFilter(
      source: source.name, reported: source.state.retired, now: decision.now)
  }

  // MARK: Publications

  /// Takes in the first portion of a publication.
  private func publish(
    _ fetched: FetchedReading, of source: TrackedSource, _ known: SourceSeries,
    in decision: DecisionBuilder
  ) {
    let guards = guards(of: source, known, at: decision.now)
    let publication = intake.begin(fetched, of: source, in: decision)
    takeIn(
      publication, known, source,
      suspicions: guards.suspicions(on: fetched.reading, fetched.diff), in: decision)
  }

  private func guards(
    of source: TrackedSource, _ known: SourceSeries, at now: Timestamp
  ) -> PublicationGuard {
    PublicationGuard(
      known: known, lastValueDate: source.state.latestValueDate, now: now,
      polls: source.transfer.successes)
  }

  /// Takes in the next portion of an unfinished publication; no effect where there is none.
  package func continuePublication(of source: TrackedSource, in decision: DecisionBuilder) {
    guard let publication = intake.inProgress[source.name],
      let known = views.tables.bySource[source.name]
    else { return }
    takeIn(publication, known, source, suspicions: [:], in: decision)
  }

  private func takeIn(
    _ publication: PublicationInProgress, _ known: SourceSeries, _ source: TrackedSource,
    suspicions: [Int: Suspicion], in decision: DecisionBuilder
  ) {
    // Rules that read other lines do not read suspect ones.
    let trusted =
      suspicions.isEmpty
      ? publication.reading : publication.reading.without(Set(suspicions.keys))
    let portion = PublicationPortion(
      of: publication, known, after: source.state, suspicions: suspicions,
      context: context(of: trusted, known, at: decision.now))
    let evaluator = PublicationEvaluator(portion, ruleIndex, alerts, corrections)
    guard
      let findings = intake.takeIn(
        publication, portion, lookback: ruleIndex.lookback, in: decision, evaluator)
    else { return }
    if intake.complete(publication, findings, in: decision) {
      sources.reportFresh(source, in: decision)
    }
    evaluator.evaluateGroups(from: publication.lines, views, in: decision)
    evaluator.evaluateReaders(of: trusted, views, in: decision)
    report(findings, publication, source, in: decision)
  }

  /// Returns the part of evaluations that all lines share; the rates of other series only where a
  /// rule reads them.
  private func context(
    of reading: SourceReading, _ known: SourceSeries, at now: Timestamp
  ) -> PublicationContext {
    let isRead =
      ruleIndex.hasRulesOnSiblings || ruleIndex.readers[known.source.name] != nil
    return PublicationContext(
      of: known.source,
      isRead
        ? OtherSeries(views.tables, with: reading, of: known) : OtherSeries(views.tables),
      sources.tracker(of: known.source, published: now, lastSuccess: now))
  }

  /// Reports the findings of guards on a publication in one event, and the pairs that vanished from it
  /// or are back.
  private func report(
    _ findings: GuardFindings, _ publication: PublicationInProgress, _ source: TrackedSource,
    in decision: DecisionBuilder
  ) {
    if !findings.reported.isEmpty {
      decision.notify(
        .sourceSuspect,
        SuspectPayload.data(
          findings.reported, on: source.name, severity: .warning),
        orderingKey: "source \(source.name)", occurrence: .publication(publication.origin))
    }
    let filter = filter(for: source, decision)
    let setAside = Set(publication.reading.setAside.compactMap(\.pair))
    let vanished = publication.diff.vanished.filter {
      !filter.removes($0.pair, from: publication.reading) && !setAside.contains($0.pair)
    }
    if let known = views.tables.bySource[source.name] {
      let report = ListingReport(of: known, ruleIndex.rules, origin: publication.origin)
      report.reportVanished(vanished, in: decision)
      report.reportReturned(publication.diff.returned, in: decision)
    }
  }
}
