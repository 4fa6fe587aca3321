package import FXCore

extension OutboxPage {
  /// Creates the page of a request in the obvious way, from all open deliveries of a store.
  package init(_ query: OutboxQuery, plainlyFrom open: [OutboxEntry]) {
    let own = open.filter { $0.notifier == query.notifier }.sorted { $0.sequence < $1.sequence }
    guard own.count > DeliveryLimits.entriesWhileFailing else {
      self.init(count: own.count, entries: own)
      return
    }
    let all = PlainVerdict.all(of: own, query)
    var read: [PlainVerdict] = []
    var expired: [OutboxEntry] { read.filter(\.isExpired).map(\.entry) }
    for verdict in all {
      let eligible = read.filter(\.isEligible)
      let isEnough =
        query.lookahead > 1
        ? eligible.count { $0.severity == .critical } >= query.limit
          || read.count >= query.lookahead && !eligible.isEmpty
        : eligible.count >= query.limit
      if isEnough, expired.count < query.expiredReportedFrom { break }
      read.append(verdict)
    }
    let isReported = expired.count >= query.expiredReportedFrom
    let chosen = read.filter(\.isEligible).sorted {
      query.lookahead > 1
        ? ($1.severity, $0.entry.sequence) < ($0.severity, $1.entry.sequence)
        : $0.entry.sequence < $1.entry.sequence
    }.prefix(query.limit).map(\.entry)
    self.init(
      count: own.count, entries: chosen.sorted { $0.sequence < $1.sequence },
      nextDue: chosen.isEmpty ? read.filter(\.isWaiting).map(\.entry.due).min() : nil,
      expired: isReported ? Array(expired.prefix(100)) : [],
      expiredCount: isReported ? expired.count : 0)
  }
}

/// An open delivery, and whether it can be attempted.
private struct PlainVerdict {
  let entry: OutboxEntry
  let isExpired: Bool

  /// True if no older entry of its ordering key waits, and it does.
  let isWaiting: Bool
  let isEligible: Bool

  /// The least severity of those of its ordering key up to it.
  let severity: Severity

  static func all(of entries: [OutboxEntry], _ query: OutboxQuery) -> [PlainVerdict] {
    Dictionary(grouping: entries, by: \.orderingKey).values.flatMap { queue in
      queue.indices.map { index in
        let isKept = queue[..<index].contains { $0.isExpired(in: query) || $0.due > query.now }
        let entry = queue[index]
        let isExpired = entry.isExpired(in: query)
        return PlainVerdict(
          entry: entry, isExpired: isExpired,
          isWaiting: !isKept && !isExpired && entry.due > query.now,
          isEligible: !isKept && !isExpired && entry.due <= query.now,
          severity: queue[...index].map(\.severity).min() ?? entry.severity)
      }
    }.sorted { $0.entry.sequence < $1.entry.sequence }
  }
}

extension OutboxEntry {
  fileprivate func isExpired(in query: OutboxQuery) -> Bool {
    !orderingKey.hasPrefix("too late") && opened <= query.expiredUntil
  }
}
