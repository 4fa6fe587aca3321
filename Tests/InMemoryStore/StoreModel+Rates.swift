package import FXCore

/// Reads rates.
extension StoreModel {
  /// The latest rate of every series.
  package var latestRates: [LatestRate] {
    rows.keys.sorted().compactMap { series in
      let points = points(of: series)
      guard let latest = points.last else { return nil }
      let point = latest.point
      let trusted = points.filter {
        $0.row.suspicion == nil && $0.point.publication < point.publication
      }
      return LatestRate(
        series: series, point: point, publishedChange: latest.row.publishedChange,
        previous: trusted.last?.point,
        previousDay: point.valueDate.flatMap { day in
          trusted.last { $0.point.valueDate.map { $0 < day } ?? false }?.point
        },
        lastSeen: lastSeen(of: series, from: point.publication, asOf: nil) ?? point.firstSeen,
        scale: self.series[series]?.scale ?? 0,
        isListed: self.series[series]?.isListed ?? false, suspicion: latest.row.suspicion,
        source: sources[series.source] ?? SourceState())
    }
  }

  /// Returns when the last publication before a series' next row was last seen.
  private func lastSeen(of series: Series, from number: Int64, asOf: Timestamp?) -> Timestamp? {
    let limit = asOf ?? Timestamp(milliseconds: .max)
    let known = (publications[series.source] ?? []).filter { $0.firstSeen <= limit }
    let numbers = Set(known.map(\.number))
    let next = (rows[series] ?? []).first {
      $0.publication > number && numbers.contains($0.publication)
    }
    return known.last { $0.number < next?.publication ?? .max }.map { min($0.lastSeen, limit) }
  }

  /// Returns the last rates of every series, oldest first.
  package func recentRates(_ count: Int) -> [Series: [Rate]] {
    Dictionary(
      uniqueKeysWithValues: series.keys.map { series in
        (series, (rows[series] ?? []).compactMap(\.point?.rate).suffix(count))
      }
    ).mapValues(Array.init)
  }

  /// Returns the latest trusted rate of every series that was listed at an instant.
  package func rates(asOf instant: Timestamp?) -> [RateAsOf] {
    rows.keys.sorted().compactMap { series in
      let known = (publications[series.source] ?? []).filter { publication in
        instant.map { publication.firstSeen <= $0 } ?? true
      }
      // The latest publication at an instant is the one fetched last, not the highest number.
      let latest = known.max { ($0.firstSeen, $0.number) < ($1.firstSeen, $1.number) }
      guard let number = instant == nil ? .max : latest?.number,
        (rows[series] ?? []).last(where: { $0.publication <= number })?.point != nil,
        let point = points(of: series).last(where: {
          $0.row.suspicion == nil && $0.point.publication <= number
        })
      else { return nil }
      return RateAsOf(
        series: series, point: point.point, scale: self.series[series]?.scale ?? 0)
    }
  }

  /// Returns the history of one pair.
  package func history(_ query: HistoryQuery) -> [HistoryRow] {
    rows.keys.sorted().filter { series in
      series.pair == query.pair && (query.source.map { $0 == series.source } ?? true)
    }.flatMap { series in
      var rows = history(of: series, query)
      if let newest = query.newest {
        let numbers = Set(rows.map(\.publication).sorted().suffix(newest))
        rows = rows.filter { numbers.contains($0.publication) }
      }
      return query.allVersions ? rows : rows.newestVersions
    }.page(of: query)
  }

  private func history(of series: Series, _ query: HistoryQuery) -> [HistoryRow] {
    let publications = publicationsByNumber(of: series.source)
    let rows = (rows[series] ?? []).compactMap { row -> (day: CalendarDay, row: HistoryRow)? in
      guard let publication = publications[row.publication],
        query.asOf.map({ publication.firstSeen <= $0 }) ?? true
      else { return nil }
      let day = publication.valueDate ?? publication.firstSeen.day
      guard query.since.map({ day >= $0 }) ?? true, query.until.map({ day <= $0 }) ?? true else {
        return nil
      }
      let lastSeen = lastSeen(of: series, from: row.publication, asOf: query.asOf)
      return (
        day,
        HistoryRow(
          series: series, rate: row.point?.rate, valueDate: publication.valueDate,
          firstSeen: publication.firstSeen, lastSeen: lastSeen ?? publication.firstSeen,
          version: row.point?.version ?? 1, publishedChange: row.publishedChange,
          publication: row.publication, suspicion: row.suspicion)
      )
    }
    return rows.sorted { ($0.day, $0.row.publication) < ($1.day, $1.row.publication) }.map(\.row)
  }
}
