import FXCore
import FXDaemon
import Testing

@Suite("A batch of outcomes")
struct OutcomeBatchTests {
  @Test("Outcomes are committed at once after a pause, and together within 10 ms of a commit")
  func pace() {
    var outcomes = OutcomeBatch()
    #expect(outcomes.append(Self.report("ops", 1), at: .seconds(5)) == .zero)
    #expect(outcomes.append(Self.report("ops", 2), at: .seconds(5)) == nil)
    #expect(outcomes.removeAll(at: .seconds(5)).leases == [Self.report("ops", 1, 2)])
    #expect(
      outcomes.append(Self.report("ops", 3), at: .seconds(5) + .milliseconds(4)) == .milliseconds(6)
    )
    #expect(outcomes.append(Self.report("desk", 4), at: .seconds(5) + .milliseconds(9)) == nil)
    #expect(
      outcomes.removeAll(at: .seconds(6)).leases == [Self.report("ops", 3), Self.report("desk", 4)])
    #expect(outcomes.append(Self.report("ops", 5), at: .seconds(7)) == .zero)
  }

  @Test("Outcomes are committed sooner at the end of a lease, because the next lease waits for it")
  func overSooner() {
    var outcomes = OutcomeBatch(lastCommit: .seconds(5))
    let over = LeaseReport(notifier: "ops", reports: [], isLast: true)
    #expect(outcomes.append(Self.report("desk", 1), at: .seconds(5)) == .milliseconds(10))
    #expect(outcomes.append(over, at: .seconds(5) + .milliseconds(1)) == .milliseconds(1))
    #expect(outcomes.append(over, at: .seconds(5) + .milliseconds(1)) == nil)
    #expect(outcomes.removeAll(at: .seconds(6)).leases.map(\.notifier) == ["desk", "ops"])
    #expect(outcomes.append(over, at: .seconds(7)) == .zero)
  }

  @Test("Each notifier has one report, which is marked as the last one once the lease is over")
  func merged() {
    var outcomes = OutcomeBatch()
    _ = outcomes.append(Self.report("ops", 1), at: .zero)
    _ = outcomes.append(Self.report("desk", 1), at: .zero)
    _ = outcomes.append(LeaseReport(notifier: "ops", reports: [], isLast: true), at: .zero)
    _ = outcomes.append(Self.report("ops", 2), at: .zero)
    let all = outcomes.removeAll(at: .zero)
    #expect(all.leases.map(\.notifier) == ["ops", "desk"])
    #expect(all.leases.map { $0.reports.map(\.sequence) } == [[1, 2], [1]])
    #expect(all.leases.map(\.isLast) == [true, false])
    #expect(all.waiting.isEmpty)
    #expect(outcomes.removeAll(at: .zero).leases.isEmpty)
  }

  private static func report(_ notifier: String, _ sequences: Int64...) -> LeaseReport {
    LeaseReport(
      notifier: notifier,
      reports: sequences.map { DeliveryReport(sequence: $0, outcome: .delivered(detail: "")) },
      isLast: false)
  }
}
