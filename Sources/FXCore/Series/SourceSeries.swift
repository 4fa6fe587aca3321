/// Everything kept in memory of what one source publishes.
package struct SourceSeries: Sendable {
  let source: PlannedSource

  var table = SeriesTable()

  /// The latest suspect point of each series that had one.
  var suspects: [SeriesKey: SuspectPoint] = [:]

  /// The disappearance of each series that is not listed, where it is known.
  var disappearances: [SeriesKey: Disappearance] = [:]

  /// The progress of alerts about several series, by the indices of their rules; without the inactive ones.
  var groups: [Int: AlertProgress] = [:]

  /// The time of the latest publication; nil before the first.
  var latestPublished: Timestamp?

  /// The number of series; one with a trusted and a suspect rate may count twice.
  var count: Int { table.all.count + suspects.count }

  /// Returns the ordinal of a publication among those that contain the series at an index.
  ///
  /// A publication in which the series is absent counts as the last one with it.
  @inline(__always)
  func ordinal(of number: Int64, at index: Int, isDated: Bool, contains: Bool) -> Int64 {
    guard !table.all[index].isListed, let absence = disappearances[table.all[index].key] else {
      return table.all[index].ordinal(of: number, isDated: isDated)
    }
    return table.all[index].ordinal(
      of: absence.publication - (contains ? 0 : 1), isDated: isDated)
  }

  /// Returns the suspect point of a series that no trusted one has followed yet; nil where the series
  /// is trusted.
  ///
  /// `index` is that of the series; nil for one without a trusted point.
  func pendingSuspect(_ key: SeriesKey, at index: Int?) -> SuspectPoint? {
    guard !suspects.isEmpty, let suspect = suspects[key] else { return nil }
    let latest = index.map { table.all[$0].latest.publication } ?? 0
    return suspect.point.publication > latest ? suspect : nil
  }

  /// True if a suspect rate without a date is neither confirmed nor cleared.
  var hasUndatedSuspect: Bool {
    suspects.contains { key, suspect in
      suspect.point.valueDate == nil
        && pendingSuspect(key, at: table.index(of: key, expected: 0)) != nil
    }
  }

  /// Calls `body` for each new observation of a known series that is not suspect, with the index of
  /// the series and the point that its `change` is measured against.
  func forEachMove(
    of records: [ObservationRecord],
    _ body: (_ index: Int, ObservationRecord, _ from: SeriesPoint) -> Void
  ) {
    var expected = 0
    for record in records where record.suspicion == nil {
      guard let index = table.index(of: SeriesKey(record.series), expected: expected) else {
        continue
      }
      expected = index + 1
      if let from = previous(of: record.point, at: index) { body(index, record, from) }
    }
  }

  /// Returns the point that `change` is measured against for a new point of the series at an index.
  @inline(__always)
  func previous(of point: SeriesPoint, at index: Int) -> SeriesPoint? {
    // Read in place, as revisions are rare and copies of a series' memory costly.
    let latest = table.all[index].latest
    guard source.dating == .fixing, latest.valueDate == point.valueDate else { return latest }
    return previous(of: point, in: table.all[index])
  }

  /// Returns the point that `change` of the latest point is measured against: as when it was last
  /// published, which for a rate that is only repeated is itself.
  func previousOfLatest(at index: Int, isRepeated: Bool) -> SeriesPoint? {
    let points = table.all[index].points
    if source.dating == .fixing, let day = points.last?.valueDate,
      let other = table.all[index].latest(before: day)
    {
      return other
    }
    if isRepeated { return points.last }
    return points.count > 1 ? points[points.count - 2] : nil
  }

  /// Returns the point that `change` is measured against for a new point of a series: the latest one
  /// or, where a fixing was revised, that of the value date before, if one is known.
  func previous(of point: SeriesPoint, in known: SeriesMemory) -> SeriesPoint? {
    guard source.dating == .fixing, let day = point.valueDate, known.latest.valueDate == day else {
      return known.latest
    }
    return known.latest(before: day) ?? known.latest
  }
}
