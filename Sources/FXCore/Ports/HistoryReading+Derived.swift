/// Answers that follow from others; a store that finds them without reading everything has its own.
extension HistoryReading {
  package func rates(upTo day: CalendarDay) throws(StoreProblem) -> [RateAsOf] {
    let latest = try latestRates()
    var found: [RateAsOf] = []
    for pair in Set(latest.map(\.series.pair)) {
      var query = HistoryQuery(pair: pair)
      query.until = day
      query.allVersions = true
      for (series, rows) in Dictionary(grouping: try history(query), by: \.series) {
        guard rows.last?.rate != nil, let row = rows.last(where: { $0.isTrusted }),
          let rate = row.rate
        else { continue }
        found.append(
          RateAsOf(
            series: series,
            point: SeriesPoint(
              rate: rate, valueDate: row.valueDate, firstSeen: row.firstSeen,
              publication: row.publication, version: row.version),
            scale: latest.first { $0.series == series }?.scale ?? rate.printed.scale))
      }
    }
    return found.sorted { $0.series < $1.series }
  }

  package func alert(_ id: String) throws(StoreProblem) -> AlertRecord? {
    try alerts(all: true).first { $0.id == id }
  }

  package func latestAlerts(
    of pair: CurrencyPair?, limit: Int
  ) throws(StoreProblem) -> [AlertRecord] {
    try alerts(all: true).filter { pair == nil || $0.key.series.pair == pair }.suffix(limit)
  }

  package func latestDeliveries(_ query: DeliveryQuery) throws(StoreProblem) -> [DeliveryRecord] {
    let ofAlert = try query.alertID.map { id throws(StoreProblem) in
      Set(try self.events(ofAlert: id))
    }
    let all = try deliveries(query.state, ofEvent: nil).filter { record in
      (query.notifier == nil || record.notifier == query.notifier)
        && (ofAlert?.contains(record.sequence) ?? true)
    }
    return Array(
      all.sorted { ($1.sequence, $0.notifier) < ($0.sequence, $1.notifier) }
        .dropFirst(query.offset).prefix(query.limit))
  }
}

extension HistoryRow {
  /// True for a rate that is not suspect.
  package var isTrusted: Bool { rate != nil && suspicion == nil }
}
