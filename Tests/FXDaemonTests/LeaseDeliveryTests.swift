import FXCore
import FXDaemon
import FXSystem
import Testing

@Suite("A lease that is carried out")
struct LeaseDeliveryTests {
  @Test("Each series is sent in order, one after the other, and as many at once as allowed")
  func order() async throws {
    let receiver = Receiver()
    let entries = (0..<90).map { entry(Int64($0), of: "lane-\($0 % 30)") }
    let reports = try await carryOut(entries, atOnce: 8, by: receiver)
    #expect(Set(reports.map(\.sequence)) == Set(0..<90))
    #expect(reports.allSatisfy { $0.outcome == .delivered(detail: "") })
    let (sent, mostAtOnce) = await (receiver.sent, receiver.mostAtOnce)
    for lane in 0..<30 {
      #expect(sent.filter { $0 % 30 == lane } == [lane, lane + 30, lane + 60])
    }
    #expect(mostAtOnce == 8)
  }

  @Test("After a failure only shipments in flight end; the rest is not attempted")
  func failing() async throws {
    let receiver = Receiver { $0 == 3 ? .retry(because: "no") : .delivered(detail: "") }
    let entries = (0..<50).map { entry(Int64($0), of: "lane-\($0)") }
    let reports = try await carryOut(entries, atOnce: 1, by: receiver)
    #expect(await receiver.sent == [0, 1, 2, 3])
    #expect(reports.map(\.sequence) == [0, 1, 2, 3])
    #expect(reports.last?.outcome == .retry(because: "no"))
  }

  @Test("A refused event holds back its own series only")
  func refused() async throws {
    let receiver = Receiver { $0 == 0 ? .refused(because: "no") : .delivered(detail: "") }
    let entries = [entry(0, of: "a"), entry(1, of: "b"), entry(2, of: "a"), entry(3, of: "b")]
    let reports = try await carryOut(entries, atOnce: 8, by: receiver)
    #expect(await receiver.sent.sorted() == [0, 1, 3])
    #expect(Set(reports.map(\.sequence)) == [0, 1, 3])
  }

  @Test("Events that are not in the cache are read before they are sent, however many")
  func reading() async throws {
    let receiver = Receiver()
    let entries = (0..<700).map { entry(Int64($0), of: "lane-\($0)") }
    let reports = try await carryOut(entries, atOnce: 8, by: receiver, known: 0..<10)
    #expect(reports.count == 700)
    #expect(await receiver.sent.sorted() == Array(0..<700))
  }

  @Test("If events cannot be read, the rest is retried")
  func unreadable() async throws {
    let receiver = Receiver()
    let entries = (0..<5).map { entry(Int64($0), of: "lane-\($0)") }
    let reports = try await carryOut(
      entries, atOnce: 8, by: receiver, known: 0..<2, store: Events(isReadable: false))
    let unread = reports.filter { $0.sequence >= 2 }
    #expect(Set(unread.map(\.sequence)) == [2, 3, 4])
    #expect(unread.allSatisfy { $0.outcome == .retry(because: "the disk is gone") })
  }

  @Test("An event that the store does not have is refused")
  func missing() async throws {
    let receiver = Receiver()
    let reports = try await carryOut(
      [entry(1, of: "a")], atOnce: 8, by: receiver, store: Events(missing: [1]))
    #expect(
      reports == [
        DeliveryReport(sequence: 1, outcome: .refused(because: "the event is not stored"))
      ])
    #expect(await receiver.sent == [])
  }

  @Test("An event that is no longer open in the store is left out, and is in no report")
  func withdrawn() async throws {
    let receiver = Receiver()
    let collector = ReportCollector()
    let entries = (0..<6).map { entry(Int64($0), of: "lane-\($0 % 2)") }
    let delivery = LeaseDelivery(
      DeliverySequence.all(of: entries, batches: false, atOnce: 8), atOnce: 8, by: receiver,
      known: [:], store: Events(open: [0, 3, 5]), lane: try SocketLane(label: "lease"))
    await delivery.withdrawClosed(of: "n")
    await delivery.run { await collector.close($0, $1) }
    #expect(await receiver.sent.sorted() == [0, 3, 5])
    #expect(await Set(collector.reports.map(\.sequence)) == [0, 3, 5])
    #expect(await collector.areLast.last == true)
  }

  @Test("An empty lease ends")
  func nothing() async throws {
    #expect(try await carryOut([], atOnce: 8, by: Receiver()) == [])
  }

  @Test("One report is handled at a time, and deliveries continue meanwhile")
  func oneReport() async throws {
    let receiver = Receiver()
    let entries = (0..<40).map { entry(Int64($0), of: "lane-\($0)") }
    let collector = ReportCollector()
    let lane = try SocketLane(label: "lease")
    let delivery = LeaseDelivery(
      DeliverySequence.all(of: entries, batches: false, atOnce: 8), atOnce: 8, by: receiver,
      known: [:], store: Events(), lane: lane)
    await delivery.run { reports, isLast in
      await collector.open()
      // The first report is held until everything is sent.
      if await collector.count == 1 { await receiver.hasSent(40) }
      await collector.close(reports, isLast)
    }
    #expect(await collector.mostAtOnce == 1)
    #expect(await collector.areLast == [false, true])
    #expect(await Set(collector.reports.map(\.sequence)) == Set(0..<40))
  }

  @Test("The last report is marked as such, also that of an empty lease")
  func isOver() async throws {
    for count in 0...1 {
      let collector = ReportCollector()
      let entries = (0..<count).map { entry(Int64($0), of: "lane") }
      let delivery = LeaseDelivery(
        DeliverySequence.all(of: entries, batches: false, atOnce: 8), atOnce: 8, by: Receiver(),
        known: [0: event(0)], store: Events(), lane: try SocketLane(label: "lease"))
      await delivery.run { await collector.close($0, $1) }
      #expect(await collector.areLast == [true])
      #expect(await collector.reports.count == count)
    }
  }

  // MARK: - Fixtures

  private func carryOut(
    _ entries: [OutboxEntry], atOnce: Int, by receiver: Receiver, known: Range<Int64> = 0..<0,
    store: Events = Events()
  ) async throws -> [DeliveryReport] {
    let collector = ReportCollector()
    let delivery = LeaseDelivery(
      DeliverySequence.all(of: entries, batches: false, atOnce: atOnce), atOnce: atOnce,
      by: receiver,
      known: Dictionary(uniqueKeysWithValues: known.map { ($0, event($0)) }), store: store,
      lane: try SocketLane(label: "lease"))
    await delivery.run { await collector.close($0, $1) }
    #expect(await collector.areLast.last == true)
    #expect(await collector.areLast.count(where: \.self) == 1)
    return await collector.reports
  }

  private func entry(_ sequence: Int64, of key: String) -> OutboxEntry {
    let instant = Timestamp(milliseconds: 0)
    return OutboxEntry(
      sequence: sequence, id: "\(sequence)", notifier: "n", orderingKey: key, opened: instant,
      attempts: 0,
      due: instant,
      summary: "")
  }
}

private func event(_ sequence: Int64) -> Notification {
  Notification(
    id: "\(sequence)", type: .alertFiring, timestamp: Timestamp(milliseconds: 0), data: .null)
}

/// A receiver that answers a few steps later.
private actor Receiver: Notifier {
  private(set) var sent: [Int] = []
  private(set) var mostAtOnce = 0
  private var inFlight = 0
  private var awaited: (count: Int, continuation: CheckedContinuation<Void, Never>)?
  private let outcome: @Sendable (Int) -> DeliveryOutcome

  init(_ outcome: @escaping @Sendable (Int) -> DeliveryOutcome = { _ in .delivered(detail: "") }) {
    self.outcome = outcome
  }

  func deliver(_ shipment: Shipment) async -> DeliveryOutcome {
    let number = Int(shipment.id) ?? -1
    inFlight += 1
    mostAtOnce = max(mostAtOnce, inFlight)
    sent.append(number)
    for _ in 0..<20 { await Task.yield() }
    inFlight -= 1
    if let awaited, sent.count >= awaited.count {
      self.awaited = nil
      awaited.continuation.resume()
    }
    return outcome(number)
  }

  func hasSent(_ count: Int) async {
    guard sent.count < count else { return }
    await withCheckedContinuation { awaited = (count, $0) }
  }
}

/// A collector of reports that counts how many are handled at once.
private actor ReportCollector {
  private(set) var reports: [DeliveryReport] = []
  private(set) var areLast: [Bool] = []
  private(set) var mostAtOnce = 0
  private(set) var count = 0
  private var inFlight = 0

  func open() {
    count += 1
    inFlight += 1
    mostAtOnce = max(mostAtOnce, inFlight)
  }

  func close(_ more: [DeliveryReport], _ isLast: Bool) {
    inFlight -= 1
    areLast.append(isLast)
    reports += more
  }
}

/// A store that contains only events.
private struct Events: EngineStore {
  var isReadable = true
  var missing: Set<Int64> = []
  var open: Set<Int64> = []

  func notifications(
    of sequences: [Int64]
  ) async throws(StoreProblem) -> [Int64: FXCore.Notification] {
    guard isReadable else { throw StoreProblem(.temporary, "the disk is gone") }
    return Dictionary(
      uniqueKeysWithValues: sequences.filter { !missing.contains($0) }.map { ($0, event($0)) })
  }

  func load(reach: StoredReach, now: Timestamp) async throws(StoreProblem) -> StoredState {
    throw StoreProblem(.permanent, "there is none")
  }

  func firings(of alerts: [String]) async throws(StoreProblem) -> [String: JSONText] { [:] }
  func apply(_ changeset: Changeset) async throws(StoreProblem) {}
  func changedSuppressions(now: Timestamp) async throws(StoreProblem) -> Suppressions? { nil }
  func waiting() async throws(StoreProblem) -> [String: Int] { [:] }
  func answer() async throws(StoreProblem) {}
  func openDeliveries(_ query: OutboxQuery) async throws(StoreProblem) -> OutboxPage {
    OutboxPage(count: 0, entries: [])
  }
  func openDeliveries(
    among sequences: [Int64], of notifier: String
  ) async throws(StoreProblem) -> Set<Int64> { open.intersection(sequences) }
  func prune(_ retention: Retention, now: Timestamp) async throws(StoreProblem) -> PruneOutcome {
    PruneOutcome(deleted: 0, isComplete: true)
  }
  func retentionTime() async throws(StoreProblem) -> Timestamp? { nil }
}
