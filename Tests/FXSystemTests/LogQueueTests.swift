import FXSystem
import Glibc
import Synchronization
import Testing

@Suite("The queue of the log")
struct LogQueueTests {
  private static let patience = Duration.seconds(60)

  @Test("writes in order, and drains when all entries are written")
  func order() async {
    let written = Mutex<[String]>([])
    let queue = LogQueue<String>(
      label: "test", notice: { "\($0) dropped" },
      write: { line in written.withLock { $0.append(line) } })
    for number in 0..<100 { queue.add("\(number)", bytes: 10) }
    await queue.drain(within: Self.patience)
    #expect(written.withLock { $0 } == (0..<100).map(String.init))
  }

  @Test("drops and counts entries beyond its limit, without blocking the caller")
  func stalled() async {
    let written = Mutex<[String]>([])
    let queue = LogQueue<String>(
      label: "test", maximumBytes: 1000, notice: { "\($0) dropped" },
      write: { line in written.withLock { $0.append(line) } })
    // Nothing is written while the test holds the lock.
    written.withLock { _ in
      for number in 0..<107 { queue.add("\(number)", bytes: 10) }
    }
    await queue.drain(within: Self.patience)
    queue.add("after", bytes: 10)
    await queue.drain(within: Self.patience)
    let numbers = (0..<100).map(String.init)
    #expect(written.withLock { $0 } == numbers + ["7 dropped", "after"])
  }

  @Test("drains no longer than its limit while the writer is stalled")
  func bounded() async throws {
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    let (gate, opener) = (ends[0], ends[1])
    let queue = LogQueue<String>(
      label: "test", notice: { "\($0) dropped" },
      write: { _ in
        var byte: UInt8 = 0
        _ = read(gate, &byte, 1)
      })
    queue.add("waits", bytes: 10)
    await queue.drain(within: .milliseconds(10))
    #expect(write(opener, [1], 1) == 1)
    await queue.drain(within: Self.patience)
    close(gate)
    close(opener)
  }
}
