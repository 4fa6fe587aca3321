import FXCore
import Testing

@Suite("The queues of deliveries")
struct DeliveryQueuesTests {
  private static let start = Timestamp(seconds: 1_771_578_000)
  private static let notifiers = ["ops", "console"].map {
    PlannedNotifier(name: $0, fingerprint: "1", deliverWithin: .seconds(3600))
  }

  private static func entry(_ sequence: Int64, to notifier: String = "ops") -> OutboxEntry {
    OutboxEntry(
      sequence: sequence, id: "evt_00_\(sequence)", notifier: notifier,
      orderingKey: "lane \(sequence)", opened: start,
      attempts: 0,
      due: start, summary: "event \(sequence)")
  }

  /// The queues with open deliveries to `ops`.
  private static func queues(
    _ open: [OutboxEntry], disabled: [String: DisabledNotifier] = [:],
    failing: [String: Timestamp] = [:]
  ) -> (queues: DeliveryQueues, changes: Changeset) {
    var changes = Changeset()
    var queues = DeliveryQueues(
      of: notifiers, disabled: disabled, failing: failing, changes: &changes)
    queues.restore(open, now: start, changes: &changes)
    return (queues, changes)
  }

  private static func lease(
    _ outcomes: [(Int64, DeliveryOutcome)], isLast: Bool = true
  ) -> LeaseReport {
    LeaseReport(
      notifier: "ops", reports: outcomes.map { DeliveryReport(sequence: $0, outcome: $1) },
      isLast: isLast)
  }

  /// The sequence and result of every settlement.
  private static func results(_ changeset: Changeset) -> [Int64: DeliveryResult.State] {
    Dictionary(uniqueKeysWithValues: changeset.deliveryResults.map { ($0.sequence, $0.state) })
  }

  @Test("lease every open delivery once, until its lease ends")
  func leases() {
    var queues = Self.queues([Self.entry(1), Self.entry(2), Self.entry(3, to: "console")]).queues
    #expect(queues.count == 3)
    let leases = queues.startDue(at: Self.start).leases
    #expect(leases.map(\.notifier) == ["ops", "console"])
    #expect(leases.map { $0.entries.map(\.sequence) } == [[1, 2], [3]])
    #expect(queues.startDue(at: Self.start).leases.isEmpty)
    let decision = DecisionBuilder(at: Self.start)
    queues.recordResults(
      of: Self.lease([(1, .delivered(detail: "HTTP 204"))]), in: decision)
    #expect(queues.count == 3)
    queues.absorb(decision.decision, at: Self.start)
    #expect(queues.count == 2)
    #expect(queues.startDue(at: Self.start).leases.map { $0.entries.map(\.sequence) } == [[2]])
  }

  @Test("disable a notifier that answers 410; only what was delivered stays delivered")
  func gone() {
    var queues = Self.queues((1...4).map { Self.entry($0) }).queues
    _ = queues.startDue(at: Self.start).leases
    let decision = DecisionBuilder(at: Self.start)
    queues.recordResults(
      of: Self.lease([
        (1, .delivered(detail: "HTTP 204")), (2, .retry(because: "HTTP 503")), (3, .gone),
      ]), in: decision)
    #expect(Self.results(decision.changeset) == [1: .delivered, 3: .dead])
    let reason = "its endpoint answered 410 Gone"
    #expect(
      decision.changeset.abandoned
        == [AbandonedDeliveries(notifier: "ops", at: Self.start, detail: reason)])
    #expect(
      decision.changeset.disabled == [
        "ops": DisabledNotifier(
          fingerprint: "1", since: Self.start, reason: "its endpoint answered 410 Gone")
      ])
    #expect(decision.changeset.events.map(\.recipients) == [["console"]])
    queues.absorb(decision.decision, at: Self.start)
    #expect(!queues.isInUse("ops"))
    #expect(queues.startDue(at: Self.start).leases.map(\.notifier) == ["console"])
  }

  @Test("disable a notifier after days of failures, and eight of them in a row")
  func failing() {
    var queues = Self.queues([Self.entry(1)]).queues
    var disabledAt: [Int] = []
    for attempt in 1...9 {
      let now = Self.start + .seconds((attempt - 1) * 24 * 3600)
      let decision = DecisionBuilder(at: now)
      _ = queues.startDue(at: now)
      queues.recordResults(
        of: Self.lease([(Int64(attempt), .retry(because: "HTTP 503"))]), in: decision)
      if decision.changeset.disabled["ops"] != nil { disabledAt.append(attempt) }
      queues.absorb(decision.decision, at: now)
      var changes = Changeset()
      queues.restore([Self.entry(Int64(attempt + 1))], now: now, changes: &changes)
    }
    #expect(disabledAt == [8])
  }

  @Test("record since when a notifier fails, and end that with a success")
  func failingSince() {
    var queues = Self.queues([Self.entry(1)]).queues
    let failed = DecisionBuilder(at: Self.start)
    queues.recordResults(of: Self.lease([(1, .retry(because: "HTTP 503"))]), in: failed)
    queues.absorb(failed.decision, at: Self.start)
    #expect(queues.failing == ["ops": Self.start])
    let now = Self.start + .seconds(60)
    let delivered = DecisionBuilder(at: now)
    queues.recordResults(of: Self.lease([(1, .delivered(detail: "HTTP 204"))]), in: delivered)
    queues.absorb(delivered.decision, at: now)
    #expect(queues.failing == [:])
    #expect(queues.count == 0)
  }

  @Test("send expired events in one digest, and keep them as dead letters")
  func expired() throws {
    var queues = Self.queues([Self.entry(1), Self.entry(2), Self.entry(3, to: "console")]).queues
    let early = DecisionBuilder(at: Self.start + .seconds(3599))
    queues.sendExpired(in: early)
    #expect(early.changeset == Changeset())
    #expect(queues.startDue(at: Self.start + .seconds(3600)).leases.isEmpty)
    let decision = DecisionBuilder(at: Self.start + .seconds(3600))
    queues.sendExpired(in: decision)
    #expect(decision.changeset.events.map(\.recipients) == [["ops"], ["console"]])
    #expect(decision.changeset.events.map { $0.notification["events"] } == ["2", "1"])
    let now = Self.start + .seconds(3600)
    let ids = decision.changeset.events.map(\.notification.id)
    #expect(
      decision.changeset.abandoned
        == zip(["ops", "console"], ids).map {
          AbandonedDeliveries(
            notifier: $0, openedUntil: Self.start, at: now,
            detail: "expired; listed in digest \($1)")
        })
    queues.absorb(decision.decision, at: now)
    #expect(queues.count == 2)
    #expect(
      queues.startDue(at: now).leases.flatMap(\.entries).map(\.id) == ids)
  }

  @Test("restore deliveries in order; those of disabled or removed notifiers are dead letters")
  func restore() {
    let reason = DisabledNotifier(fingerprint: "1", since: Self.start, reason: "HTTP 410")
    var (queues, changes) = Self.queues(
      [Self.entry(3, to: "console"), Self.entry(2, to: "gone"), Self.entry(1)],
      disabled: ["ops": reason])
    #expect(queues.startDue(at: Self.start).leases.map { $0.entries.map(\.sequence) } == [[3]])
    #expect(
      changes.abandoned.map { "\($0.notifier): \($0.detail)" } == [
        "gone: the config no longer has this notifier", "ops: HTTP 410",
      ])
  }

  @Test("use a disabled notifier again once its settings change")
  func changedSettings() {
    let old = DisabledNotifier(fingerprint: "0", since: Self.start, reason: "HTTP 410")
    let (queues, changes) = Self.queues(
      [Self.entry(1)], disabled: ["ops": old],
      failing: ["ops": Self.start, "gone": Self.start])
    #expect(queues.isInUse("ops"))
    #expect(queues.failing == [:])
    #expect(changes.disabled == ["ops": nil])
    #expect(changes.failing == ["ops": nil, "gone": nil])
    #expect(changes.deliveryResults == [])
  }
}
