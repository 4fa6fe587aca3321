import FXCore
import FXNotifiers
import FXSystem

/// Carries out leases: attempts deliveries and reports their outcomes.
///
/// Isolated to the network lane. Between leases it keeps nothing of them; the outbox is in the store.
actor Deliverer {
  private nonisolated let lane: SocketLane
  private let store: any EngineStore
  private var definitions: [String: NotifierDefinition] = [:]

  /// The deliveries of leases that are under way, by notifier.
  private var current: [String: LeaseDelivery] = [:]

  /// The free deliveries beyond the first of each lease.
  private var additional = DeliveryLimits.additionalDeliveries

  nonisolated var unownedExecutor: UnownedSerialExecutor {
    lane.asUnownedSerialExecutor()
  }

  /// A deliverer without notifiers.
  init(lane: SocketLane, store: any EngineStore) {
    self.lane = lane
    self.store = store
  }

  /// The notifiers that write on this machine, where no receiver sees an event's identifier.
  var localNotifiers: Set<String> { Set(definitions.values.filter(\.isLocal).map(\.name)) }

  /// Replaces the notifiers; deliveries in progress end with the settings they began with.
  func use(_ notifiers: [NotifierDefinition]) {
    definitions = Dictionary(notifiers.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
  }

  /// Attempts the deliveries of a lease, and reports their outcomes.
  ///
  /// One report at a time: outcomes that come while one is handled are in the next, so a slow store
  /// delays no delivery and many outcomes cost one commit. After a refused entry, entries with its
  /// ordering key are left out; once the endpoint fails, everything that is not in flight is.
  ///
  /// The last report is marked as such. `known` holds events that the store may not have yet.
  func carryOut(
    _ lease: Lease, known: [Int64: Notification],
    report: @escaping @Sendable (LeaseReport) async -> Void
  ) async {
    guard let definition = definitions[lease.notifier] else {
      return await report(LeaseReport(notifier: lease.notifier, reports: [], isLast: true))
    }
    let sequences = DeliverySequence.all(
      of: lease.entries, batches: definition.batches, atOnce: definition.atOnce)
    let more = max(0, min(additional, min(lease.concurrency, sequences.count) - 1))
    additional -= more
    let delivery = LeaseDelivery(
      sequences, atOnce: 1 + more, by: definition.notifier, known: known, store: store,
      lane: lane, isProbing: lease.isProbing)
    current[lease.notifier] = delivery
    await delivery.run { reports, isLast in
      if isLast { await self.end(delivery, of: lease.notifier) }
      await report(LeaseReport(notifier: lease.notifier, reports: reports, isLast: isLast))
    }
    additional += more
  }

  private func end(_ delivery: LeaseDelivery, of notifier: String) {
    if current[notifier] === delivery { current[notifier] = nil }
  }

  /// Leaves out of every lease what has not been sent and is no longer open in the store: it was
  /// dropped, or is muted by a silence.
  func withdrawClosed() async {
    for (notifier, delivery) in current { await delivery.withdrawClosed(of: notifier) }
  }
}
