import FXCore
import FXNotifiers
import FXSystem

/// Carries out leases: attempts deliveries and says how each ended.
///
/// Isolated to the network lane. Holds no truth: the outbox in the store does.
actor Deliverer {
  private nonisolated let lane: Lane
  private let store: any HistoryStore
  private let clock = SystemClock()
  private var definitions: [String: NotifierDefinition] = [:]

  nonisolated var unownedExecutor: UnownedSerialExecutor {
    lane.asUnownedSerialExecutor()
  }

  /// A deliverer that knows no notifier yet.
  init(lane: Lane, store: any HistoryStore) {
    self.lane = lane
    self.store = store
  }

  /// Takes over the notifiers of a plan; what is under way ends as it began.
  func use(_ notifiers: [NotifierDefinition]) {
    definitions = Dictionary(notifiers.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
  }

  /// Attempts the deliveries of a lease, and reports each shipment as it ends.
  ///
  /// Entries of a lane in which one failed are left out; once the endpoint fails, so is everything
  /// that is not under way yet.
  ///
  /// `known` holds events that the store may not have yet.
  func carryOut(
    _ lease: Lease, known: [Int64: Notification],
    report: @escaping @Sendable ([DeliveryReport]) async -> Void
  ) async {
    guard let definition = definitions[lease.notifier] else { return }
    let notifications: [Int64: Notification]
    let unknown = lease.entries.map(\.sequence).filter { known[$0] == nil }
    do throws(StoreProblem) {
      let stored = unknown.isEmpty ? [:] : try await store.notifications(of: unknown)
      notifications = stored.merging(known) { $1 }
    } catch {
      // Not the receiver's fault, but the lease has to end: its entries are tried again.
      await report(Self.reports(on: lease.entries, .retry(because: error.message)))
      return
    }
    let trains = Self.trains(of: lease, for: definition)
    await withTaskGroup(of: Bool.self) { group in
      var waiting = trains[...]
      for _ in 0..<min(lease.atOnce, trains.count) {
        guard let train = waiting.popFirst() else { break }
        group.addTask { await self.run(train, definition, notifications, report) }
      }
      while let endpointWorks = await group.next() {
        if !endpointWorks { waiting = [] }
        guard let train = waiting.popFirst() else { continue }
        group.addTask { await self.run(train, definition, notifications, report) }
      }
    }
  }

  /// Shipments that must arrive one after the other.
  private struct Train: Sendable {
    let shipments: [[OutboxEntry]]
  }

  /// One train a lane, each event by itself.
  ///
  /// For a notifier that batches one train in all, what
  /// travels together in one shipment; likewise one train where only one shipment at a time goes
  /// out anyway, so that what is written down in one place stands in the order it happened.
  private static func trains(of lease: Lease, for definition: NotifierDefinition) -> [Train] {
    if definition.batches { return [Train(shipments: batches(of: lease))] }
    if definition.atOnce == 1 { return [Train(shipments: lease.entries.map { [$0] })] }
    var order: [String] = []
    var lanes: [String: [[OutboxEntry]]] = [:]
    for entry in lease.entries {
      if lanes[entry.lane] == nil { order.append(entry.lane) }
      lanes[entry.lane, default: []].append([entry])
    }
    return order.map { Train(shipments: lanes[$0] ?? []) }
  }

  /// The entries by what they travel with; none goes before an older one of its lane.
  private static func batches(of lease: Lease) -> [[OutboxEntry]] {
    var shipments: [[OutboxEntry]] = []
    var places: [OutboxEntry.Batch: Int] = [:]
    var lastOfLane: [String: Int] = [:]
    for entry in lease.entries {
      var place = places[entry.batch] ?? shipments.count
      if place < lastOfLane[entry.lane] ?? 0 { place = shipments.count }
      if place == shipments.count { shipments.append([]) }
      shipments[place].append(entry)
      places[entry.batch] = place
      lastOfLane[entry.lane] = place
    }
    return shipments
  }

  /// Makes the shipments of a train one after the other; gives whether the endpoint still works.
  ///
  /// What a receiver refuses holds up what comes after it in its lane, and nothing else.
  private func run(
    _ train: Train, _ definition: NotifierDefinition, _ notifications: [Int64: Notification],
    _ report: @Sendable ([DeliveryReport]) async -> Void
  ) async -> Bool {
    var heldUp: Set<String> = []
    for entries in train.shipments where !entries.contains(where: { heldUp.contains($0.lane) }) {
      let told = entries.compactMap { notifications[$0.sequence] }
      guard let first = told.first else {
        await report(Self.reports(on: entries, .refused(because: "the event is not stored")))
        continue
      }
      let id = told.count == 1 ? first.id : "\(first.id)+\(told.count - 1)"
      let outcome = await definition.notifier.deliver(
        Shipment(id: id, notifications: told, attemptedAt: clock.now()))
      await report(Self.reports(on: entries, outcome))
      switch outcome {
      case .delivered: continue
      case .refused: heldUp.formUnion(entries.map(\.lane))
      case .retry, .gone: return false
      }
    }
    return true
  }

  private static func reports(
    on entries: [OutboxEntry], _ outcome: DeliveryOutcome
  ) -> [DeliveryReport] {
    entries.map { DeliveryReport(sequence: $0.sequence, outcome: outcome) }
  }
}
