import FXCore
import InMemoryStore
import StoreSuite
import Testing

/// A simulation of the engine under a virtual clock, with failing sources and receivers, and crashes
/// between any two steps.
///
/// Equal seeds give equal runs.
struct World: Sendable {
  /// One attempt that reached a receiver.
  struct Arrival: Hashable {
    let notifier: String
    let id: String
    let sequence: Int64
    let orderingKey: String
    let at: Timestamp
    let wasTaken: Bool
  }

  let plan: Plan
  let zones: any Zones
  private(set) var now: Timestamp
  private(set) var store = StoreModel()
  private(set) var engine: Engine
  private(set) var arrivals: [Arrival] = []
  private(set) var crashes = 0

  /// The number of times that open deliveries were read.
  private(set) var loads = 0

  /// The number of pages interrupted between portions, and of crashes before their continuation.
  private(set) var portions = 0
  private(set) var crashesWithinPages = 0

  /// Returns the page of a source at an instant.
  var page: @Sendable (SourceName, Timestamp) -> FetchOutcome

  /// Returns the outcome of an attempt.
  var receiver: @Sendable (String, OutboxEntry, Timestamp) -> DeliveryOutcome = { _, _, _ in
    .delivered(detail: "HTTP 204")
  }

  /// Returns true if the process crashes between two steps.
  var crashesNow: @Sendable (Timestamp) -> Bool = { _ in false }

  /// Returns the duration of a fetch or an attempt.
  var latency: Duration = .milliseconds(40)

  /// Returns the silences and acknowledgements at an instant.
  var suppressions: @Sendable (Timestamp) -> Suppressions = { _ in Suppressions() }

  /// The number of events of a page after which its portion ends.
  private let eventsPerPortion: Int
  private var queue: [(at: Timestamp, event: Event)] = []
  private var wake: Timestamp?

  init(
    plan: Plan, start: Timestamp, zones: any Zones = GreenwichZones(), eventsPerPortion: Int = .max,
    page: @escaping @Sendable (SourceName, Timestamp) -> FetchOutcome
  ) {
    self.plan = plan
    self.zones = zones
    self.page = page
    self.eventsPerPortion = eventsPerPortion
    now = start
    engine = Engine(
      plan: plan, stored: store.stored, zones: zones, now: start, eventsPerPortion: eventsPerPortion
    )
    take(.started)
  }

  /// Runs the simulation until `end`.
  mutating func run(until end: Timestamp) {
    while true {
      let next = queue.indices.min { queue[$0].at < queue[$1].at }
      let eventAt = next.map { queue[$0].at }
      guard let instant = [eventAt, wake].compactMap({ $0 }).min(), instant <= end else { break }
      now = max(now, instant)
      if let next, eventAt == instant {
        take(queue.remove(at: next).event)
      } else {
        wake = nil
        take(.woke)
      }
    }
    now = end
  }

  /// Replaces the plan by an equal one, as a reload does.
  mutating func reload() {
    engine = Engine(
      plan: plan, stored: store.stored, zones: zones, now: now, continuing: engine,
      eventsPerPortion: eventsPerPortion)
    take(.started)
  }

  /// Steps the wall clock.
  mutating func setClock(by step: Duration) {
    now = now + step
    queue = queue.map { ($0.at + step, $0.event) }
    take(.clockStepped(by: step))
    take(.woke)
  }

  /// Decides, commits, absorbs and follows the commands, with a possible crash before and after each.
  private mutating func take(_ event: Event) {
    if crashesNow(now) { return restart() }
    let asked = suppressions(now)
    if asked != store.suppressions {
      store.suppressions = asked
      engine.setSuppressions(asked, at: now)
    }
    let decision = engine.decide(event, at: now)
    if crashesNow(now) { return restart() }
    do throws(StoreProblem) { try store.apply(decision.changeset) } catch { Issue.record(error) }
    if crashesNow(now) { return restart() }
    let commands = engine.absorb(decision, at: now)
    wake = commands.wake
    for fetch in commands.fetches {
      queue.append((now + latency, .fetched(fetch.source, page(fetch.source, now))))
    }
    for lease in commands.leases { attempt(lease) }
    for query in commands.loads {
      loads += 1
      take(.loaded(LoadedPage(to: query, page: store.openDeliveries(query))))
    }
    if let source = commands.unfinished {
      portions += 1
      take(.continued(source))
    }
  }

  /// Delivers a lease: in order within a key, whose rest is skipped after a failure, as is everything
  /// that is not in flight when the endpoint fails.
  private mutating func attempt(_ lease: Lease) {
    var givenUp: Set<String> = []
    var reports: [DeliveryReport] = []
    var inFlight = lease.isProbing ? 1 : lease.concurrency
    var endpointWorks = true
    for entry in lease.entries where !givenUp.contains(entry.orderingKey) {
      let outcome = receiver(lease.notifier, entry, now)
      var wasTaken = false
      switch outcome {
      case .delivered:
        wasTaken = true
        inFlight = lease.concurrency
      case .refused: break
      case .retry, .limited, .gone: endpointWorks = false
      }
      arrivals.append(
        Arrival(
          notifier: lease.notifier,
          id: store.events[Int(entry.sequence) - 1].notification.id,
          sequence: entry.sequence, orderingKey: entry.orderingKey, at: now, wasTaken: wasTaken))
      if !wasTaken { givenUp.insert(entry.orderingKey) }
      reports.append(DeliveryReport(sequence: entry.sequence, outcome: outcome))
      if !endpointWorks {
        inFlight -= 1
        if inFlight == 0 { break }
      }
    }
    queue.append(
      (now + latency, .delivered(notifier: lease.notifier, reports: reports, isLast: true)))
  }

  /// Drops everything in memory and restores the engine from the store.
  mutating func restart() {
    crashes += 1
    if store.sources.values.contains(where: { $0.unfinished != nil }) { crashesWithinPages += 1 }
    queue = []
    now = now + .milliseconds(200)
    let calm = crashesNow
    crashesNow = { _ in false }
    engine = Engine(
      plan: plan, stored: store.stored, zones: zones, now: now, eventsPerPortion: eventsPerPortion)
    take(.started)
    crashesNow = calm
  }
}
