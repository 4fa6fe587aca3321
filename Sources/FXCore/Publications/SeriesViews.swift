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
    return EvaluatedSeries(
      table: known.table.all, index: index, current: memory.latest,
      previous: memory.points.count > 1 ? memory.points[memory.points.count - 2] : nil,
      scale: memory.scale, lastPublished: published,
      publication: max(source.state.latestPublication, memory.latest.publication),
      publishedChange: memory.publishedChange,
      isRevision: source.planned.dating == .fixing && memory.latest.version > 1
        && memory.latest.publication == source.state.latestPublication,
      context: PublicationContext(of: source.planned, others, tracker))
  }
}
