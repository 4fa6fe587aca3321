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

  /// Attempts the deliveries of a lease, and reports each attempt as it ends.
  ///
  /// Entries of a lane in which one failed are left out; once the endpoint fails, so is everything
  /// that is not under way yet.
  func carryOut(
    _ lease: Lease, report: @escaping @Sendable (DeliveryReport) async -> Void
  ) async {
    guard let definition = definitions[lease.notifier] else { return }
    let notifications: [Int64: Notification]
    do throws(StoreProblem) {
      notifications = try await store.notifications(of: lease.entries.map(\.sequence))
    } catch {
      // Not the receiver's fault, but the lease has to end: its entries are tried again.
      for entry in lease.entries {
        await report(
          DeliveryReport(sequence: entry.sequence, outcome: .retry(because: error.message)))
      }
      return
    }
    let trains = Self.trains(of: lease, batches: definition.batches)
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

  /// One train a lane, each event by itself; for a notifier that batches one train in all, the
  /// events of one moment together.
  private static func trains(of lease: Lease, batches: Bool) -> [Train] {
    if batches {
      var shipments: [[OutboxEntry]] = []
      for entry in lease.entries {
        if shipments.last?.first?.opened == entry.opened {
          shipments[shipments.count - 1].append(entry)
        } else {
          shipments.append([entry])
        }
      }
      return [Train(shipments: shipments)]
    }
    var order: [String] = []
    var lanes: [String: [[OutboxEntry]]] = [:]
    for entry in lease.entries {
      if lanes[entry.lane] == nil { order.append(entry.lane) }
      lanes[entry.lane, default: []].append([entry])
    }
    return order.map { Train(shipments: lanes[$0] ?? []) }
  }

  /// Makes the shipments of a train one after the other; gives whether the endpoint still works.
  private func run(
    _ train: Train, _ definition: NotifierDefinition, _ notifications: [Int64: Notification],
    _ report: @Sendable (DeliveryReport) async -> Void
  ) async -> Bool {
    for entries in train.shipments {
      let told = entries.compactMap { notifications[$0.sequence] }
      guard let first = told.first else {
        for entry in entries {
          await report(
            DeliveryReport(
              sequence: entry.sequence, outcome: .refused(because: "the event is not stored")))
        }
        continue
      }
      let id = told.count == 1 ? first.id : "\(first.id)+\(told.count - 1)"
      let outcome = await definition.notifier.deliver(
        Shipment(id: id, notifications: told, attemptedAt: clock.now()))
      for entry in entries {
        await report(DeliveryReport(sequence: entry.sequence, outcome: outcome))
      }
      switch outcome {
      case .delivered: continue
      case .refused: return true
      case .retry, .gone: return false
      }
    }
    return true
  }
}
