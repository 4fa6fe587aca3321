package import FXCore
package import FXSystem

/// The delivery of one lease by a bounded pool of workers.
///
/// As many workers as shipments may be in flight each take the next shipment when theirs has ended: a
/// task for each shipment would cost more than what it sends. Beside them one task reads events ahead,
/// and one reports outcomes. Isolated to the network lane. It has twelve properties: what it delivers, by
/// what, and the state of its tasks.
package actor LeaseDelivery {
  private nonisolated let lane: SocketLane
  private let store: any EngineStore
  private let notifier: any Notifier

  /// The largest number of shipments in flight.
  private let atOnce: Int

  /// Until a shipment has been delivered, only one worker sends; the others wait.
  private var probe: Probe

  /// The sequences that no worker has, the next one last.
  private var sequences: [DeliverySequence]

  /// The events of the lease.
  private let leased: [Int64]

  /// The events that are no longer to be sent.
  private var withdrawn: Set<Int64> = []

  private var events: EventBuffer
  private var endpointWorks = true
  private var outcomes = OutcomeQueue()

  /// The workers that wait for an event to be read.
  private var waitingWorkers: [CheckedContinuation<Void, Never>] = []

  package nonisolated var unownedExecutor: UnownedSerialExecutor {
    lane.asUnownedSerialExecutor()
  }

  /// A delivery that has not begun; `known` holds events that the store may not have yet.
  package init(
    _ sequences: [DeliverySequence], atOnce: Int, by notifier: any Notifier,
    known: [Int64: Notification], store: any EngineStore, lane: SocketLane, isProbing: Bool = false
  ) {
    self.lane = lane
    self.store = store
    self.notifier = notifier
    self.atOnce = atOnce
    probe = Probe(isOpen: isProbing)
    self.sequences = sequences.reversed()
    let entries = sequences.flatMap(\.entries)
    leased = entries.map(\.sequence)
    events = EventBuffer(of: entries, known: known)
  }

  /// Takes outcomes; `isLast` is true once no others can follow.
  package typealias Report = @Sendable (_ reports: [DeliveryReport], _ isLast: Bool) async -> Void

  /// Delivers everything, and reports the outcomes as `Deliverer.carryOut` promises.
  package func run(_ report: @escaping Report) async {
    let workers = min(atOnce, sequences.count)
    outcomes.activeTasks = workers + 1
    await withTaskGroup(of: Void.self) { group in
      group.addTask(executorPreference: lane) { await self.readEvents() }
      for number in 0..<workers {
        group.addTask(executorPreference: lane) { await self.deliver(isFirst: number == 0) }
      }
      group.addTask(executorPreference: lane) { await self.reportOutcomes(report) }
    }
  }

  /// Leaves out what has not been sent and is no longer open in the store.
  ///
  /// Where the store cannot be read, everything is sent: rather once too often than not at all.
  package func withdrawClosed(of notifier: String) async {
    guard let open = try? await store.openDeliveries(among: leased, of: notifier) else { return }
    withdrawn = Set(leased).subtracting(open)
  }

  // MARK: - Workers

  /// Sends one shipment after the other until none is left that may be sent.
  private func deliver(isFirst: Bool) async {
    if !isFirst { await untilProbed() }
    while let (entries, rest) = await nextShipment() {
      let outcome = await send(events.notifications(of: entries))
      events.remove(entries)
      var sequence = rest
      switch outcome {
      case .delivered: endProbing()
      case .refused:
        endProbing()
        sequence.block(entries)
      case .retry, .limited, .gone: endpointWorks = false
      }
      sequences.append(sequence)
      outcomes.append(Self.reports(on: entries, outcome))
    }
    if isFirst { endProbing() }
    outcomes.endTask()
  }

  /// Returns once a shipment has been delivered, or the first worker has ended.
  private func untilProbed() async {
    await withCheckedContinuation { worker in
      if probe.isOpen { probe.waiting.append(worker) } else { worker.resume() }
    }
  }

  private func endProbing() {
    let workers = probe.waiting
    probe = Probe(isOpen: false)
    for worker in workers { worker.resume() }
  }

  /// Returns the next shipment, once its events are read, and the rest of its sequence; nil where none
  /// is left or the endpoint fails.
  ///
  /// The rest of a sequence that another worker has is left to that worker.
  private func nextShipment() async -> ([OutboxEntry], rest: DeliverySequence)? {
    // Another replica may have taken over while this process was frozen.
    while endpointWorks, store.isTrusted, var sequence = sequences.popLast() {
      guard var entries = sequence.popFirst() else { continue }
      if !withdrawn.isEmpty { entries.removeAll { withdrawn.contains($0.sequence) } }
      if entries.isEmpty {
        sequences.append(sequence)
        continue
      }
      guard events.isReading, events.isMissing(oneOf: entries) else { return (entries, sequence) }
      sequence.putBack(entries)
      sequences.append(sequence)
      await withCheckedContinuation { worker in
        if events.isReading, events.isMissing(oneOf: entries) {
          waitingWorkers.append(worker)
        } else {
          worker.resume()
        }
      }
    }
    return nil
  }

  private func send(_ notifications: [Notification]) async -> DeliveryOutcome {
    guard let first = notifications.first else {
      return .refused(because: "the event is not stored")
    }
    let id = notifications.count == 1 ? first.id : Shipment.id(ofBatch: notifications.map(\.id))
    return await notifier.deliver(
      Shipment(
        id: id, notifications: notifier.looksInside ? notifications.map(\.read) : notifications,
        attemptedAt: SystemClock().now()))
  }

  // MARK: - Reading

  /// Reads the events of the lease, a portion at a time.
  private func readEvents() async {
    while endpointWorks, let portion = events.popPortion() {
      do throws(StoreProblem) {
        events.add(try await store.notifications(of: portion))
      } catch {
        // Not the receiver's fault, but the lease has to end: what is left is retried.
        endpointWorks = false
        let left = sequences.flatMap(\.entries)
        sequences = []
        outcomes.append(Self.reports(on: left, .retry(because: error.message)))
      }
      resumeWorkers()
    }
    events.isReading = false
    resumeWorkers()
    outcomes.endTask()
  }

  private func resumeWorkers() {
    let workers = waitingWorkers
    waitingWorkers = []
    for worker in workers { worker.resume() }
  }

  // MARK: - Reporting

  /// Reports outcomes until no others can follow; the last report is marked as such.
  private func reportOutcomes(_ report: Report) async {
    var isLast = false
    while !isLast {
      await withCheckedContinuation { reporter in
        if outcomes.mustWait { outcomes.reporter = reporter } else { reporter.resume() }
      }
      isLast = outcomes.activeTasks == 0
      guard isLast || !outcomes.isEmpty else { continue }
      await report(outcomes.removeAll(), isLast)
    }
  }

  private static func reports(
    on entries: [OutboxEntry], _ outcome: DeliveryOutcome
  ) -> [DeliveryReport] {
    entries.map { DeliveryReport(sequence: $0.sequence, outcome: outcome) }
  }
}

/// The wait for the first success of a receiver that is not known to work.
private struct Probe {
  var isOpen: Bool
  var waiting: [CheckedContinuation<Void, Never>] = []
}

/// The events of a lease that are read and not sent yet, and those to read.
private struct EventBuffer {
  /// The number of events read at once, while those before them are sent.
  private static let portion = 256

  /// False once all events are read, or reading has failed.
  var isReading = true

  private var notifications: [Int64: Notification]
  private var unread: ArraySlice<Int64>

  /// A buffer for these entries, without those already known.
  init(of entries: [OutboxEntry], known: [Int64: Notification]) {
    notifications = known
    unread = entries.map(\.sequence).filter { known[$0] == nil }[...]
  }

  /// Removes the next sequences to read and returns them; nil where none are left.
  mutating func popPortion() -> [Int64]? {
    guard !unread.isEmpty else { return nil }
    defer { unread = unread.dropFirst(Self.portion) }
    return Array(unread.prefix(Self.portion))
  }

  mutating func add(_ read: [Int64: Notification]) { notifications.merge(read) { $1 } }

  func isMissing(oneOf entries: [OutboxEntry]) -> Bool {
    entries.contains { notifications[$0.sequence] == nil }
  }

  func notifications(of entries: [OutboxEntry]) -> [Notification] {
    entries.compactMap { notifications[$0.sequence] }
  }

  mutating func remove(_ entries: [OutboxEntry]) {
    for entry in entries { notifications[entry.sequence] = nil }
  }
}

/// The outcomes that are not reported yet.
private struct OutcomeQueue {
  /// The number of tasks that can still add outcomes.
  var activeTasks = 0

  /// The reporting task while it waits.
  var reporter: CheckedContinuation<Void, Never>?

  private var reports: [DeliveryReport] = []

  var isEmpty: Bool { reports.isEmpty }

  /// True if there is nothing to report yet.
  var mustWait: Bool { reports.isEmpty && activeTasks > 0 }

  mutating func append(_ reports: [DeliveryReport]) {
    self.reports += reports
    resumeReporter()
  }

  mutating func removeAll() -> [DeliveryReport] {
    defer { reports = [] }
    return reports
  }

  /// Counts a task that has ended.
  mutating func endTask() {
    activeTasks -= 1
    if activeTasks == 0 { resumeReporter() }
  }

  private mutating func resumeReporter() {
    reporter?.resume()
    reporter = nil
  }
}
