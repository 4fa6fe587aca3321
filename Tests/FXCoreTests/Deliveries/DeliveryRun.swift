import FXCore

/// Deliveries to receivers under a virtual clock: each answers in its own way, for ever.
struct DeliveryRun {
  /// A receiver: the time until its answer, and the answer to each event at an instant since the start.
  struct Receiver: Sendable {
    let name: String
    let answersAfter: Duration
    let answer: @Sendable (Int64, Duration) -> DeliveryOutcome
  }

  static let start = Timestamp(seconds: 1_771_578_000)

  private(set) var queues: DeliveryQueues
  private let receivers: [String: Receiver]
  private(set) var now = start
  private var latestEvent: Int64 = 0
  private var ends: [(at: Timestamp, report: LeaseReport)] = []
  private var opened: [Int64: Timestamp] = [:]

  /// The events that each receiver took, in the order of their arrival, and the longest delay of each
  /// from the event to its delivery.
  private(set) var taken: [String: [Int64]] = [:]
  private(set) var longestDelay: [String: Duration] = [:]

  /// The times at which each receiver was asked, since the start.
  private(set) var attempts: [String: [Duration]] = [:]

  /// The open deliveries of each receiver, as a store has them.
  private(set) var open: [String: [OutboxEntry]] = [:]

  /// The largest number of leases at once.
  private(set) var mostLeases = 0

  /// The number of times that open deliveries were read.
  private(set) var loads = 0

  init(_ receivers: [Receiver]) {
    self.receivers = Dictionary(receivers.map { ($0.name, $0) }) { first, _ in first }
    var changes = Changeset()
    queues = DeliveryQueues(
      of: receivers.map {
        PlannedNotifier(name: $0.name, fingerprint: "1", deliverWithin: .seconds(1 << 30))
      }, disabled: [:], failing: [:], changes: &changes)
  }

  /// Sends an event to every receiver, after some time; events of one series are delivered in their order.
  mutating func send(
    after time: Duration = .zero, severity: Severity = .warning, series: Int64? = nil
  ) {
    run(for: time)
    latestEvent += 1
    opened[latestEvent] = now
    let decision = DecisionBuilder(
      at: now, installation: "00", latestEvent: latestEvent - 1, recipients: TestRecipients())
    decision.notify(
      .testPing,
      .object([
        .init("severity", .string(severity.rawValue)), .init("summary", .string("\(latestEvent)")),
      ]), orderingKey: "key \(series ?? latestEvent)", to: receivers.keys.sorted())
    absorb(decision)
  }

  /// Runs for some time.
  mutating func run(for time: Duration) {
    let end = now + time
    while true {
      let next = [ends.map(\.at).min(), queues.nextDue(after: now)].compactMap(\.self).min()
      guard let next, next <= end else { break }
      now = max(now, next)
      let decision = DecisionBuilder(
        at: now, installation: "00", latestEvent: latestEvent, recipients: TestRecipients())
      let ended = ends.filter { $0.at <= now }
      ends.removeAll { $0.at <= now }
      for (_, report) in ended { queues.recordResults(of: report, in: decision) }
      absorb(decision)
    }
    now = end
  }

  private mutating func absorb(_ decision: DecisionBuilder) {
    store(decision.changeset)
    queues.absorb(decision.decision, at: now)
    let (leases, loads) = queues.startDue(at: now)
    for lease in leases { carryOut(lease) }
    for query in loads { load(query) }
    mostLeases = max(mostLeases, ends.count)
  }

  private mutating func store(_ changeset: Changeset) {
    for event in changeset.events {
      for recipient in event.recipients {
        open[recipient, default: []].append(
          OutboxEntry(
            sequence: event.sequence, id: event.notification.id, notifier: recipient,
            orderingKey: event.orderingKey, opened: now, attempts: 0, due: now,
            severity: event.severity, summary: event.summary))
      }
    }
    for result in changeset.deliveryResults {
      let index = open[result.notifier]?.firstIndex { $0.sequence == result.sequence }
      guard let index else { continue }
      switch result.state {
      case .postponed(let due), .limited(let due):
        open[result.notifier]?[index].attempts = result.attempts
        open[result.notifier]?[index].due = due
      case .delivered, .dead: open[result.notifier]?.remove(at: index)
      }
    }
  }

  /// Reads open deliveries.
  private mutating func load(_ query: OutboxQuery) {
    loads += 1
    let all = open[query.notifier] ?? []
    var scan = OutboxScan(query)
    for entry in all where !scan.isComplete {
      scan.add(
        OutboxScan.Row(
          sequence: entry.sequence, orderingKey: entry.orderingKey, opened: entry.opened,
          due: entry.due, severity: entry.severity))
    }
    let page =
      all.count <= DeliveryLimits.entriesWhileFailing
      ? OutboxPage(count: all.count, entries: all)
      : scan.page(count: all.count) { sequence in all.first { $0.sequence == sequence } }
    let decision = DecisionBuilder(
      at: now, installation: "00", latestEvent: latestEvent, recipients: TestRecipients())
    queues.recordLoaded(LoadedPage(to: query, page: page), in: decision)
    absorb(decision)
  }

  /// Answers one event after the other, until the first failure.
  private mutating func carryOut(_ lease: Lease) {
    guard let receiver = receivers[lease.notifier] else { return }
    var reports: [DeliveryReport] = []
    var time = now
    for entry in lease.entries {
      attempts[lease.notifier, default: []].append(time - Self.start)
      let outcome = receiver.answer(entry.sequence, time - Self.start)
      time = time + receiver.answersAfter
      reports.append(DeliveryReport(sequence: entry.sequence, outcome: outcome))
      guard case .delivered = outcome else { break }
      taken[lease.notifier, default: []].append(entry.sequence)
      let delay = time - (opened[entry.sequence] ?? time)
      longestDelay[lease.notifier] = max(longestDelay[lease.notifier] ?? .zero, delay)
    }
    ends.append(
      (time, LeaseReport(notifier: lease.notifier, reports: reports, isLast: true)))
  }
}
