import FXCore
import FXNotifiers
import FXSystem

/// Carries out leases: attempts deliveries and says how each ended.
///
/// Isolated to the network lane. Holds no truth: the outbox in the store does.
actor Deliverer {
  private nonisolated let lane: SocketLane
  private let store: any EngineStore
  private var definitions: [String: NotifierDefinition] = [:]

  nonisolated var unownedExecutor: UnownedSerialExecutor {
    lane.asUnownedSerialExecutor()
  }

  /// A deliverer that knows no notifier yet.
  init(lane: SocketLane, store: any EngineStore) {
    self.lane = lane
    self.store = store
  }

  /// Takes over the notifiers of a plan; what is under way ends as it began.
  func use(_ notifiers: [NotifierDefinition]) {
    definitions = Dictionary(notifiers.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
  }

  /// Attempts the deliveries of a lease, and reports how they end.
  ///
  /// One report at a time: what ends while one is taken is told with the next, so that a slow store
  /// holds up no delivery and many ends cost one commit. Entries of a lane in which one failed are left
  /// out; once the endpoint fails, so is everything that is not under way yet.
  ///
  /// The last report says that the lease is over. `known` holds events that the store may not have
  /// yet.
  func carryOut(
    _ lease: Lease, known: [Int64: Notification],
    report: @escaping @Sendable (LeaseReport) async -> Void
  ) async {
    guard let definition = definitions[lease.notifier] else {
      return await report(LeaseReport(notifier: lease.notifier, reports: [], isLast: true))
    }
    let trains = DeliverySequence.all(
      of: lease.entries, batches: definition.batches, atOnce: definition.atOnce)
    await LeaseDelivery(
      trains, atOnce: lease.atOnce, by: definition.notifier, known: known, store: store, lane: lane
    ).run { reports, isLast in
      await report(LeaseReport(notifier: lease.notifier, reports: reports, isLast: isLast))
    }
  }
}
