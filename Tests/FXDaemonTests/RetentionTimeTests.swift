import FXCore
import FXDaemon
import Testing

@Suite("The retention time")
struct RetentionTimeTests {
  private let day = Duration.seconds(86_400)

  /// An instant so many days after 2026-01-01.
  private func instant(day: Int64) -> Timestamp {
    Timestamp(seconds: 1_767_225_600 + day * 86_400)
  }

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

  @Test("is never after the clock: one that was wrong at first, or is wrong now, deletes nothing")
  func ahead() {
    let wrong = RetentionTime.next(after: nil, now: instant(day: 1460), passed: .zero)
    #expect(RetentionTime.next(after: wrong, now: instant(day: 5), passed: day) == instant(day: 5))
    #expect(
      RetentionTime.next(after: instant(day: 5), now: instant(day: -9000), passed: day)
        == instant(day: -9000))
  }

  @Test("goes on from this year where the clock began in 1970")
  func withoutBattery() {
    let wrong = RetentionTime.next(
      after: nil, now: Timestamp(milliseconds: 0), passed: .zero)
    let first = RetentionTime.next(after: wrong, now: instant(day: 30), passed: day)
    #expect(first == instant(day: 2))
    #expect(RetentionTime.next(after: first, now: instant(day: 31), passed: day) == instant(day: 4))
  }
}
