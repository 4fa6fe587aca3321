/// Evaluates rules on the lines of one publication.
///
/// A reference, because it is used for every line.
final class PublicationEvaluator: LineEvaluator {
  private let portion: PublicationPortion
  private let ruleIndex: RuleIndex
  private let alerts: AlertEvaluator
  private let corrections: AlertCorrections

  /// The rules with one alert for all pairs of the source, and the lines that they are evaluated on.
  private let groups: [Int]
  @exclusivity(unchecked) private var groupLines: [PublicationLine] = []

  /// An evaluator of one portion of a publication.
  init(
    _ portion: PublicationPortion, _ ruleIndex: RuleIndex, _ alerts: AlertEvaluator,
    _ corrections: AlertCorrections
  ) {
    self.portion = portion
    self.ruleIndex = ruleIndex
    self.alerts = alerts
    self.corrections = corrections
    groups = ruleIndex.groups(at: portion.known.source.name)
  }

  /// Evaluates the rules on one line: those about suspects on a suspect line, all others on any other.
  ///
  /// A line that revises a rate that alerts are based on corrects those instead of firing them again.
  func evaluate(_ line: PublicationLine, in decision: DecisionBuilder) {
    if !groups.isEmpty { groupLines.append(line) }
    let isRevision = isRevision(line)
    var rules = rules(for: line, isRevision: isRevision)
    guard !rules.isEmpty else { return }
    let view = view(of: line, isRevision: isRevision, at: decision.now)
    let context = EvaluationContext(
      cause: line.repeatsFixing ? .repeatedFixing : isRevision ? .revision : .publication,
      publication: portion.number,
      origin: portion.origin, now: decision.now, isLate: portion.isLate,
      headlines: portion.reading.headlines)
    if isRevision { rules = corrections.correct(rules, view, context, alerts, in: decision) }
    let fired = decision.firedCount
    alerts.evaluate(rules, on: view, context, in: decision)
    if portion.isFixing, !line.isSuspect, decision.firedCount > fired {
      corrections.recordBases(firedAfter: fired, at: line.point, in: decision)
    }
  }

  /// True if a line has another rate for a day that was known.
  @inline(__always)
  private func isRevision(_ line: PublicationLine) -> Bool {
    portion.isFixing && !line.isSuspect && line.point.publication == portion.number
      && line.point.version > 1
  }

  /// Returns the rules to evaluate on a line, by their indices.
  @inline(__always)
  private func rules(for line: PublicationLine, isRevision: Bool) -> [Int] {
    guard let index = line.index else {
      return narrowed(ruleIndex.rules(watching: portion.series(at: line.position)), to: line)
    }
    let table = portion.known.table.all
    // A revision is evaluated even where nothing can fire, for corrections.
    if isRevision || line.repeatsFixing || line.isSuspect {
      return narrowed(table[index].rules.rules, to: line)
    }
    return table[index].rules.withoutLevels(at: line.point.rate)
      ?? table[index].rules.moved(from: table[index].latest.rate, to: line.point.rate)
  }

  /// Returns those of the rules that are evaluated on lines of this kind.
  private func narrowed(_ rules: [Int], to line: PublicationLine) -> [Int] {
    var rules = rules
    if line.repeatsFixing {
      rules =
        ruleIndex.hasRulesOnRepeatedFixings
        ? rules.filter { ruleIndex.rules[$0].isEvaluatedOnRepeatedFixings } : []
    }
    if line.isSuspect {
      rules = rules.filter { ruleIndex.rules[$0].isEvaluatedOnSuspects }
    }
    return rules
  }

  /// Returns the view of a line's series with the line as its current point.
  private func view(of line: PublicationLine, isRevision: Bool, at now: Timestamp)
    -> EvaluatedSeries
  {
    let table =
      line.index == nil
      ? [
        SeriesMemory(
          series: portion.series(at: line.position), points: [line.point], scale: line.scale,
          publishedChange: nil, isListed: true, keeping: ruleIndex.historyIndexes, rules: [],
          watching: [])
      ] : portion.known.table.all
    let place = place(of: line)
    let ordinal = place?.publication ?? ordinal(of: line)
    return EvaluatedSeries(
      table: table, index: line.index ?? 0, point: line.point,
      place: place ?? placed(line, at: ordinal),
      previous: line.index.flatMap { portion.known.previous(of: line.point, at: $0) },
      scale: line.scale, lastPublished: now, publication: ordinal,
      publishedChange: portion.reading.observations[line.position].publishedChange,
      isRevision: isRevision, isSuspect: line.isSuspect, replacesLast: place != nil,
      sourcePublished: line.index == nil || portion.isDatedFixing
        ? nil : portion.previousState.latestFirstSeen, context: portion.context)
  }

  /// Returns the ordinal of the publication for the series of a line.
  private func ordinal(of line: PublicationLine) -> Int64 {
    guard let index = line.index else { return portion.number }
    return portion.known.ordinal(
      of: portion.number, at: index, isDated: line.point.valueDate != nil, contains: true)
  }

  /// Returns the point of a line at its place in the history; nil where that is its own, as nearly
  /// always.
  private func placed(_ line: PublicationLine, at ordinal: Int64) -> SeriesPoint? {
    guard ordinal != portion.number else { return nil }
    if line.point.publication == portion.number { return line.point.placed(at: ordinal) }
    return line.index.map { portion.known.table.all[$0].placedLatest }
  }

  /// Returns the point of the history whose place a line takes: that of the fixing of its day; nil for a
  /// line of a new day.
  private func place(of line: PublicationLine) -> SeriesPoint? {
    guard let index = line.index, portion.isDatedFixing, !line.isSuspect,
      portion.known.table.all[index].latest.valueDate == line.point.valueDate
    else { return nil }
    return portion.known.table.all[index].placedLatest
  }

  // MARK: Groups

  /// The lines of a publication by their series, those of earlier portions as stored.
  private struct GroupLines {
    let lines: [Series: PublicationLine]
    let stored: Set<Series>
    let views: SeriesViews
  }

  /// Evaluates the rules with one alert for all pairs of the source, once all its lines are known.
  ///
  /// `start` is the position of the first line of this portion; those before are stored. Cost: linear in
  /// the lines and in the pairs that those rules watch.
  func evaluateGroups(from start: Int, _ views: SeriesViews, in decision: DecisionBuilder) {
    guard !groups.isEmpty else { return }
    let lines = GroupLines(
      lines: Dictionary(
        groupLines.map { (portion.series(at: $0.position), $0) }, uniquingKeysWith: { $1 }),
      stored: Set((0..<start).map { portion.series(at: $0) }), views: views)
    let series = Set(portion.known.table.all.map(\.series)).union(
      lines.lines.filter { !$0.value.isSuspect }.keys)
    let sorted = series.sorted()
    for index in groups {
      let pairs = sorted.filter { ruleIndex.rules[index].watches($0) }
        .map { groupView(of: $0, ruleIndex.rules[index], lines, at: decision.now) }
      evaluateGroup(index, on: pairs, in: decision)
    }
  }

  /// Returns the view of a series that a rule watches, with this publication as the current one; without a
  /// view where it has no trusted rate in it.
  ///
  /// A fixing that is only repeated is read as when it was printed.
  private func groupView(
    of series: Series, _ rule: Rule, _ lines: GroupLines, at now: Timestamp
  ) -> AlertEvaluator.GroupView {
    var view: EvaluatedSeries?
    if let line = lines.lines[series] {
      if line.isSuspect, !rule.isEvaluatedOnSuspects { return (series, nil, nil) }
      view = self.view(of: line, isRevision: isRevision(line), at: now)
    } else if lines.stored.contains(series) {
      view = lines.views.view(of: series, OtherSeries(lines.views.tables))
    }
    guard let view, portion.isDatedFixing, !rule.isEvaluatedOnRepeatedFixings,
      view.printed.publication != portion.number
    else { return (series, view, nil) }
    return (series, view, view.printed.firstSeen)
  }

  private func evaluateGroup(
    _ index: Int, on pairs: [AlertEvaluator.GroupView], in decision: DecisionBuilder
  ) {
    let rule = ruleIndex.rules[index]
    let cause = cause(of: pairs.compactMap(\.view))
    guard cause != .repeatedFixing || rule.isEvaluatedOnRepeatedFixings else { return }
    let context = EvaluationContext(
      cause: cause, publication: portion.number, origin: portion.origin, now: decision.now,
      isLate: portion.isLate, headlines: portion.reading.headlines)
    let progress = portion.known.groups[index]
    let group = alerts.group(index, on: pairs, context, progress)
    guard let evidence = group.evidence?.view else { return }
    let key = AlertKey(rule: rule.name, series: .group(of: portion.known.source.name))
    if portion.isDatedFixing,
      let pair = corrections.basis(of: key, on: portion.reading.valueDate)
    {
      let view = pairs.first { $0.series.pair == pair && $0.view != nil }?.view ?? evidence
      let alert = EvaluatedAlert(
        ruleIndex.rules, index, on: view, context, asEvidenceOf: group)
      guard
        corrections.correct(
          alert, group, isRevised: pairs.contains { $0.view?.isRevision == true }, alerts,
          in: decision)
      else { return }
    }
    let fired = decision.firedCount
    alerts.evaluate(group, of: index, context, in: decision)
    if portion.isFixing {
      corrections.recordBases(
        firedAfter: fired, at: evidence.printed, evidence.pair, in: decision)
    }
  }

  /// Returns the cause of an evaluation on several lines: a publication where one of them is for a new day.
  private func cause(of views: [EvaluatedSeries]) -> EvaluationContext.Cause {
    guard portion.isDatedFixing else { return .publication }
    let new = views.filter { $0.printed.publication == portion.number }
    if new.contains(where: { !$0.isRevision }) { return .publication }
    return new.isEmpty ? .repeatedFixing : .revision
  }

  /// Evaluates the rules with one alert for all pairs of another source that read this one.
  private func evaluateGroups(
    of other: SourceName, reading readers: Set<Int>, origin: ContentDigest, _ views: SeriesViews,
    in decision: DecisionBuilder
  ) {
    for index in ruleIndex.groups(at: other)
    where readers.contains(index) && ruleIndex.rules[index].policy.kind == .state {
      let pairs = views.members(of: ruleIndex.rules[index], at: other, portion.context.others)
      let progress = views.tables.bySource[other]?.groups[index]
      let context = EvaluationContext(
        cause: .publication,
        publication: views.sources.byName[other]?.state.latestPublication ?? 0, origin: origin,
        now: decision.now, isLate: portion.isLate)
      let fired = decision.firedCount
      let group = alerts.group(index, on: pairs, context, progress)
      alerts.evaluate(group, of: index, context, in: decision)
      if let evidence = group.evidence?.view, views.sources.byName[other]?.planned.dating == .fixing
      {
        corrections.recordBases(
          firedAfter: fired, at: evidence.printed, evidence.pair, in: decision)
      }
    }
  }

  // MARK: Other sources

  /// Evaluates the rules on other sources that read this one, for the pairs in `reading`.
  ///
  /// The publication and its source are part of the identity of what follows.
  func evaluateReaders(
    of reading: SourceReading, _ views: SeriesViews, in decision: DecisionBuilder
  ) {
    let name = portion.known.source.name
    guard let readers = ruleIndex.readers[name] else { return }
    let origin = readersOrigin(in: decision)
    let pairs = Set(
      reading.observations.flatMap {
        [$0.pair, CurrencyPair(base: $0.pair.quote, quote: $0.pair.base)]
      })
    for other in views.sources.order where other != name {
      evaluateGroups(of: other, reading: readers, origin: origin, views, in: decision)
      let series = (views.tables.bySource[other]?.table.all ?? []).filter {
        $0.isListed && pairs.contains($0.series.pair)
      }
      for memory in series.sorted(by: { $0.key < $1.key }) {
        // An event is what a publication of the series itself does.
        let rules = memory.rules.rules.filter {
          readers.contains($0) && ruleIndex.rules[$0].policy.kind == .state
        }
        guard !rules.isEmpty, let view = views.view(of: memory.series, portion.context.others)
        else { continue }
        let fired = decision.firedCount
        alerts.evaluate(
          rules, on: view,
          EvaluationContext(
            cause: .publication,
            publication: views.sources.byName[other]?.state.latestPublication ?? 0,
            origin: origin, now: decision.now, isLate: portion.isLate),
          in: decision)
        if views.sources.byName[other]?.planned.dating == .fixing {
          corrections.recordBases(firedAfter: fired, at: view.printed, in: decision)
        }
      }
    }
  }

  /// Returns the digest of the publication as the cause of evaluations on other sources.
  private func readersOrigin(in decision: DecisionBuilder) -> ContentDigest {
    let name = portion.known.source.name
    var hasher = ContentHasher()
    hasher.combine(name.text)
    hasher.combine(portion.origin)
    hasher.combine(decision.changeset.sources[name]?.history ?? .none)
    return hasher.finish()
  }
}
