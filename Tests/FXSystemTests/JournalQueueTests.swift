import FXSystem
import Synchronization
import Testing

@Suite("The journal's queue")
struct JournalQueueTests {
  @Test("writes in order, and drains when all entries are written")
  func order() async {
    let written = Mutex<[String]>([])
    let queue = JournalQueue { fields in written.withLock { $0 += fields.map(\.value) } }
    for number in 0..<100 {
      #expect(queue.add([JournalField("MESSAGE", "\(number)")]) == 0)
    }
    await queue.drain()
    #expect(written.withLock { $0 } == (0..<100).map(String.init))
  }

  @Test("drops and counts entries beyond its limit, without blocking the caller")
  func stalled() async {
    let written = Mutex<[String]>([])
    let queue = JournalQueue { fields in written.withLock { $0 += fields.map(\.value) } }
    // Nothing is written while the test holds the lock.
    written.withLock { _ in
      for number in 0..<JournalQueue.maximumWaiting + 7 {
        #expect(queue.add([JournalField("MESSAGE", "\(number)")]) == 0)
      }
    }
    await queue.drain()
    #expect(queue.add([JournalField("MESSAGE", "after")]) == 7)
    #expect(queue.add([JournalField("MESSAGE", "later")]) == 0)
    await queue.drain()
    let numbers = (0..<JournalQueue.maximumWaiting).map(String.init)
    #expect(written.withLock { $0 } == numbers + ["after", "later"])
  }
}
