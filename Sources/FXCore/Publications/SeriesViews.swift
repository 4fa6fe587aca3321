/// Views of series as they are between publications: for evaluations by the clock, for rules that
/// read other sources, and for explanations.
package struct SeriesViews {
  let sources: SourceTracker
  let tables: SeriesTables

  /// The views of the series in `tables`.
  package init(sources: SourceTracker, tables: SeriesTables) {
    self.sources = sources
    self.tables = tables
  }

  /// Returns the view of a series; nil for one that was never published.
  func view(of series: Series, _ others: OtherSeries) -> EvaluatedSeries? {
    guard let source = sources.byName[series.source],
      let known = tables.bySource[series.source],
      let index = known.table.index(of: SeriesKey(series))
    else { return nil }
    let memory = known.table.all[index]
    let published =
      memory.isListed
      ? source.state.latestFirstSeen ?? memory.latest.firstSeen
      : memory.latest.firstSeen
    let tracker = source.state.latestFirstSeen.flatMap {
      sources.tracker(
        of: source.planned, published: $0, lastSuccess: source.state.lastSuccess ?? $0)
    }
    let isDated = source.planned.dating == .fixing && memory.latest.valueDate != nil
    let publication =
      isDated
      ? memory.placedLatest.publication
      : known.ordinal(
        of: max(source.state.latestPublication, memory.latest.publication), at: index,
        isDated: false, contains: false)
    let isRepeated =
      memory.isListed && !isDated && publication > memory.placedLatest.publication
    return EvaluatedSeries(
      table: known.table.all, index: index, point: memory.latest, place: memory.placedLatest,
      previous: known.previousOfLatest(at: index, isRepeated: isRepeated),
      scale: memory.scale, lastPublished: published, publication: publication,
      publishedChange: memory.publishedChange,
      isRevision: source.planned.dating == .fixing && memory.latest.version > 1
        && memory.latest.publication == source.state.latestPublication,
      replacesLast: !isRepeated,
      context: PublicationContext(of: source.planned, others, tracker))
  }

  /// Returns the time of the publication on which a rule that does not depend on the clock was last
  /// evaluated on a series: of its own source, or of one that the rule reads.
  func lastEvaluation(of rule: Rule, on view: EvaluatedSeries) -> Timestamp {
    let source = sources.byName[view.series.source]
    let own =
      source?.planned.dating == .fixing && view.current.valueDate != nil
        && !rule.isEvaluatedOnRepeatedFixings
      ? view.printed.firstSeen : view.lastPublished
    let others = rule.readSources.compactMap { sources.byName[$0]?.state.latestFirstSeen }
    return others.reduce(own) { max($0, $1) }
  }
}
