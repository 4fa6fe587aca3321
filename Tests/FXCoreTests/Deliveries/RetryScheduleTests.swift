import FXCore
import Testing

@Suite("The retry schedule")
struct RetryScheduleTests {
  /// Attempts made, and the shortest and longest wait for the next one in milliseconds.
  static let table: [(attempts: Int, wait: ClosedRange<Int64>)] = [
    (1, 4_000...6_000), (2, 240_000...360_000), (3, 1_440_000...2_160_000),
    (4, 5_760_000...8_640_000), (5, 14_400_000...21_600_000), (6, 28_800_000...43_200_000),
    (7, 28_800_000...43_200_000),
  ]

  private static let seeds = (1...500).map { "ops \($0)" }

  @Test("waits 5 s, 5 m, 30 m, 2 h, 5 h, 10 h, 10 h, each with a jitter of 20 %", arguments: table)
  func waits(attempts: Int, expected: ClosedRange<Int64>) throws {
    let waits = try Self.seeds.map { seed in
      try #require(
        RetrySchedule.delay(afterAttempts: attempts, asked: nil, slowDown: false, seed: seed)
      ).milliseconds
    }
    #expect(waits.allSatisfy(expected.contains))
    // The jitter is used: all of it, and around the middle.
    let span = expected.upperBound - expected.lowerBound
    #expect(try #require(waits.min()) < expected.lowerBound + span / 20)
    #expect(try #require(waits.max()) > expected.upperBound - span / 20)
  }

  @Test("ends after the eighth attempt", arguments: [8, 9, 1000, Int.max, 0, -1])
  func ends(attempts: Int) {
    #expect(
      RetrySchedule.delay(afterAttempts: attempts, asked: nil, slowDown: false, seed: "") == nil)
  }

  @Test("gives the same delivery the same wait every time")
  func isStable() {
    let waits = (0..<3).map { _ in
      RetrySchedule.delay(afterAttempts: 3, asked: nil, slowDown: false, seed: "ops 7")
    }
    #expect(Set(waits).count == 1)
  }

  @Test("waits at least a minute after a timeout")
  func penalty() {
    func wait(_ attempts: Int, slowDown: Bool) -> Duration? {
      RetrySchedule.delay(afterAttempts: attempts, asked: nil, slowDown: slowDown, seed: "ops 7")
    }
    #expect(wait(1, slowDown: true) == .seconds(60))
    #expect(wait(2, slowDown: true) == wait(2, slowDown: false))
  }

  @Test("waits as long as a receiver asks that limits its pace, else a minute")
  func limited() {
    #expect(RetrySchedule.delay(asked: nil, seed: "ops") == .seconds(60))
    #expect(RetrySchedule.delay(asked: .zero, seed: "ops") == .zero)
    for seed in Self.seeds {
      #expect(
        (10_000...11_000) ~= RetrySchedule.delay(asked: .seconds(10), seed: seed).milliseconds)
    }
  }

  @Test(
    "obeys Retry-After from once to twice the scheduled wait",
    arguments: [
      // The requested wait and the actual one, in per cent of the scheduled one.
      (0, 100), (50, 100), (100, 100), (150, 150), (200, 200), (201, 200), (100_000, 200),
    ])
  func retryAfter(asked: Int, obeyed: Int) throws {
    for attempts in 1...7 {
      let scheduled = try #require(
        RetrySchedule.delay(afterAttempts: attempts, asked: nil, slowDown: false, seed: "ops 7"))
      let wait = RetrySchedule.delay(
        afterAttempts: attempts, asked: scheduled * asked / 100, slowDown: false, seed: "ops 7")
      #expect(wait == scheduled * obeyed / 100)
    }
  }

  @Test("after a 429 clamps Retry-After around the minute's penalty")
  func penaltyAndRetryAfter() {
    let waits = [Duration.seconds(30), .seconds(90), .seconds(3600)].map {
      RetrySchedule.delay(afterAttempts: 1, asked: $0, slowDown: true, seed: "ops 7")
    }
    #expect(waits == [.seconds(60), .seconds(90), .seconds(120)])
  }
}
