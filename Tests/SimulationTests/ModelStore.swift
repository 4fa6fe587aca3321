import FXCore

/// The store as the port describes it, in memory: what a crash leaves is exactly what was applied.
struct ModelStore {
  private(set) var sources: [SourceName: SourceState] = [:]
  private(set) var publications: [SourceName: [Publication]] = [:]
  /// Every publication with what was new in it, in the order they came.
  private(set) var past: [PastPublication] = []
  private(set) var points: [Series: [SeriesPoint]] = [:]
  private(set) var records: [Series: ObservationRecord] = [:]
  private(set) var suspects: [Series: [ObservationRecord]] = [:]
  private(set) var rested: [AlertKey: AlertBasis] = [:]
  private(set) var unlisted: Set<Series> = []
  private(set) var alerts: [AlertKey: AlertState] = [:]
  private(set) var fired: [AlertRecord] = []
  private(set) var resolved: [String: Timestamp] = [:]
  private(set) var events: [OutboxEvent] = []
  private(set) var open: [OutboxEntry] = []
  private(set) var settlements: [Settlement] = []
  private(set) var disabled: [String: DisabledNotifier] = [:]
  private(set) var failing: [String: Timestamp] = [:]
  private(set) var held: [HeldEvent] = []

  /// What people asked not to be told: written by commands, not by the engine.
  var suppressions = Suppressions()

  /// What an engine starts from; all history, whatever the window.
  var stored: StoredState {
    StoredState(
      installation: "0011223344556677", latestEvent: events.last?.sequence ?? 0, sources: sources,
      series: Set(records.keys).union(suspects.keys).sorted().map { series in
        StoredSeries(
          series: series, scale: records[series]?.scale ?? 0,
          publishedChange: records[series]?.publishedChange, isListed: !unlisted.contains(series),
          points: points[series] ?? [], suspect: latestSuspect(of: series))
      },
      alerts: alerts, outbox: open, disabled: disabled, failing: failing, held: held,
      suppressions: suppressions, rested: rested)
  }

  private mutating func see(_ source: SourceName, _ number: Int64, until instant: Timestamp) {
    guard
      let index = past.lastIndex(where: {
        $0.publication.source == source && $0.publication.number == number
      })
    else { return }
    let seen = past[index].publication
    past[index] = PastPublication(
      Publication(
        number: number, source: source, valueDate: seen.valueDate, firstSeen: seen.firstSeen,
        lastSeen: instant, bodyHash: seen.bodyHash, headlines: seen.headlines),
      past[index].observations)
  }

  private func latestSuspect(of series: Series) -> SuspectPoint? {
    guard let record = suspects[series]?.last, let suspicion = record.suspicion else { return nil }
    return SuspectPoint(
      point: record.point, publishedChange: record.publishedChange, suspicion: suspicion)
  }

  mutating func apply(_ changeset: Changeset) {
    sources.merge(changeset.sources) { $1 }
    if let publication = changeset.publication {
      if past.last?.publication == publication, let begun = past.popLast() {
        past.append(
          PastPublication(
            publication,
            begun.observations + PastPublication(publication, changeset).observations))
      } else {
        publications[publication.source, default: []].append(publication)
        past.append(PastPublication(publication, changeset))
      }
    }
    if let (source, number, instant) = changeset.seenAgain { see(source, number, until: instant) }
    rested.merge(changeset.rested) { $1 }
    for record in changeset.observations {
      guard record.suspicion == nil else {
        suspects[record.series, default: []].append(record)
        unlisted.remove(record.series)
        continue
      }
      points[record.series, default: []].append(record.point)
      records[record.series] = record
      unlisted.remove(record.series)
    }
    unlisted.formUnion(changeset.vanished)
    for (key, state) in changeset.alerts { alerts[key] = state }
    fired += changeset.fired
    resolved.merge(changeset.resolved) { $1 }
    for (name, state) in changeset.disabled { disabled[name] = state }
    for (name, since) in changeset.failing { failing[name] = since }
    held += changeset.held
    held.removeAll { changeset.released.contains($0.key) }
    for event in changeset.events {
      events.append(event)
      for recipient in event.recipients {
        open.append(
          OutboxEntry(
            sequence: event.sequence, notifier: recipient, lane: event.lane,
            opened: event.notification.timestamp, attempts: 0,
            due: event.notification.timestamp, summary: event.notification["summary"] ?? ""))
      }
    }
    for settlement in changeset.settlements {
      settlements.append(settlement)
      guard
        let index = open.firstIndex(where: {
          $0.sequence == settlement.sequence && $0.notifier == settlement.notifier
        })
      else { continue }
      guard case .postponed(let due) = settlement.result else {
        open.remove(at: index)
        continue
      }
      open[index].attempts = settlement.attempts
      open[index].due = due
    }
  }
}

extension PastPublication {
  /// A publication as a changeset stores it.
  init(_ publication: Publication, _ changeset: Changeset) {
    let changed = changeset.observations.map { record in
      Observation(
        pair: record.series.pair, side: record.series.side, rate: record.point.rate,
        publishedChange: record.publishedChange)
    }
    let vanished = changeset.vanished.map {
      Observation(pair: $0.pair, side: $0.side, rate: nil, publishedChange: nil)
    }
    self.init(publication, changed + vanished)
  }
}

/// A world whose only zone is UTC.
struct GreenwichZones: Zones {
  func offset(ofZone zone: String, at instant: Timestamp) -> Int? { 0 }
}
