import FXCore
import FXSystem
import Testing

@Suite("The machine's clocks and zones")
struct SystemClockTests {
  @Test("are set to this century, and monotonic time does not go back")
  func clocks() {
    let clock = SystemClock()
    let first = clock.monotonic()
    #expect(clock.monotonic() >= first)
    #expect(clock.now() > Timestamp(seconds: 1_700_000_000))
  }

  @Test(
    "know summer time and zones without it",
    arguments: [
      ("Europe/Berlin", "2026-03-29T00:59:59.999Z", 3600),
      ("Europe/Berlin", "2026-03-29T01:00:00.000Z", 7200),
      ("Asia/Bishkek", "2026-07-01T00:00:00Z", 21_600),
      ("Asia/Kolkata", "2026-07-01T00:00:00Z", 19_800),
      ("America/New_York", "2026-01-01T00:00:00Z", -18_000), ("UTC", "2026-01-01T00:00:00Z", 0),
    ])
  func offsets(zone: String, instant: String, offset: Int) throws {
    #expect(
      SystemZones().offset(ofZone: zone, at: try #require(Timestamp(text: instant))) == offset)
  }

  @Test("accept only IANA names", arguments: ["", "Berlin", "EST", "Mars/Olympus", "GMT+3"])
  func unknown(zone: String) {
    #expect(SystemZones().offset(ofZone: zone, at: Timestamp(seconds: 0)) == nil)
  }
}
