import FXCore
import Support

/// Changesets as an engine could decide them, at random: new days, revisions, days that go back or
/// are missing, suspect rates, series that vanish and return, clocks that are set back, alerts,
/// events, and their deliveries.
struct RandomChanges {
  private(set) var now = instant(day: 0)

  private let pairs: [String]
  private var random: SeededRandom
  private var numbers: [String: Int64] = [:]
  private var sequence: Int64 = 0
  private var attempts: [Int64: Int] = [:]

  /// Creates the changesets of a seed.
  init(seed: UInt64, pairs: [String]) {
    random = SeededRandom(seed: seed)
    self.pairs = pairs
  }

  /// Returns true in so many of so many cases.
  mutating func happens(_ count: Int, in total: Int) -> Bool {
    Int.random(in: 0..<total, using: &random) < count
  }

  private mutating func any<Element>(of elements: [Element], or other: Element) -> Element {
    elements.randomElement(using: &random) ?? other
  }

  /// Returns the next changeset.
  mutating func next() throws -> Changeset {
    now = now + .seconds(any(of: [-600, 0, 1, 3600, 86_400, 604_800], or: 0))
    let source = any(of: ["cbu", "ecb"], or: "ecb")
    if let number = numbers[source], happens(1, in: 4) { return seenAgain(source, number, at: now) }
    var changeset = try publication(of: source)
    var state = SourceState()
    state.latestPublication = numbers[source] ?? 0
    state.lastSuccess = now
    changeset.sources[SourceName(source)] = state
    if happens(1, in: 2) { try addAlert(to: &changeset) }
    addAttempts(to: &changeset)
    return changeset
  }

  /// Returns a selection of one or two events, which may have failed deliveries.
  mutating func deadLetters() -> DeadLetterSelection {
    let last = Int64.random(in: 1...max(1, sequence), using: &random)
    let first = max(1, last - (happens(1, in: 2) ? 1 : 0))
    return DeadLetterSelection(
      events: [.init(first: "event-\(first)", last: "event-\(last)")],
      notifier: happens(1, in: 2) ? "ops" : nil)
  }

  private mutating func publication(of source: String) throws -> Changeset {
    let number = numbers[source, default: 0] + 1
    numbers[source] = number
    var rates: [String: String] = [:]
    for pair in pairs where happens(2, in: 3) {
      let whole = Int.random(in: 1...9, using: &random)
      rates[pair] = any(of: ["\(whole)", "\(whole).50", "0.0000\(whole)"], or: "1")
    }
    let date = happens(1, in: 5) ? nil : now.day.advanced(by: any(of: [-2, -1, 0, 1], or: 0))
    let vanished = pairs.filter { rates[$0] == nil }.filter { _ in happens(1, in: 2) }
    var changeset = try Changeset(
      source, number, valueDate: date, at: now, rates, version: any(of: [1, 2, 3], or: 1),
      vanished: vanished)
    if happens(1, in: 6) { changeset.observations = changeset.observations.map(\.asSuspect) }
    return changeset
  }

  private mutating func addAlert(to changeset: inout Changeset) throws {
    sequence += 1
    let key = AlertKey(rule: "moved", series: try series("ecb", any(of: pairs, or: "EUR/USD")))
    let id = "alert-\(sequence)"
    let data = JSONValue.object([
      .init("alert_id", .string(id)), .init("summary", .string("moved \(sequence) %")),
    ])
    changeset.fired = [
      AlertRecord(
        id: id, key: key, kind: happens(1, in: 3) ? .event : .state, severity: .warning,
        firedAt: now, resolvedAt: nil, data: JSONText(data))
    ]
    changeset.alerts[key] =
      happens(1, in: 4)
      ? .some(nil)
      : AlertState(.firing(alertID: id, since: now), ruleFingerprint: "\(sequence)")
    changeset.alertBases[key] = AlertBasis(
      alertID: id, firedAt: now, valueDate: now.day, rate: "1.\(sequence)")
    if happens(1, in: 3) { changeset.resolved["alert-\(max(1, sequence - 3))"] = now }
    changeset.events = [
      OutboxEvent(
        sequence: sequence,
        notification: Notification(
          id: "event-\(sequence)", type: .alertFiring, timestamp: now, data: data),
        orderingKey: "ecb", recipients: any(of: [[], ["ops"], ["console", "ops"]], or: []))
    ]
    if happens(1, in: 4) {
      changeset.held = changeset.events.map {
        HeldEvent(
          key: .init(sequence: $0.sequence, notifier: "night"), notification: $0.notification)
      }
    }
    if happens(1, in: 8) {
      changeset.released = [DeliveryKey(sequence: max(1, sequence - 4), notifier: "night")]
    }
  }

  /// Ends an attempt of one of the last events; some are of deliveries that have ended or never were.
  private mutating func addAttempts(to changeset: inout Changeset) {
    guard sequence > 0, happens(2, in: 3) else { return }
    let event = Int64.random(in: max(1, sequence - 4)...sequence, using: &random)
    let count = attempts[event, default: 0] + (happens(1, in: 5) ? 0 : 1)
    attempts[event] = count
    let results: [DeliveryResult.State] = [
      .delivered, .dead, .postponed(due: now + .seconds(60)), .postponed(due: now),
      .limited(due: now + .seconds(30)),
    ]
    changeset.deliveryResults = [
      DeliveryResult(
        sequence: event, notifier: any(of: ["console", "ops"], or: "ops"), attempts: count,
        at: now, state: any(of: results, or: .dead), detail: "attempt \(count)")
    ]
    if happens(1, in: 6) { changeset.failing["ops"] = happens(1, in: 2) ? now : .some(nil) }
    if happens(1, in: 9) {
      changeset.disabled["ops"] = DisabledNotifier(
        fingerprint: "f", since: now, reason: "HTTP 410")
    }
  }
}

extension ObservationRecord {
  /// The same rate as a suspect one.
  var asSuspect: ObservationRecord {
    ObservationRecord(
      series: series, point: point, publishedChange: publishedChange, scale: 0,
      suspicion: Suspicion(guardName: "power-of-ten", reason: "about 10 times the last rate"))
  }
}
