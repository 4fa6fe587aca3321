package import FXCore

/// The state the engine starts from.
extension StoreModel {
  /// The state with the whole history.
  package var stored: StoredState {
    state(of: rows.keys.sorted().compactMap { stored($0) }, suppressions)
  }

  /// Returns the state with the rates within reach of an instant.
  package func load(reach: StoredReach, now: Timestamp) -> StoredState {
    let series = rows.keys.sorted().compactMap { stored($0, within: reach, of: now) }
    return state(of: series, suppressions(at: now))
  }

  private func state(of series: [StoredSeries], _ suppressions: Suppressions) -> StoredState {
    let waiting = Dictionary(grouping: open, by: \.notifier).mapValues(\.count)
    return StoredState(
      installation: installation, latestEvent: events.last?.sequence ?? 0, sources: sources,
      series: series, alerts: alerts, outbox: open.filter { (waiting[$0.notifier] ?? 0) <= 16 },
      waiting: waiting, disabled: disabled, failing: failing,
      held: held, suppressions: suppressions, alertBases: bases)
  }

  /// Returns the lowest number of a source's publications in a time window; `Int64.max` if there is none.
  private func firstPublication(
    of source: SourceName, within reach: Lookback, of now: Timestamp
  ) -> Int64 {
    let armed = alerts.filter { $0.key.series.source == source }
      .compactMap { $0.value.progress.arming?.earliest }
    let start = min(reach.start(from: now), reach.isSinceArmed ? armed.min() ?? now : now)
    return publications[source]?.first { $0.firstSeen >= start }?.number ?? .max
  }

  /// Returns the number of the oldest publication of a series that is loaded, apart from that of an earlier
  /// day.
  private func oldest(
    of series: Series, within reach: StoredReach, of now: Timestamp
  ) -> Int64 {
    let first = firstPublication(of: series.source, within: reach.lookback, of: now)
    var count = reach.count(
      of: series.source, upTo: publications[series.source]?.last?.number ?? 0)
    for row in (rows[series] ?? []).reversed() where row.suspicion == nil {
      guard let point = row.point else {
        count.addAbsence(from: row.publication)
        continue
      }
      count.add(point)
      if row.publication < first, count.isComplete { return row.publication }
    }
    return rows[series]?.first { $0.point != nil && $0.suspicion == nil }?.publication ?? .max
  }

  /// Returns the state of a series with the rates within reach of an instant; without a reach, with all.
  private func stored(
    _ series: Series, within reach: StoredReach? = nil, of now: Timestamp = .init(seconds: 0)
  ) -> StoredSeries? {
    let first = reach.map { oldest(of: series, within: $0, of: now) } ?? .min
    let all = points(of: series).filter { $0.row.suspicion == nil }
    let suspect = points(of: series).last { $0.row.suspicion != nil }.flatMap(SuspectPoint.init)
    guard !all.isEmpty || suspect != nil else { return nil }
    var selected = all.filter { $0.point.publication >= first }
    if let latest = all.last?.point, let day = latest.valueDate,
      let earlier = all.last(where: { $0.point.valueDate.map { $0 < day } ?? false }),
      !selected.contains(where: { $0.point.valueDate.map { $0 < day } ?? false })
    {
      selected.insert(earlier, at: 0)
    }
    return StoredSeries(
      series: series, scale: self.series[series]?.scale ?? 0,
      publishedChange: all.last?.row.publishedChange,
      isListed: self.series[series]?.isListed ?? false, points: selected.map(\.point),
      suspect: suspect, disappearance: disappearance(of: series),
      absences: (rows[series] ?? []).filter {
        $0.point == nil && $0.suspicion == nil && $0.publication > first
      }.map(\.publication))
  }

  /// Returns the publication in which a series disappeared; nil for one that is listed.
  func disappearance(of series: Series) -> Disappearance? {
    guard self.series[series]?.isListed == false,
      let number = rows[series]?.last(where: { $0.point == nil })?.publication
    else { return nil }
    return publicationsByNumber(of: series.source)[number].map {
      Disappearance(publication: number, at: $0.firstSeen)
    }
  }

  /// Returns the rows of a series with a rate, suspect ones included, in the order of publications.
  func points(of series: Series) -> [(row: Row, point: SeriesPoint)] {
    (rows[series] ?? []).compactMap { row in row.point.map { (row, $0) } }
  }

  /// Returns the publications of a source by number.
  func publicationsByNumber(of source: SourceName) -> [Int64: Publication] {
    Dictionary(uniqueKeysWithValues: (publications[source] ?? []).map { ($0.number, $0) })
  }
}

extension SuspectPoint {
  /// Creates the point of a suspect row; nil if it is trusted.
  fileprivate init?(_ row: StoreModel.Row, _ point: SeriesPoint) {
    guard let suspicion = row.suspicion else { return nil }
    self.init(point: point, publishedChange: row.publishedChange, suspicion: suspicion)
  }
}
