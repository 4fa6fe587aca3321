/// Evaluates rules on the lines of one publication.
///
/// A reference, because it is used for every line.
final class PublicationEvaluator: LineEvaluator {
  private let portion: PublicationPortion
  private let ruleIndex: RuleIndex
  private let alerts: AlertEvaluator
  private let corrections: AlertCorrections

  /// An evaluator of one portion of a publication.
  init(
    _ portion: PublicationPortion, _ ruleIndex: RuleIndex, _ alerts: AlertEvaluator,
    _ corrections: AlertCorrections
  ) {
    self.portion = portion
    self.ruleIndex = ruleIndex
    self.alerts = alerts
    self.corrections = corrections
  }

  /// Evaluates the rules on one line: those about suspects on a suspect line, all others on any other.
  ///
  /// A line that revises a rate that alerts are based on corrects those instead of firing them again.
  func evaluate(_ line: PublicationLine, in decision: DecisionBuilder) {
    let isRevision =
      portion.isFixing && !line.isSuspect && line.point.publication == portion.number
      && line.point.version > 1
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
