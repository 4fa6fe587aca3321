import FXCore
import FXDaemon
import Testing

@Suite("The retention time")
struct RetentionTimeTests {
  private let day = Duration.seconds(86_400)

  private func instant(day: Int64) -> Timestamp { Timestamp(seconds: day * 86_400) }

  @Test("is that of the clock at first, and as long as the clock is right")
  func right() {
    #expect(RetentionTime.next(after: nil, now: instant(day: 5), passed: .zero) == instant(day: 5))
    #expect(
      RetentionTime.next(after: instant(day: 5), now: instant(day: 6), passed: day)
        == instant(day: 6))
  }

  @Test(
    "advances by at most a day more than what passed when the clock jumps or the daemon was off")
  func jump() {
    #expect(
      RetentionTime.next(after: instant(day: 5), now: instant(day: 46), passed: day)
        == instant(day: 7))
    #expect(
      RetentionTime.next(
        after: instant(day: 5), now: Timestamp(milliseconds: .max / 2), passed: .zero)
        == instant(day: 6))
  }

  @Test("never goes back")
  func back() {
    #expect(
      RetentionTime.next(after: instant(day: 5), now: instant(day: -9000), passed: day)
        == instant(day: 5))
  }
}
