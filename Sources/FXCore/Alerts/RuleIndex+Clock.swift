extension RuleIndex {
  /// Returns the alerts of rules that depend on the clock, on every series of a source.
  func clockAlerts(on source: SourceSeries) -> [AlertKey] {
    source.table.all.flatMap { memory in
      memory.rules.rules.filter { rules[$0].usesClock }
        .map { AlertKey(rule: rules[$0].name, series: memory.series) }
    }
      + groups(at: source.source.name).filter { rules[$0].usesClock }
      .map { AlertKey(rule: rules[$0].name, series: .group(of: source.source.name)) }
  }
}
