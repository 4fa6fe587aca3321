import FXCore
import Support
import Testing

@Suite("The pace of deliveries")
struct DeliveryPaceTests {
  @Test("an interval begins at 1 s, doubles up to a minute, shrinks with successes and ends")
  func interval() {
    var pace = DeliveryPace()
    pace.speedUp()
    #expect(pace.interval == nil)
    var intervals: [Duration?] = []
    for _ in 0..<8 {
      pace.slowDown()
      intervals.append(pace.interval)
    }
    #expect(intervals == [1, 2, 4, 8, 16, 32, 60, 60].map { .seconds($0) })
    pace.speedUp()
    #expect(pace.interval == .seconds(57))
    var successes = 1
    while pace.isLimited {
      pace.speedUp()
      successes += 1
    }
    #expect(successes == 125)
  }

  @Test("a long backlog drains at the pace of the receiver, with few reads, also what came since")
  func long() {
    let bucket = TokenBucket(burst: 4, interval: .seconds(1))
    var run = DeliveryRun([
      DeliveryRun.Receiver(name: "chat", answersAfter: .milliseconds(20)) { _, time in
        bucket.takes(at: DeliveryRun.start + time)
          ? .delivered(detail: "HTTP 200") : .limited(because: "HTTP 429", after: .seconds(5))
      }
    ])
    for _ in 0..<6000 { run.send(severity: .notice) }
    run.run(for: .seconds(60))
    run.send(severity: .critical)
    run.run(for: .seconds(60))
    #expect(run.taken["chat"]?.contains(6001) == true)
    #expect((run.longestDelay["chat"] ?? .zero) < .seconds(121))
    let before = run.taken["chat"]?.count ?? 0
    run.run(for: .seconds(1000))
    let taken = (run.taken["chat"]?.count ?? 0) - before
    #expect(taken > 600)
    #expect(run.loads < taken / 8)
    run.run(for: .seconds(9000))
    #expect(run.taken["chat"]?.sorted() == Array(1...6001))
    #expect(run.queues.count == 0)
  }

  @Test("a backlog of few series drains to its end, also if no other event follows")
  func fewSeries() {
    var run = DeliveryRun([
      DeliveryRun.Receiver(name: "chat", answersAfter: .milliseconds(20)) { event, time in
        switch event {
        case 3 where time < .seconds(1): .limited(because: "HTTP 429", after: .seconds(1))
        case 4 where time < .seconds(5): .retry(because: "HTTP 500")
        default: .delivered(detail: "HTTP 200")
        }
      }
    ])
    for event: Int64 in 1...6000 { run.send(series: event % 5) }
    run.run(for: .seconds(9000))
    #expect(run.queues.count == 0)
    let isWhole = run.taken["chat"]?.sorted() == Array(1...6000)
    #expect(isWhole)
  }
}
