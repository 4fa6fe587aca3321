import FXCore
import Testing

@Suite("The slots of transfers")
struct FetchSlotsTests {
  /// A number of slow sources before one that is quick, in the order of the config.
  private static func run(
    _ count: Int, every: Int, answerAfter: Duration, beside quick: Int, server: String? = nil
  ) -> PollingRun {
    var run = PollingRun(
      (0..<count).map {
        PollingRun.Source("slow-\($0)", every: every, answersAfter: answerAfter, server: server)
      } + [
        PollingRun.Source("quick", every: quick, answersAfter: .milliseconds(20), server: server)
      ])
    run.run(for: .seconds(600))
    return run
  }

  @Test(
    "leave a quick source its interval beside slow ones, however many these are",
    arguments: [
      (12, 1, 9, 1), (24, 10, 9, 5), (24, 1, 9, 1), (24, 10, 30, 5), (60, 2, 5, 2),
      (300, 10, 30, 5),
    ])
  func slow(count: Int, every: Int, seconds: Int, quick: Int) {
    let run = Self.run(count, every: every, answerAfter: .seconds(seconds), beside: quick)
    let gap = run.longestGap(of: "quick")
    // At first it is not known which ones are slow.
    let bound: Duration = count > 60 ? .seconds(44) : .zero
    #expect(gap <= .seconds(quick) * 11 / 10 + .milliseconds(120) + bound)
    let gaps = zip(
      run.requests[SourceName("quick")] ?? [], run.requests[SourceName("quick")]?.dropFirst() ?? [])
    #expect(gaps.allSatisfy { $1 - $0 <= .seconds(quick) * 11 / 10 + .milliseconds(120) })
    #expect(run.mostTransfers <= 256)
  }

  @Test("leave a quick page its interval beside slow pages of the same server")
  func server() {
    let run = Self.run(
      12, every: 1, answerAfter: .seconds(9), beside: 1, server: "one.example")
    let afterwards = run.requests[SourceName("quick")]?.filter { $0 > .seconds(30) } ?? []
    #expect(zip(afterwards, afterwards.dropFirst()).allSatisfy { $1 - $0 < .seconds(2) })
    #expect(run.mostTransfers <= 6)
  }

  @Test("go to the source that is due for the longest time: none is left out for ever")
  func oldestFirst() {
    var run = Self.run(200, every: 10, answerAfter: .seconds(30), beside: 3600)
    run.run(for: .seconds(1500))
    let counts = (0..<200).map { run.requests[SourceName("slow-\($0)")]?.count ?? 0 }
    #expect((counts.min() ?? 0) > 10)
    #expect((counts.max() ?? 0) - (counts.min() ?? 0) <= 4)
  }

  @Test(
    "that a source waits for too long are reported once, and once more when they are found in time")
  func late() throws {
    // Twelve pages of one server that each take 9 s cannot be read every second.
    var run = Self.run(
      12, every: 1, answerAfter: .seconds(9), beside: 3600, server: "one.example")
    let reports = run.reports.filter { $0.contains("slow-11 ") }
    #expect(reports.count == 1)
    #expect(
      reports.first?.contains(
        " s: source.late: slow-11 is polled late: it is due since 2026-02-20T09:") == true)
    #expect(run.reports.count { $0.contains("source.late") } == 12)
    run = PollingRun(
      (0..<7).map {
        PollingRun.Source("page-\($0)", every: 60, answersAfter: .seconds(40), server: "x.example")
      })
    run.run(for: .seconds(3600))
    #expect(run.reports == [])
  }

  @Test("have a bound that follows from the config")
  func bound() {
    func planned(_ count: Int, every: Int, server: String? = nil) -> [PlannedSource] {
      (0..<count).map {
        PlannedSource(
          name: SourceName("\($0)"), schedule: .interval(.seconds(every)), dating: .pageDay,
          host: server ?? "\($0).example")
      }
    }
    let bounds = [
      planned(0, every: 1), planned(12, every: 1), planned(13, every: 1), planned(200, every: 900),
      planned(12, every: 1) + planned(12, every: 60), planned(3, every: 1, server: "x.example"),
    ].map { PollingBound.longestWait(among: $0) }
    #expect(
      bounds == [nil, .zero, .seconds(2), .seconds(32), .zero, .seconds(2)])
  }
}
