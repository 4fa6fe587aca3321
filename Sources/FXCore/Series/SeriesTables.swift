/// The series of all sources, as they are after the last commit.
///
/// Owns the points that rules look back on and the progress of alerts; changed only by decisions that
/// were committed.
package struct SeriesTables: Sendable {
  private let ruleIndex: RuleIndex

  package private(set) var bySource: [SourceName: SourceSeries] = [:]

  /// The series of the given sources, without points.
  package init(of sources: [PlannedSource], _ ruleIndex: RuleIndex) {
    self.ruleIndex = ruleIndex
    for source in sources { bySource[source.name] = SourceSeries(source: source) }
  }

  /// The memory of a series; nil where it was never published.
  subscript(series: Series) -> SeriesMemory? {
    bySource[series.source]?.table[SeriesKey(series)]
  }

  /// The number of series of all sources.
  var count: Int { bySource.values.reduce(0) { $0 + $1.count } }

  /// Every series of every source, in no particular order.
  var all: some Sequence<SeriesMemory> { bySource.values.lazy.flatMap(\.table.all) }

  /// Every firing alert with its series and the index of its rule.
  ///
  /// Cost: linear in the series and in the alerts.
  var firing: [(series: Series, rule: Int, progress: AlertProgress)] {
    all.flatMap { memory in
      memory.rules.alerts.filter { $0.value.firing != nil }
        .map { (memory.series, $0.key, $0.value) }
    }
      + bySource.values.flatMap { source in
        source.groups.filter { $0.value.firing != nil }
          .map { (.group(of: source.source.name), $0.key, $0.value) }
      }
  }

  /// Returns the progress of a rule's alert on a series; nil for an inactive one.
  package func progress(of key: AlertKey) -> AlertProgress? {
    ruleIndex.index(of: key.rule).flatMap { rule in
      key.series.isGroup
        ? bySource[key.series.source]?.groups[rule] : self[key.series]?.rules.alerts[rule]
    }
  }

  /// True if a rule has an alert on a series, or on the group of a source.
  func hasAlert(of rule: Int, on series: Series) -> Bool {
    guard series.isGroup else { return self[series]?.rules.contains(rule) == true }
    return bySource[series.source] != nil && ruleIndex.rules[rule].canAlert(on: series)
  }

  /// Returns the disappearance of a series that is not listed; nil for any other.
  func disappearance(of series: Series) -> Disappearance? {
    self[series]?.isListed == false
      ? bySource[series.source]?.disappearances[SeriesKey(series)] : nil
  }

  // MARK: Restoring

  /// Adds a stored series of a planned source; no effect for any other source.
  package mutating func restore(_ stored: StoredSeries) {
    let key = SeriesKey(stored.series)
    guard let planned = bySource[stored.series.source]?.source else { return }
    bySource[stored.series.source]?.disappearances[key] = stored.disappearance
    if let suspect = stored.suspect { bySource[stored.series.source]?.suspects[key] = suspect }
    guard !stored.points.isEmpty else { return }
    let memory = memory(of: stored, at: planned)
    bySource[stored.series.source]?.table.add(memory)
  }

  private func memory(of stored: StoredSeries, at source: PlannedSource) -> SeriesMemory {
    SeriesMemory(
      series: stored.series, points: stored.points, absences: stored.absences, scale: stored.scale,
      declared: source.scale(of: stored.series.pair), publishedChange: stored.publishedChange,
      isListed: stored.isListed, isFixing: source.dating == .fixing,
      keeping: ruleIndex.historyIndexes, rules: ruleIndex.rules,
      watching: ruleIndex.rules(watching: stored.series))
  }

  // MARK: Committed changes

  /// Appends the observations of one publication.
  package mutating func append(_ records: [ObservationRecord]) {
    // Removed meanwhile, so that nothing is copied.
    guard let name = records.first?.series.source, var source = bySource.removeValue(forKey: name)
    else { return }
    let hasAbsent = !source.disappearances.isEmpty
    var expected = 0
    for position in records.indices {
      source.table.all.prefetchForAppending(after: position)
      let key = SeriesKey(
        pair: records[position].series.pair, side: records[position].series.side)
      let index = source.table.index(of: key, expected: expected)
      expected = (index ?? source.table.all.count) + 1
      if hasAbsent, let index, !source.table.all[index].isListed {
        let absence = source.disappearances.removeValue(forKey: key)
        if let absence, records[position].suspicion == nil {
          let missed = records[position].point.publication - absence.publication
          source.table.change(index) { $0.skip(missed) }
        }
      }
      if records[position].suspicion == nil, let index {
        source.table.change(index) {
          // The record as a whole would be copied.
          $0.append(
            records[position].point, scale: records[position].scale,
            publishedChange: records[position].publishedChange, lookback: ruleIndex.lookback,
            rules: ruleIndex.rules)
        }
      } else {
        append(records[position], at: index, of: &source)
      }
    }
    bySource[name] = source
  }

  /// Adds an observation that is suspect, or the first of its series.
  private func append(
    _ record: ObservationRecord, at index: Int?, of source: inout SourceSeries
  ) {
    if let suspicion = record.suspicion {
      source.suspects[SeriesKey(record.series)] = SuspectPoint(
        point: record.point, publishedChange: record.publishedChange, suspicion: suspicion)
      if let index { source.table.change(index) { $0.isListed = true } }
    } else {
      source.table.add(
        memory(
          of: StoredSeries(
            series: record.series, scale: record.scale, publishedChange: record.publishedChange,
            isListed: true, points: [record.point]), at: source.source))
    }
  }

  /// Marks series as missing from a publication of their source on.
  package mutating func setUnlisted(_ series: [Series], since disappearance: Disappearance) {
    for series in series {
      change(series) { $0.isListed = false }
      bySource[series.source]?.disappearances[SeriesKey(series)] = disappearance
    }
  }

  /// Sets the time of the latest publication of a source.
  package mutating func setLatestPublished(_ instant: Timestamp?, of source: SourceName) {
    if let instant { bySource[source]?.latestPublished = instant }
  }

  /// Sets the progress of alerts; nil for those that became inactive.
  ///
  /// The series of a source are taken out of their table once for successive alerts of it, so that they
  /// are not copied for each.
  mutating func setProgress(of alerts: [AlertKey: AlertState?]) {
    guard alerts.count > 1 else {
      for (key, state) in alerts { setProgress(state?.progress, of: key) }
      return
    }
    let rules = ruleIndex.rules
    var taken: (name: SourceName, series: SourceSeries)?
    for (key, state) in alerts {
      let name = key.series.source
      if taken?.name != name {
        if let taken { bySource[taken.name] = taken.series }
        taken = bySource.removeValue(forKey: name).map { (name, $0) }
      }
      if key.series.isGroup, let rule = ruleIndex.index(of: key.rule) {
        taken?.series.groups[rule] = state?.progress
        continue
      }
      guard let rule = ruleIndex.index(of: key.rule),
        let index = taken?.series.table.index(of: SeriesKey(key.series))
      else { continue }
      taken?.series.table.change(index) { $0.setAlert(state?.progress, of: rule, in: rules) }
    }
    if let taken { bySource[taken.name] = taken.series }
  }

  /// Sets the progress of an alert; nil for one that became inactive.
  package mutating func setProgress(_ progress: AlertProgress?, of key: AlertKey) {
    guard let rule = ruleIndex.index(of: key.rule) else { return }
    if key.series.isGroup {
      bySource[key.series.source]?.groups[rule] = progress
      return
    }
    let rules = ruleIndex.rules
    change(key.series) { $0.setAlert(progress, of: rule, in: rules) }
  }

  private mutating func change(_ series: Series, _ change: (inout SeriesMemory) -> Void) {
    guard let index = bySource[series.source]?.table.index(of: SeriesKey(series)) else { return }
    bySource[series.source]?.table.change(index, change)
  }
}
