import FXCore
import FXNotifiers
import FXSystem

/// Carries out leases: attempts deliveries and says how each ended.
///
/// Isolated to the network lane. Holds no truth: the outbox in the store does.
actor Deliverer {
  private nonisolated let lane: SocketLane
  private let store: any HistoryStore
  private let clock = SystemClock()
  private var definitions: [String: NotifierDefinition] = [:]

  nonisolated var unownedExecutor: UnownedSerialExecutor {
    lane.asUnownedSerialExecutor()
  }

  /// A deliverer that knows no notifier yet.
  init(lane: SocketLane, store: any HistoryStore) {
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
  /// `known` holds events that the store may not have yet.
  func carryOut(
    _ lease: Lease, known: [Int64: Notification],
    report: @escaping @Sendable ([DeliveryReport]) async -> Void
  ) async {
    guard let definition = definitions[lease.notifier] else { return }
    var notifications = known
    var unread = lease.entries.map(\.sequence).filter { known[$0] == nil }[...]
    await withTaskGroup(of: Step.self) { group in
      // The next one last.
      var waiting = Array(Self.trains(of: lease, for: definition).reversed())
      var endpointWorks = true
      var free = lease.atOnce
      var ended: [DeliveryReport] = []
      var isReporting = false
      var isReading = false
      repeat {
        if !isReading, endpointWorks, !unread.isEmpty {
          isReading = true
          let portion = Array(unread.prefix(Self.portion))
          unread = unread.dropFirst(Self.portion)
          group.addTask(executorPreference: lane) { await self.read(portion) }
        }
        while free > 0, endpointWorks, var train = waiting.popLast() {
          guard let entries = train.next() else { continue }
          if isReading, entries.contains(where: { notifications[$0.sequence] == nil }) {
            train.putBack(entries)
            waiting.append(train)
            break
          }
          free -= 1
          let told = entries.compactMap { notifications[$0.sequence] }
          let rest = train
          group.addTask(executorPreference: lane) {
            .ended(entries, await self.deliver(told, by: definition), rest)
          }
        }
        if !isReporting, !ended.isEmpty {
          isReporting = true
          let reports = ended
          group.addTask(executorPreference: lane) {
            await report(reports)
            return .reported
          }
          ended = []
        }
        switch await group.next() {
        case .reported: isReporting = false
        case .read(.success(let more)):
          isReading = false
          notifications.merge(more) { $1 }
        case .read(.failure(let problem)):
          // Not the receiver's fault, but the lease has to end: what is left is tried again.
          isReading = false
          unread = []
          endpointWorks = false
          let left = waiting.flatMap(\.entries)
          ended += Self.reports(on: left, .retry(because: problem.message))
          waiting = []
        case .ended(let entries, let outcome, var train):
          free += 1
          for entry in entries { notifications[entry.sequence] = nil }
          ended += Self.reports(on: entries, outcome)
          switch outcome {
          case .delivered: break
          case .refused: train.holdUp(entries)
          case .retry, .gone: endpointWorks = false
          }
          waiting.append(train)
        case nil: return
        }
      } while true
    }
  }

  /// What a lease waits for.
  private enum Step: Sendable {
    /// An attempt is over, of a train that has this left.
    case ended([OutboxEntry], DeliveryOutcome, Train)
    case reported
    /// What some events say has been read.
    case read(Result<[Int64: Notification], StoreProblem>)
  }

  /// Events read at once, while those before them are told.
  private static let portion = 256

  private func read(_ sequences: [Int64]) async -> Step {
    do throws(StoreProblem) {
      return .read(.success(try await store.notifications(of: sequences)))
    } catch {
      return .read(.failure(error))
    }
  }

  /// One attempt.
  private func deliver(
    _ told: [Notification], by definition: NotifierDefinition
  ) async -> DeliveryOutcome {
    guard let first = told.first else { return .refused(because: "the event is not stored") }
    let id = told.count == 1 ? first.id : "\(first.id)+\(told.count - 1)"
    let notifier = definition.notifier
    return await notifier.deliver(
      Shipment(
        id: id, notifications: notifier.looksInside ? told.map(\.read) : told,
        attemptedAt: clock.now()))
  }

  /// Shipments that must arrive one after the other.
  private struct Train: Sendable {
    private var shipments: ArraySlice<[OutboxEntry]>

    /// The lanes of what a receiver refused: that holds up what comes after it in its lane, and
    /// nothing else.
    private var heldUp: Set<String> = []

    init(_ shipments: [[OutboxEntry]]) { self.shipments = shipments[...] }

    /// Takes out the next shipment that nothing holds up; nil where none is left.
    mutating func next() -> [OutboxEntry]? {
      while let entries = shipments.popFirst() {
        if heldUp.isEmpty || !entries.contains(where: { heldUp.contains($0.lane) }) {
          return entries
        }
      }
      return nil
    }

    /// Puts back what `next` took out last.
    mutating func putBack(_ entries: [OutboxEntry]) { shipments = [entries] + shipments }

    /// All that is left.
    var entries: [OutboxEntry] { shipments.flatMap(\.self) }

    mutating func holdUp(_ entries: [OutboxEntry]) { heldUp.formUnion(entries.map(\.lane)) }
  }

  /// One train a lane, each event by itself.
  ///
  /// For a notifier that batches one train in all, what
  /// travels together in one shipment; likewise one train where only one shipment at a time goes
  /// out anyway, so that what is written down in one place stands in the order it happened.
  private static func trains(of lease: Lease, for definition: NotifierDefinition) -> [Train] {
    if definition.batches { return [Train(batches(of: lease))] }
    if definition.atOnce == 1 { return [Train(lease.entries.map { [$0] })] }
    var order: [String] = []
    var lanes: [String: [[OutboxEntry]]] = [:]
    for entry in lease.entries {
      if lanes[entry.lane] == nil { order.append(entry.lane) }
      lanes[entry.lane, default: []].append([entry])
    }
    return order.map { Train(lanes[$0] ?? []) }
  }

  /// The entries by what they travel with, as many at once as a batch may have; none goes before an
  /// older one of its lane.
  private static func batches(of lease: Lease) -> [[OutboxEntry]] {
    var shipments: [[OutboxEntry]] = []
    var places: [OutboxEntry.Batch: Int] = [:]
    var lastOfLane: [String: Int] = [:]
    for entry in lease.entries {
      var place = places[entry.batch] ?? shipments.count
      if place < lastOfLane[entry.lane] ?? 0 { place = shipments.count }
      if place < shipments.count, shipments[place].count == EngineLimits.batchSize {
        place = shipments.count
      }
      if place == shipments.count { shipments.append([]) }
      shipments[place].append(entry)
      places[entry.batch] = place
      lastOfLane[entry.lane] = place
    }
    return shipments
  }

  private static func reports(
    on entries: [OutboxEntry], _ outcome: DeliveryOutcome
  ) -> [DeliveryReport] {
    entries.map { DeliveryReport(sequence: $0.sequence, outcome: outcome) }
  }
}
