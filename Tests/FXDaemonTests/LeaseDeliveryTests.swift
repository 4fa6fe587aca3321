import FXCore
import FXDaemon
import FXSystem
import Testing

@Suite("A lease that is carried out")
struct LeaseDeliveryTests {
  @Test("Each series is told in order, one after the other, and as many at once as there may be")
  func order() async throws {
    let receiver = Receiver()
    let entries = (0..<90).map { entry(Int64($0), of: "lane-\($0 % 30)") }
    let reports = try await carryOut(entries, atOnce: 8, by: receiver)
    #expect(Set(reports.map(\.sequence)) == Set(0..<90))
    #expect(reports.allSatisfy { $0.outcome == .delivered(detail: "") })
    let (told, mostAtOnce) = await (receiver.told, receiver.mostAtOnce)
    for lane in 0..<30 {
      #expect(told.filter { $0 % 30 == lane } == [lane, lane + 30, lane + 60])
    }
    #expect(mostAtOnce == 8)
  }

  @Test("After a failure only what is under way ends; the rest is not attempted")
  func failing() async throws {
    let receiver = Receiver { $0 == 3 ? .retry(because: "no") : .delivered(detail: "") }
    let entries = (0..<50).map { entry(Int64($0), of: "lane-\($0)") }
    let reports = try await carryOut(entries, atOnce: 1, by: receiver)
    #expect(await receiver.told == [0, 1, 2, 3])
    #expect(reports.map(\.sequence) == [0, 1, 2, 3])
    #expect(reports.last?.outcome == .retry(because: "no"))
  }

  @Test("What is refused holds up its own series only")
  func refused() async throws {
    let receiver = Receiver { $0 == 0 ? .refused(because: "no") : .delivered(detail: "") }
    let entries = [entry(0, of: "a"), entry(1, of: "b"), entry(2, of: "a"), entry(3, of: "b")]
    let reports = try await carryOut(entries, atOnce: 8, by: receiver)
    #expect(await receiver.told.sorted() == [0, 1, 3])
    #expect(Set(reports.map(\.sequence)) == [0, 1, 3])
  }

  @Test("Events that are not at hand are read before they are told, however many")
  func reading() async throws {
    let receiver = Receiver()
    let entries = (0..<700).map { entry(Int64($0), of: "lane-\($0)") }
    let reports = try await carryOut(entries, atOnce: 8, by: receiver, known: 0..<10)
    #expect(reports.count == 700)
    #expect(await receiver.told.sorted() == Array(0..<700))
  }

  @Test("Where events cannot be read, what is left is tried again")
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
    #expect(await receiver.told == [])
  }

  @Test("A lease of nothing ends")
  func nothing() async throws {
    #expect(try await carryOut([], atOnce: 8, by: Receiver()) == [])
  }

  @Test("One report is taken at a time, and deliveries go on meanwhile")
  func oneReport() async throws {
    let receiver = Receiver()
    let entries = (0..<40).map { entry(Int64($0), of: "lane-\($0)") }
    let desk = SlowDesk()
    let lane = try SocketLane(label: "errand")
    let errand = LeaseDelivery(
      DeliverySequence.all(of: entries, batches: false, atOnce: 8), atOnce: 8, by: receiver,
      known: [:], store: Events(), lane: lane)
    await errand.run { reports, isLast in
      await desk.open()
      // The first report is held until all has been told.
      if await desk.count == 1 { await receiver.hasTold(40) }
      await desk.close(reports, isLast)
    }
    #expect(await desk.mostAtOnce == 1)
    #expect(await desk.areLast == [false, true])
    #expect(await Set(desk.reports.map(\.sequence)) == Set(0..<40))
  }

  @Test("The report of the last attempt says that all is over, and so does one of none")
  func isOver() async throws {
    for count in 0...1 {
      let desk = SlowDesk()
      let entries = (0..<count).map { entry(Int64($0), of: "lane") }
      let errand = LeaseDelivery(
        DeliverySequence.all(of: entries, batches: false, atOnce: 8), atOnce: 8, by: Receiver(),
        known: [0: event(0)], store: Events(), lane: try SocketLane(label: "errand"))
      await errand.run { await desk.close($0, $1) }
      #expect(await desk.areLast == [true])
      #expect(await desk.reports.count == count)
    }
  }

  // MARK: - What is needed

  private func carryOut(
    _ entries: [OutboxEntry], atOnce: Int, by receiver: Receiver, known: Range<Int64> = 0..<0,
    store: Events = Events()
  ) async throws -> [DeliveryReport] {
    let desk = SlowDesk()
    let errand = LeaseDelivery(
      DeliverySequence.all(of: entries, batches: false, atOnce: atOnce), atOnce: atOnce,
      by: receiver,
      known: Dictionary(uniqueKeysWithValues: known.map { ($0, event($0)) }), store: store,
      lane: try SocketLane(label: "errand"))
    await errand.run { await desk.close($0, $1) }
    #expect(await desk.areLast.last == true)
    #expect(await desk.areLast.count(where: \.self) == 1)
    return await desk.reports
  }

  private func entry(_ sequence: Int64, of lane: String) -> OutboxEntry {
    let instant = Timestamp(milliseconds: 0)
    return OutboxEntry(
      sequence: sequence, notifier: "n", lane: lane, opened: instant, attempts: 0, due: instant,
      summary: "")
  }
}

private func event(_ sequence: Int64) -> Notification {
  Notification(
    id: "\(sequence)", type: .alertFiring, timestamp: Timestamp(milliseconds: 0), data: .null)
}

/// Takes what it is told, a few steps later than it was asked.
private actor Receiver: Notifier {
  private(set) var told: [Int] = []
  private(set) var mostAtOnce = 0
  private var underWay = 0
  private var awaited: (count: Int, continuation: CheckedContinuation<Void, Never>)?
  private let outcome: @Sendable (Int) -> DeliveryOutcome

  init(_ outcome: @escaping @Sendable (Int) -> DeliveryOutcome = { _ in .delivered(detail: "") }) {
    self.outcome = outcome
  }

  func deliver(_ shipment: Shipment) async -> DeliveryOutcome {
    let number = Int(shipment.id) ?? -1
    underWay += 1
    mostAtOnce = max(mostAtOnce, underWay)
    told.append(number)
    for _ in 0..<20 { await Task.yield() }
    underWay -= 1
    if let awaited, told.count >= awaited.count {
      self.awaited = nil
      awaited.continuation.resume()
    }
    return outcome(number)
  }

  func hasTold(_ count: Int) async {
    guard told.count < count else { return }
    await withCheckedContinuation { awaited = (count, $0) }
  }
}

/// Takes reports, and counts how many at once.
private actor SlowDesk {
  private(set) var reports: [DeliveryReport] = []
  private(set) var areLast: [Bool] = []
  private(set) var mostAtOnce = 0
  private(set) var count = 0
  private var underWay = 0

  func open() {
    count += 1
    underWay += 1
    mostAtOnce = max(mostAtOnce, underWay)
  }

  func close(_ more: [DeliveryReport], _ isLast: Bool) {
    underWay -= 1
    areLast.append(isLast)
    reports += more
  }
}

/// A store of events alone.
private struct Events: EngineStore {
  var isReadable = true
  var missing: Set<Int64> = []

  func notifications(
    of sequences: [Int64]
  ) async throws(StoreProblem) -> [Int64: FXCore.Notification] {
    guard isReadable else { throw StoreProblem(.temporary, "the disk is gone") }
    return Dictionary(
      uniqueKeysWithValues: sequences.filter { !missing.contains($0) }.map { ($0, event($0)) })
  }

  func load(reach: Lookback, now: Timestamp) async throws(StoreProblem) -> StoredState {
    throw StoreProblem(.permanent, "there is none")
  }

  func apply(_ changeset: Changeset) async throws(StoreProblem) {}
  func changedSuppressions(now: Timestamp) async throws(StoreProblem) -> Suppressions? { nil }
  func answer() async throws(StoreProblem) {}
  func prune(now: Timestamp) async throws(StoreProblem) -> Int { 0 }
}
