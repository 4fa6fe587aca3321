import FXSystem
import Testing

struct TurnQueueTests {
  @Test("Calls have their turns one after the other, whatever executor their tasks prefer")
  func turns() async throws {
    let lane = try SocketLane(label: "turns")
    let line = Line(on: lane)
    await withTaskGroup { group in
      for number in 0..<300 {
        let preferred: (any TaskExecutor)? =
          switch number % 3 {
          case 0: nil
          case 1: lane
          default: Lane(label: "other")
          }
        group.addTask(executorPreference: preferred) { await line.use() }
      }
    }
    #expect(await line.used == 300)
    #expect(await line.most == 1)
  }

  @Test("The turn goes to the callers in the order in which they came")
  func order() async throws {
    let lane = try SocketLane(label: "turns")
    let line = Line(on: lane)
    #expect(await line.served(5) == [0, 1, 2, 3, 4])
  }
}

/// Something that one call at a time uses.
private actor Line {
  private nonisolated let lane: SocketLane
  private var turns = TurnQueue()
  private var users = 0

  /// The number of calls that have used it.
  private(set) var used = 0

  /// The largest number of calls that used it at once.
  private(set) var most = 0

  nonisolated var unownedExecutor: UnownedSerialExecutor { lane.asUnownedSerialExecutor() }

  init(on lane: SocketLane) { self.lane = lane }

  func use() async {
    await withCheckedContinuation { turns.take($0) }
    defer { turns.pass() }
    users += 1
    most = max(most, users)
    await Task.yield()
    users -= 1
    used += 1
  }

  /// Returns the order in which so many callers, which all wait at first, have their turn.
  func served(_ count: Int) async -> [Int] {
    await withCheckedContinuation { turns.take($0) }
    var waiting: [Task<Void, Never>] = []
    var served: [Int] = []
    for number in 0..<count {
      let hasCome = AsyncStream<Void>.makeStream()
      waiting.append(
        Task {
          await withCheckedContinuation { caller in
            turns.take(caller)
            hasCome.continuation.finish()
          }
          served.append(number)
          turns.pass()
        })
      for await _ in hasCome.stream {}
    }
    turns.pass()
    for task in waiting { await task.value }
    return served
  }
}
