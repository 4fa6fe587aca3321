import FXCore
import FXDaemon
import Testing

@Suite("The queue of bodies to read")
struct BodyQueueTests {
  private final class Log {
    var entries: [String] = []
  }

  private var queue = BodyQueue()
  private let log = Log()

  private mutating func enter(_ source: String, _ kibibytes: Int) {
    let log = log
    queue.enter(
      .init(source: SourceName(source), bytes: kibibytes << 10) { isTaken in
        log.entries.append(isTaken ? source : "not \(source)")
      })
  }

  private mutating func leave(_ source: String, _ kibibytes: Int, tookTooMuch: Bool = false) {
    queue.leave(bytes: kibibytes << 10, of: SourceName(source), tookTooMuch: tookTooMuch)
  }

  @Test("reads two small bodies and a large one at once, and the others in order")
  mutating func order() {
    for source in ["a", "b", "c", "d"] {
      enter("large \(source)", 1000)
      enter("small \(source)", 100)
    }
    #expect(log.entries == ["large a", "small a", "small b"])
    leave("small a", 100)
    leave("large a", 1000)
    leave("small b", 100)
    leave("small c", 100)
    #expect(log.entries.dropFirst(3) == ["small c", "large b", "small d"])
  }

  @Test("prefers sources whose last body did not take too much")
  mutating func lastInLine() {
    enter("slow", 100)
    leave("slow", 100, tookTooMuch: true)
    for source in ["a", "b", "slow", "c"] { enter(source, 100) }
    leave("a", 100)
    #expect(log.entries == ["slow", "a", "b", "c"])
    leave("b", 100)
    leave("slow", 100)
    for source in ["d", "slow", "e"] { enter(source, 100) }
    leave("c", 100)
    leave("d", 100)
    #expect(log.entries.dropFirst(4) == ["slow", "d", "slow", "e"])
  }

  @Test("gives up the longest of the bodies that wait beyond their limit")
  mutating func limit() {
    for source in ["a", "b", "c"] { enter(source, 6000) }
    enter("longest", 8000)
    enter("d", 1000)
    #expect(log.entries == ["a", "not longest"])
    for source in ["a", "b", "c"] { leave(source, 6000) }
    #expect(log.entries.dropFirst(2) == ["b", "c", "d"])
  }
}
