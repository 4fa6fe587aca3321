import FXCommands
import FXCore
import Testing

@Suite("A local zone")
struct LocalZoneTests {
  private static let now = Timestamp(milliseconds: 1_771_578_902_113)

  @Test(
    "shows every instant of a text with its offset",
    arguments: [
      ("Asia/Bishkek", "2026-02-20T15:15:02.113+06:00"),
      ("America/St_Johns", "2026-02-20T05:45:02.113-03:30"),
      ("UTC", "2026-02-20T09:15:02.113Z"),
    ])
  func shown(name: String, text: String) throws {
    let zone = try #require(LocalZone(named: name))
    #expect(zone.text(Self.now) == text)
    #expect(
      zone.shown("until 2026-02-20T09:15:02.113Z (ABCZ 2026-13-20T09:15:02Z)")
        == "until \(text) (ABCZ 2026-13-20T09:15:02Z)")
  }

  @Test("shows several instants, and those around a change of the offset, each with its own")
  func several() throws {
    let zone = try #require(LocalZone(named: "Europe/Berlin"))
    #expect(
      zone.shown("2026-03-29T00:59:59Z to 2026-03-29T01:00:00Z")
        == "2026-03-29T01:59:59.000+01:00 to 2026-03-29T03:00:00.000+02:00")
  }

  @Test(
    "reads instants with an offset, local times, and the next time of a day",
    arguments: [
      ("2026-02-20T09:15:00Z", "2026-02-20T09:15:00.000Z"),
      ("2026-02-20T15:15:00.5+06:00", "2026-02-20T09:15:00.500Z"),
      ("2026-02-20", "2026-02-20T00:00:00.000Z"),
      ("2026-02-20 18:00", "2026-02-20T12:00:00.000Z"),
      ("2026-02-20T18:00", "2026-02-20T12:00:00.000Z"),
      ("16:00", "2026-02-20T10:00:00.000Z"),
      ("15:15", "2026-02-21T09:15:00.000Z"),
      ("8:00", "2026-02-21T02:00:00.000Z"),
    ])
  func instant(text: String, expected: String) throws {
    let zone = try #require(LocalZone(named: "Asia/Bishkek"))
    #expect(zone.instant(text, now: Self.now)?.description == expected)
  }

  @Test(
    "reads nothing else",
    arguments: [
      "", "24:00", "8", "08:60", "tomorrow", "2026-02-30 08:00", "2026-02-20T09:15:00+6", ":",
      "2026-02-20 08:00 09:00", "1:2:3", "+06:00",
    ])
  func other(text: String) {
    #expect(LocalZone.utc.instant(text, now: Self.now) == nil)
  }
}
