import FXCore
import FXDaemon
import Testing

@Suite("Ends of attempts")
struct OutcomeBatchTests {
  @Test("are committed at once after a pause, and together with what ends within 10 ms of a commit")
  func pace() {
    var ended = OutcomeBatch()
    #expect(ended.note(Self.report("ops", 1), at: .seconds(5)) == .zero)
    #expect(ended.note(Self.report("ops", 2), at: .seconds(5)) == nil)
    #expect(ended.takeAll(at: .seconds(5)).leases == [Self.report("ops", 1, 2)])
    #expect(
      ended.note(Self.report("ops", 3), at: .seconds(5) + .milliseconds(4)) == .milliseconds(6))
    #expect(ended.note(Self.report("desk", 4), at: .seconds(5) + .milliseconds(9)) == nil)
    #expect(
      ended.takeAll(at: .seconds(6)).leases == [Self.report("ops", 3), Self.report("desk", 4)])
    #expect(ended.note(Self.report("ops", 5), at: .seconds(7)) == .zero)
  }

  @Test("are committed sooner where a lease is over, for the next one waits for that")
  func overSooner() {
    var ended = OutcomeBatch(lastCommit: .seconds(5))
    let over = LeaseReport(notifier: "ops", reports: [], isLast: true)
    #expect(ended.note(Self.report("desk", 1), at: .seconds(5)) == .milliseconds(10))
    #expect(ended.note(over, at: .seconds(5) + .milliseconds(1)) == .milliseconds(1))
    #expect(ended.note(over, at: .seconds(5) + .milliseconds(1)) == nil)
    #expect(ended.takeAll(at: .seconds(6)).leases.map(\.notifier) == ["desk", "ops"])
    #expect(ended.note(over, at: .seconds(7)) == .zero)
  }

  @Test("name each notifier once, and say that a lease is over once it is")
  func merged() {
    var ended = OutcomeBatch()
    _ = ended.note(Self.report("ops", 1), at: .zero)
    _ = ended.note(Self.report("desk", 1), at: .zero)
    _ = ended.note(LeaseReport(notifier: "ops", reports: [], isLast: true), at: .zero)
    _ = ended.note(Self.report("ops", 2), at: .zero)
    let all = ended.takeAll(at: .zero)
    #expect(all.leases.map(\.notifier) == ["ops", "desk"])
    #expect(all.leases.map { $0.reports.map(\.sequence) } == [[1, 2], [1]])
    #expect(all.leases.map(\.isLast) == [true, false])
    #expect(all.waiting.isEmpty)
    #expect(ended.takeAll(at: .zero).leases.isEmpty)
  }

  private static func report(_ notifier: String, _ sequences: Int64...) -> LeaseReport {
    LeaseReport(
      notifier: notifier,
      reports: sequences.map { DeliveryReport(sequence: $0, outcome: .delivered(detail: "")) },
      isLast: false)
  }
}
