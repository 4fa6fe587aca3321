import FXCore
import Testing

@Suite("The turns of notifiers")
struct DeliveryAgendaTests {
  private static let good = DeliveryRun.Receiver(name: "good", answersAfter: .milliseconds(10)) {
    _, _ in .delivered(detail: "HTTP 204")
  }

  /// Receivers that never work, before one that does.
  private static func run(
    _ count: Int, answersAfter: Duration, because reason: String
  ) -> DeliveryRun {
    DeliveryRun(
      (0..<count).map {
        DeliveryRun.Receiver(name: "bad-\($0)", answersAfter: answersAfter) { _, _ in
          .retry(because: reason, slowDown: answersAfter > .seconds(1))
        }
      } + [good])
  }

  @Test("a receiver that works waits for none of those that hang", arguments: [20, 600, 2000])
  func hanging(count: Int) {
    var run = Self.run(count, answersAfter: .seconds(15), because: "no answer within 15 s")
    run.send()
    run.run(for: .seconds(60))
    #expect(run.taken["good"] == [1])
    let first = run.longestDelay["good"] ?? .zero
    #expect(first < .seconds(count > 600 ? 50 : 6))
    for _ in 0..<60 { run.send(after: .seconds(5)) }
    run.run(for: .seconds(1))
    #expect(run.taken["good"] == Array(1...61))
    #expect(run.longestDelay["good"] == max(first, .milliseconds(10)))
    #expect(run.mostLeases <= 640)
  }

  @Test("receivers that refuse come after those that work, and each has its turn")
  func refusing() {
    var run = Self.run(3000, answersAfter: .milliseconds(2), because: "HTTP 503")
    for _ in 0..<20 { run.send(after: .seconds(5)) }
    run.run(for: .seconds(60))
    #expect(run.taken["good"] == Array(1...20))
    #expect((run.longestDelay["good"] ?? .zero) < .seconds(1))
    #expect((0..<3000).allSatisfy { (run.attempts["bad-\($0)"] ?? []).count > 2 })
  }
}
