import FXCore
import Support
import Testing

@Suite("The memory of open deliveries")
struct OutboxMemoryTests {
  private static func receiver(
    _ name: String, _ answer: @escaping @Sendable (Int64, Duration) -> DeliveryOutcome
  ) -> DeliveryRun.Receiver {
    DeliveryRun.Receiver(name: name, answersAfter: .milliseconds(2), answer: answer)
  }

  @Test("a receiver that is dead for five days has no more in memory than one dead for a minute")
  func dead() {
    var run = DeliveryRun([
      Self.receiver("dead") { _, _ in .retry(because: "connection refused") },
      Self.receiver("good") { _, _ in .delivered(detail: "HTTP 204") },
    ])
    for _ in 0..<12 { run.send(after: .seconds(5)) }
    #expect(run.loads == 0)
    var most = 0
    for _ in 0..<950 {
      run.send(after: .seconds(432))
      most = max(most, run.queues.loadedCount)
    }
    // One more is the event that is on its way to the other receiver.
    #expect(most <= 16 + 1)
    #expect(run.queues.count > 200)
    #expect(run.taken["good"] == Array(1...962))
  }

  @Test("100 000 open deliveries of a dead receiver are a number")
  func restored() {
    var changes = Changeset()
    var queues = DeliveryQueues(
      of: [PlannedNotifier(name: "ops", fingerprint: "1")], disabled: [:], failing: [:],
      changes: &changes)
    queues.restore([], waiting: ["ops": 100_000], now: DeliveryRun.start, changes: &changes)
    #expect(queues.count == 100_000)
    #expect(queues.loadedCount == 0)
    let (leases, loads) = queues.startDue(at: DeliveryRun.start)
    #expect(leases.isEmpty)
    #expect(loads.map(\.limit) == [DeliveryLimits.leaseSize])
    #expect(queues.startDue(at: DeliveryRun.start).loads.isEmpty)
    let failed = DecisionBuilder(at: DeliveryRun.start)
    queues.recordLoaded(LoadedPage(to: loads[0], page: nil), in: failed)
    queues.absorb(failed.decision, at: DeliveryRun.start)
    #expect(queues.nextDue(after: DeliveryRun.start) == DeliveryRun.start + .seconds(60))
  }

  @Test("a receiver that works causes no read, also of two thousand events at once")
  func short() {
    var run = DeliveryRun([Self.receiver("good") { _, _ in .delivered(detail: "HTTP 204") }])
    for _ in 0..<2000 { run.send() }
    run.run(for: .seconds(60))
    #expect(run.taken["good"] == Array(1...2000))
    #expect(run.loads == 0)
  }

  @Test("the backlog of a receiver that works again is delivered, the most severe first")
  func recovers() {
    let down = Duration.seconds(3600)
    var run = DeliveryRun([
      Self.receiver("ops") { _, time in
        time < down ? .retry(because: "HTTP 503") : .delivered(detail: "HTTP 204")
      }
    ])
    for number in 0..<300 {
      run.send(
        after: .seconds(10), severity: number.isMultiple(of: 10) ? .critical : .notice)
    }
    #expect(run.queues.loadedCount <= 16)
    run.run(for: .seconds(86_400))
    let taken = run.taken["ops"] ?? []
    #expect(taken.sorted() == Array(1...300))
    // The first one is the attempt that found it working; those that failed wait for another attempt.
    let critical = taken.dropFirst().prefix(while: { $0 % 10 == 1 })
    #expect(critical.count > 20)
    #expect(run.queues.count == 0)
    #expect(run.queues.loadedCount == 0)
  }

  @Test("events that a receiver refuses for hours keep no other event back")
  func poison() {
    var run = DeliveryRun([
      Self.receiver("ops") { sequence, _ in
        sequence.isMultiple(of: 2) ? .retry(because: "HTTP 400") : .delivered(detail: "HTTP 204")
      }
    ])
    for _ in 0..<200 { run.send(after: .seconds(60)) }
    run.run(for: .seconds(3600))
    #expect(run.taken["ops"]?.sorted() == Array(stride(from: 1, through: 199, by: 2)))
    #expect((run.longestDelay["ops"] ?? .zero) < .seconds(3600))
    #expect(run.queues.loadedCount <= 16)
  }

  @Test("a reload keeps the lease of entries that were loaded, and loads the rest")
  func reload() throws {
    let plan = Plan(
      sources: [], rules: [], notifiers: [PlannedNotifier(name: "ops", fingerprint: "1")])
    func engine(open: [OutboxEntry], continuing earlier: Engine? = nil) -> Engine {
      Engine(
        plan: plan,
        stored: StoredState(
          installation: "00", latestEvent: 40, sources: [:], series: [], alerts: [:], outbox: [],
          waiting: ["ops": open.count]),
        zones: TestZones(), now: DeliveryRun.start, continuing: earlier)
    }
    let now = DeliveryRun.start
    let open = (1...Int64(40)).map {
      OutboxEntry(
        sequence: $0, id: "evt_\($0)", notifier: "ops", orderingKey: "key \($0 % 4)", opened: now,
        attempts: 0, due: now, summary: "")
    }
    func loaded(_ query: OutboxQuery, _ open: [OutboxEntry]) -> Event {
      .loaded(
        LoadedPage(
          to: query, page: OutboxPage(count: open.count + 1, entries: Array(open.prefix(30)))))
    }
    var first = engine(open: open)
    var commands = first.absorb(first.decide(.started, at: now), at: now)
    commands = first.absorb(
      first.decide(loaded(try #require(commands.loads.first), open), at: now), at: now)
    #expect(commands.leases.first?.entries.map(\.sequence) == Array(1...30))
    var next = engine(open: open, continuing: first)
    commands = next.absorb(next.decide(.started, at: now), at: now)
    #expect(commands.isIdle)
    let reports = (1...Int64(30)).map {
      DeliveryReport(sequence: $0, outcome: .delivered(detail: ""))
    }
    let decision = next.decide(
      .delivered(notifier: "ops", reports: reports, isLast: true), at: now)
    #expect(decision.changeset.deliveryResults.count == 30)
    commands = next.absorb(decision, at: now)
    #expect(commands.loads.count == 1)
    // The answer to a request of before the reload changes nothing where none is awaited.
    #expect(next.decide(loaded(commands.loads[0], []), at: now).changeset == Changeset())
  }

  @Test("expired events that are not in memory are in one digest, with their number")
  func expired() throws {
    let now = DeliveryRun.start
    var changes = Changeset()
    var queues = DeliveryQueues(
      of: [PlannedNotifier(name: "ops", fingerprint: "1", deliverWithin: .seconds(3600))],
      disabled: [:], failing: [:], changes: &changes)
    queues.restore([], waiting: ["ops": 500], now: now, changes: &changes)
    let query = try #require(queues.startDue(at: now).loads.first)
    #expect(query.expiredUntil == now - .seconds(3600))
    let open = (1...Int64(500)).map {
      OutboxEntry(
        sequence: $0, id: "evt_\($0)", notifier: "ops", orderingKey: "key \($0)",
        opened: now - .seconds($0 <= 450 ? 3600 : 60), attempts: 0, due: now, summary: "event \($0)"
      )
    }
    // Those that expire while the others are read are in a later digest.
    let later = now + .seconds(3600)
    let decision = DecisionBuilder(at: later)
    let page = OutboxPage(query, plainlyFrom: open)
    queues.recordLoaded(LoadedPage(to: query, page: page), in: decision)
    let digest = try #require(decision.changeset.events.first?.notification)
    #expect(digest["events"] == "450")
    #expect(digest.data["entries"]?.elements?.count == 100)
    #expect(decision.changeset.abandoned.map(\.openedUntil) == [now - .seconds(3600)])
    queues.absorb(decision.decision, at: later)
    #expect(queues.count == 51)
    #expect(queues.startDue(at: now).leases.first?.entries.count == 50)
  }

  @Test("the rest is loaded once expired events are dead letters, also where their digest is held")
  func rest() throws {
    let now = DeliveryRun.start
    var changes = Changeset()
    var queues = DeliveryQueues(
      of: [PlannedNotifier(name: "ops", fingerprint: "1", deliverWithin: .seconds(3600))],
      disabled: [:], failing: [:], changes: &changes)
    queues.restore([], waiting: ["ops": 40], now: now, changes: &changes)
    let query = try #require(queues.startDue(at: now).loads.first)
    // The newer ones wait for the expired ones of their ordering key.
    let open = (1...Int64(40)).map {
      OutboxEntry(
        sequence: $0, id: "evt_\($0)", notifier: "ops", orderingKey: "key",
        opened: now - .seconds($0 <= 10 ? 3600 : 60), attempts: 0, due: now, summary: "")
    }
    let decision = DecisionBuilder(at: now)
    let page = OutboxPage(query, plainlyFrom: open)
    #expect(page.entries == [])
    queues.recordLoaded(LoadedPage(to: query, page: page), in: decision)
    decision.changeset.events = []
    queues.absorb(decision.decision, at: now)
    #expect(queues.count == 30)
    #expect(queues.nextDue(after: now) == now)
    #expect(queues.startDue(at: now).loads.count == 1)
  }
}
