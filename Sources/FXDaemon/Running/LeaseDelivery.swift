package import FXCore
package import FXSystem

/// A lease being carried out, once: what waits, what has been read of it, and what has ended.
///
/// Couriers, as many as may be under way at once, each take the next shipment when theirs has ended: a
/// task for each shipment would cost more than what it sends. Beside them one task reads events ahead,
/// and one tells how attempts ended. Isolated to the network lane.
package actor LeaseDelivery {
  private nonisolated let lane: SocketLane
  private let store: any EngineStore
  private let notifier: any Notifier
  private let clock = SystemClock()

  /// How many may be under way at once.
  private let atOnce: Int

  /// The next one last.
  private var waiting: [DeliverySequence]

  /// The events that have been read and not told.
  private var notifications: [Int64: Notification]

  private var unread: ArraySlice<Int64>
  private var isReading = true
  private var endpointWorks = true

  /// How attempts ended that is not told yet.
  private var ended: [DeliveryReport] = []

  /// The tasks that can still end an attempt.
  private var atWork = 0

  /// Couriers that wait for an event to be read, and the teller for something to tell.
  private var forEvents: [CheckedContinuation<Void, Never>] = []
  private var forEnds: CheckedContinuation<Void, Never>?

  /// Events read at once, while those before them are told.
  private static let portion = 256

  package nonisolated var unownedExecutor: UnownedSerialExecutor {
    lane.asUnownedSerialExecutor()
  }

  /// An errand that has not begun; `known` holds events that the store may not have yet.
  package init(
    _ trains: [DeliverySequence], atOnce: Int, by notifier: any Notifier,
    known: [Int64: Notification],
    store: any EngineStore, lane: SocketLane
  ) {
    self.lane = lane
    self.store = store
    self.notifier = notifier
    self.atOnce = atOnce
    waiting = trains.reversed()
    notifications = known
    unread = trains.flatMap(\.entries).map(\.sequence).filter { known[$0] == nil }[...]
  }

  /// Tells how attempts ended, and whether none can end any more.
  package typealias Report = @Sendable (_ reports: [DeliveryReport], _ isLast: Bool) async -> Void

  /// Carries all of it out, telling how attempts ended as `Deliverer.carryOut` promises.
  package func run(_ report: @escaping Report) async {
    let couriers = min(atOnce, waiting.count)
    atWork = couriers + 1
    await withTaskGroup(of: Void.self) { group in
      group.addTask(executorPreference: lane) { await self.read() }
      for _ in 0..<couriers {
        group.addTask(executorPreference: lane) { await self.deliver() }
      }
      group.addTask(executorPreference: lane) { await self.tell(report) }
    }
  }

  // MARK: - Couriers

  /// A courier: attempts one shipment after the other until nothing is left that may go out.
  private func deliver() async {
    while let (entries, rest) = await next() {
      let told = entries.compactMap { notifications[$0.sequence] }
      let outcome = await attempt(told)
      for entry in entries { notifications[entry.sequence] = nil }
      var train = rest
      switch outcome {
      case .delivered: break
      case .refused: train.holdUp(entries)
      case .retry, .gone: endpointWorks = false
      }
      waiting.append(train)
      note(Self.reports(on: entries, outcome))
    }
    retire()
  }

  /// Takes out what is to be told next, once it has been read, and the rest of its train; nil where
  /// nothing is left, or the endpoint fails.
  ///
  /// What is left of the trains under way goes out with them.
  private func next() async -> ([OutboxEntry], rest: DeliverySequence)? {
    while endpointWorks, var train = waiting.popLast() {
      guard let entries = train.next() else { continue }
      guard isReading, entries.contains(where: { notifications[$0.sequence] == nil }) else {
        return (entries, train)
      }
      train.putBack(entries)
      waiting.append(train)
      await withCheckedContinuation { forEvents.append($0) }
    }
    return nil
  }

  /// One attempt.
  private func attempt(_ told: [Notification]) async -> DeliveryOutcome {
    guard let first = told.first else { return .refused(because: "the event is not stored") }
    let id = told.count == 1 ? first.id : "\(first.id)+\(told.count - 1)"
    return await notifier.deliver(
      Shipment(
        id: id, notifications: notifier.looksInside ? told.map(\.read) : told,
        attemptedAt: clock.now()))
  }

  // MARK: - Reading

  /// Reads the events of the lease, a portion at a time.
  private func read() async {
    while endpointWorks, !unread.isEmpty {
      let portion = Array(unread.prefix(Self.portion))
      unread = unread.dropFirst(Self.portion)
      do throws(StoreProblem) {
        notifications.merge(try await store.notifications(of: portion)) { $1 }
      } catch {
        // Not the receiver's fault, but the lease has to end: what is left is tried again.
        endpointWorks = false
        let left = waiting.flatMap(\.entries)
        waiting = []
        note(Self.reports(on: left, .retry(because: error.message)))
      }
      callCouriers()
    }
    isReading = false
    callCouriers()
    retire()
  }

  private func callCouriers() {
    let couriers = forEvents
    forEvents = []
    for courier in couriers { courier.resume() }
  }

  // MARK: - Telling

  /// Tells how attempts ended until none can end any more: that is told with the last of them, once.
  private func tell(_ report: Report) async {
    var isLast = false
    while !isLast {
      if ended.isEmpty, atWork > 0 { await withCheckedContinuation { forEnds = $0 } }
      isLast = atWork == 0
      guard isLast || !ended.isEmpty else { continue }
      let reports = ended
      ended = []
      await report(reports, isLast)
    }
  }

  private func note(_ reports: [DeliveryReport]) {
    ended += reports
    callTeller()
  }

  /// A task is done that could have ended an attempt.
  private func retire() {
    atWork -= 1
    if atWork == 0 { callTeller() }
  }

  private func callTeller() {
    forEnds?.resume()
    forEnds = nil
  }

  private static func reports(
    on entries: [OutboxEntry], _ outcome: DeliveryOutcome
  ) -> [DeliveryReport] {
    entries.map { DeliveryReport(sequence: $0.sequence, outcome: outcome) }
  }
}
