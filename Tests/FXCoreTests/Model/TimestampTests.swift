import FXCore
import Testing

@Suite("A timestamp")
struct TimestampTests {
  @Test(
    "prints RFC 3339 in UTC with milliseconds and reads it back",
    arguments: [
      (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
      (1_771_578_902_113, "2026-02-20T09:15:02.113Z"),
      (951_782_399_999, "2000-02-28T23:59:59.999Z"), (951_782_400_000, "2000-02-29T00:00:00.000Z"),
      (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
      (-62_135_596_800_000, "0001-01-01T00:00:00.000Z"),
    ])
  func text(milliseconds: Int64, text: String) {
    #expect(Timestamp(milliseconds: milliseconds).description == text)
    #expect(Timestamp(text: text) == Timestamp(milliseconds: milliseconds))
  }

  @Test(
    "reads days, whole seconds and finer fractions",
    arguments: [
      ("2026-02-20", 1_771_545_600_000), ("2026-02-20T09:15:02Z", 1_771_578_902_000),
      ("2026-02-20T09:15:02.1Z", 1_771_578_902_100),
      ("2026-02-20T09:15:02.113999999Z", 1_771_578_902_113),
      ("2016-12-31T23:59:60Z", 1_483_228_800_000),
    ])
  func reads(text: String, milliseconds: Int64) {
    #expect(Timestamp(text: text)?.milliseconds == milliseconds)
  }

  @Test(
    "refuses anything else",
    arguments: [
      "", "2026", "2026-02-30", "2026-02-20T", "2026-02-20T09:15Z", "2026-02-20T09:15:02",
      "2026-02-20T24:00:00Z", "2026-02-20T09:60:00Z", "2026-02-20T09:15:61Z",
      "2026-02-20T09:15:02.Z", "2026-02-20T09:15:02,1Z", "2026-02-20T09:15:02+01:00",
      "2026-02-20 09:15:02Z", "2026-02-20T09:15:02.1234567890Z", "2026-02-20T0x:15:02Z",
      "2026-02-20T09:15:02.1xZ", "2026-02-2é", "２026-02-20T09:15:02Z", "0000-01-01",
    ])
  func refuses(text: String) {
    #expect(Timestamp(text: text) == nil)
  }

  @Test("adds durations to the millisecond and saturates")
  func arithmetic() {
    let instant = Timestamp(seconds: 100)
    #expect(instant + .milliseconds(1) == Timestamp(milliseconds: 100_001))
    #expect(instant - .seconds(100) == Timestamp(milliseconds: 0))
    #expect(instant + .microseconds(1999) == Timestamp(milliseconds: 100_001))
    #expect(instant - Timestamp(seconds: 40) == .seconds(60))
    let last = Timestamp(milliseconds: .max)
    #expect(last + .seconds(1) == Timestamp(milliseconds: .max / 2))
    #expect(Timestamp(milliseconds: .min) - .seconds(1) == Timestamp(milliseconds: .min / 2))
    #expect(Timestamp(seconds: 1) < Timestamp(seconds: 2))
  }

  @Test("is on the UTC day that contains it, also before the epoch")
  func day() {
    #expect(Timestamp(milliseconds: 86_399_999).day.description == "1970-01-01")
    #expect(Timestamp(milliseconds: -1).day.description == "1969-12-31")
    #expect(Timestamp(milliseconds: -86_400_000).day.description == "1969-12-31")
    #expect(Timestamp(milliseconds: -86_400_001).day.description == "1969-12-30")
  }

  @Test("a duration's milliseconds are rounded towards zero and never trap")
  func milliseconds() {
    #expect(Duration.microseconds(1999).milliseconds == 1)
    #expect(Duration.microseconds(-1999).milliseconds == -1)
    #expect(Duration.seconds(Int64.max).milliseconds == .max / 2)
    #expect(Duration.seconds(Int64.min + 1).milliseconds == .min / 2)
  }

  @Test("floors quotients towards minus infinity")
  func floors() {
    #expect(
      [-7, -6, -1, 0, 1, 6, 7].map { $0.flooredDivision(by: 3) } == [-3, -2, -1, 0, 0, 2, 2])
  }
}
