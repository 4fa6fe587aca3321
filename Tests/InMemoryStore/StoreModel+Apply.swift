package import FXCore

/// Commits.
extension StoreModel {
  /// The location in messages.
  static let location = "model store"

  /// Commits a changeset: all of it or nothing.
  package mutating func apply(_ changeset: Changeset) throws(StoreProblem) {
    try check(changeset)
    sources.merge(changeset.sources) { $1 }
    if let publication = changeset.publication { insert(publication) }
    for observation in changeset.observations { insert(observation) }
    for series in changeset.vanished { delist(series, in: changeset.publication) }
    if let seen = changeset.seenAgain { extend(seen.number, of: seen.source, to: seen.at) }
    for (key, state) in changeset.alerts { alerts[key] = state }
    insert(changeset.fired)
    bases.merge(changeset.alertBases) { $1 }
    resolved.merge(changeset.resolved) { $1 }
    for (name, state) in changeset.disabled { disabled[name] = state }
    for (name, since) in changeset.failing { failing[name] = since }
    if let step = changeset.clockStep { move(by: step) }
    for event in changeset.events { insert(event) }
    heldKeys.formUnion(changeset.held.map(\.key))
    heldKeys.subtract(changeset.released)
    for result in changeset.deliveryResults { record(result) }
    for deliveries in changeset.abandoned { abandon(deliveries) }
  }

  /// Throws if a changeset contradicts what is stored.
  private func check(_ changeset: Changeset) throws(StoreProblem) {
    if let publication = changeset.publication,
      let stored = self.publication(publication.number, of: publication.source),
      stored.firstSeen != publication.firstSeen || stored.bodyHash != publication.bodyHash
    {
      throw .duplicate(
        "publication \(publication.number) of \(publication.source)", at: Self.location)
    }
    let source = changeset.publication?.source
    let isStray =
      changeset.observations.contains {
        $0.series.source != source || $0.point.publication != changeset.publication?.number
      } || changeset.vanished.contains { $0.source != source }
    if isStray { throw .strayRates(at: Self.location) }
    for event in changeset.events {
      if let stored = self.event(event.sequence), stored.notification.id != event.notification.id {
        throw .duplicate("event \(event.sequence)", at: Self.location)
      }
    }
  }

  // MARK: History

  private mutating func insert(_ publication: Publication) {
    guard self.publication(publication.number, of: publication.source) == nil else { return }
    publications[publication.source, default: []].append(publication)
  }

  private mutating func insert(_ observation: ObservationRecord) {
    insert(
      Row(
        publication: observation.point.publication, point: observation.point,
        publishedChange: observation.publishedChange,
        suspicion: observation.suspicion), of: observation.series)
    series[observation.series, default: .init()].isListed = true
    if observation.suspicion == nil {
      series[observation.series]?.scale = observation.scale
    }
  }

  private mutating func delist(_ series: Series, in publication: Publication?) {
    guard let publication else { return }
    insert(
      Row(
        publication: publication.number, point: nil, publishedChange: nil,
        suspicion: nil), of: series)
    self.series[series, default: .init()].isListed = false
  }

  /// Inserts a row, in place of the one of the same publication.
  mutating func insert(_ row: Row, of series: Series) {
    guard let last = rows[series]?.last, last.publication >= row.publication else {
      rows[series, default: []].append(row)
      return
    }
    rows[series]?.removeAll { $0.publication == row.publication }
    rows[series]?.append(row)
    rows[series]?.sort { $0.publication < $1.publication }
  }

  private mutating func extend(_ number: Int64, of source: SourceName, to instant: Timestamp) {
    guard let index = publications[source]?.lastIndex(where: { $0.number == number }),
      let seen = publications[source]?[index]
    else { return }
    publications[source]?[index] = Publication(
      number: number, source: source, valueDate: seen.valueDate, firstSeen: seen.firstSeen,
      lastSeen: max(seen.lastSeen, instant), bodyHash: seen.bodyHash, headlines: seen.headlines)
  }

  // MARK: Outbox

  private mutating func insert(_ alerts: [AlertRecord]) {
    guard !alerts.isEmpty else { return }
    let known = Set(fired.map(\.id))
    fired += alerts.filter { !known.contains($0.id) }
  }

  private mutating func insert(_ event: OutboxEvent) {
    if self.event(event.sequence) == nil {
      guard eventIDs.insert(event.notification.id).inserted else { return }
      events.append(event)
    }
    for notifier in event.recipients {
      let key = DeliveryKey(sequence: event.sequence, notifier: notifier)
      guard deliveries[key] == nil else { continue }
      let time = event.notification.timestamp
      deliveries[key] = Delivery(opened: time, due: time)
    }
  }

  private mutating func move(by step: ClockStep) {
    guard step.at != clockStep?.at else { return }
    clockStep = step
    for (key, delivery) in deliveries where delivery.state == .open {
      deliveries[key]?.opened = delivery.opened + step.by
      deliveries[key]?.due = delivery.due + step.by
    }
  }

  private mutating func abandon(_ abandoned: AbandonedDeliveries) {
    for entry in open where entry.notifier == abandoned.notifier {
      if let until = abandoned.openedUntil, entry.opened > until || entry.isDigest { continue }
      record(
        DeliveryResult(
          sequence: entry.sequence, notifier: entry.notifier, attempts: entry.attempts,
          at: abandoned.at, state: .dead, detail: abandoned.detail))
    }
  }

  private mutating func record(_ attempt: DeliveryResult) {
    deliveryResults.append(attempt)
    let key = DeliveryKey(sequence: attempt.sequence, notifier: attempt.notifier)
    guard var delivery = deliveries[key], delivery.state == .open else { return }
    let result: DeliveryAttempt.Result
    switch attempt.state {
    case .delivered:
      result = .delivered
      delivery.state = .delivered
    case .dead:
      result = .dead
      delivery.state = .dead
    case .postponed(let due):
      guard delivery.attempts < attempt.attempts else { return }
      result = .postponed
      delivery.due = due
    case .limited(let due):
      guard delivery.due < due else { return }
      result = .postponed
      delivery.due = due
    }
    if attempt.state != .limited(due: delivery.due) { delivery.attempts = attempt.attempts }
    delivery.ledger.append(
      DeliveryAttempt(
        number: attempt.number, at: attempt.at, result: result, detail: attempt.detail))
    deliveries[key] = delivery
  }
}
