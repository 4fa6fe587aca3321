import FXCore
import Testing

@Suite("Quiet hours")
struct QuietHoursTests {
  private func end(_ quiet: QuietHours, _ instant: String) throws -> String? {
    quiet.end(around: try #require(Timestamp(text: instant)), in: TestZones())?.description
  }

  @Test(
    "begin and end at their local times",
    arguments: [
      ("2026-02-20T16:59:59.999Z", nil),
      ("2026-02-20T17:00:00Z", "2026-02-21T02:00:00.000Z"),
      ("2026-02-20T20:00:00Z", "2026-02-21T02:00:00.000Z"),
      ("2026-02-21T01:59:59.999Z", "2026-02-21T02:00:00.000Z"),
      ("2026-02-21T02:00:00Z", nil),
    ])
  func nights(instant: String, ends: String?) throws {
    let quiet = QuietHours(name: "nights", zone: "Test/Plus5", from: 22 * 60, to: 7 * 60)
    #expect(try end(quiet, instant) == ends)
  }

  @Test(
    "belong to the day on which they begin",
    arguments: [
      // 2026-02-20 is a Friday.
      ("2026-02-20T12:00:00Z", nil), ("2026-02-21T12:00:00Z", "2026-02-22T00:00:00.000Z"),
      ("2026-02-22T00:00:00Z", "2026-02-23T00:00:00.000Z"), ("2026-02-23T00:00:00Z", nil),
    ])
  func weekends(instant: String, ends: String?) throws {
    let quiet = QuietHours(name: "weekends", zone: "UTC", from: 0, to: 1440, days: [6, 7])
    #expect(try end(quiet, instant) == ends)
  }

  @Test(
    "follow the clocks over the nights on which clocks change",
    arguments: [
      // Spring: 22:00+01:00 to 07:00+02:00, eight hours.
      (22 * 60, 7 * 60, "2026-03-28T21:00:00Z", "2026-03-29T05:00:00.000Z"),
      // Autumn: 22:00+02:00 to 07:00+01:00, ten hours.
      (22 * 60, 7 * 60, "2026-10-24T20:00:00Z", "2026-10-25T06:00:00.000Z"),
      (22 * 60, 7 * 60, "2026-10-24T19:59:59Z", nil),
      // 02:30 does not exist in spring and counts as 03:30+02:00.
      (22 * 60, 150, "2026-03-28T22:00:00Z", "2026-03-29T01:30:00.000Z"),
      // 02:30 occurs twice in autumn: quiet until the second one, and from the first one on.
      (22 * 60, 150, "2026-10-25T00:45:00Z", "2026-10-25T01:30:00.000Z"),
      (150, 7 * 60, "2026-10-25T00:30:00Z", "2026-10-25T06:00:00.000Z"),
      (150, 7 * 60, "2026-10-25T00:29:59Z", nil),
    ])
  func changesOfClocks(from: Int, to: Int, instant: String, ends: String?) throws {
    let quiet = QuietHours(name: "nights", zone: "Test/Summer", from: from, to: to)
    #expect(try end(quiet, instant) == ends)
  }

  @Test("let the given severity and those above it pass, and apply to their notifiers only")
  func pass() {
    var quiet = QuietHours(
      name: "nights", zone: "UTC", from: 0, to: 60, pass: .warning, notify: ["ops"])
    #expect(quiet.holds(.notice, to: "ops"))
    #expect(!quiet.holds(.warning, to: "ops"))
    #expect(!quiet.holds(.critical, to: "ops"))
    #expect(!quiet.holds(.notice, to: "console"))
    quiet = QuietHours(name: "nights", zone: "UTC", from: 0, to: 60)
    #expect(quiet.holds(.critical, to: "console"))
  }

  // MARK: Settings

  private func read(_ entries: [SettingsEntry]) -> (quiet: QuietHours?, problems: [String]) {
    let problems = SettingsProblems()
    let section = SettingsSection(.map(entries), path: ["quiet", "nights"], problems: problems)
    let quiet = QuietHours.read(
      name: "nights", from: section, notifiers: ["console", "ops"], zones: TestZones())
    return (quiet, problems.all.map(\.description))
  }

  @Test("are read from the config")
  func settings() {
    let (quiet, problems) = read([
      .entry("zone", line: 2, .text("Test/Plus5")), .entry("from", line: 3, .text("22:00")),
      .entry("to", line: 4, .text("07:30")), .entry("days", line: 5, .text("sun")),
      .entry("pass", line: 6, .text("critical")), .entry("notify", line: 7, .text("ops")),
    ])
    #expect(problems == [])
    #expect(
      quiet
        == QuietHours(
          name: "nights", zone: "Test/Plus5", from: 1320, to: 450, days: [7], pass: .critical,
          notify: ["ops"]))
  }

  @Test("report every invalid setting")
  func problems() {
    #expect(
      read([.entry("until", line: 2, .text("07:00"))]).problems == [
        "etc/fxwatch.yaml:1:1: quiet.nights: 'zone' is missing; the hours are local times; give an IANA time zone, "
          + "for example zone: Asia/Bishkek",
        "etc/fxwatch.yaml:1:1: quiet.nights: 'from' is missing; write a time of day, for example "
          + "from: \"22:00\"",
        "etc/fxwatch.yaml:1:1: quiet.nights: 'to' is missing; write a time of day, for example "
          + "to: \"22:00\"",
        "etc/fxwatch.yaml:2:1: quiet.nights: unknown key 'until'; expected one of days, from, notify, "
          + "pass, to, zone",
      ])
    #expect(
      read([
        .entry("zone", line: 2, .text("Bishkek")), .entry("from", line: 3, .text("1320")),
        .entry("to", line: 4, .text("24:01")), .entry("days", line: 5, .text("Sunday")),
        .entry("pass", line: 6, .text("critcal")), .entry("notify", line: 7, .text("op")),
      ]).problems == [
        "etc/fxwatch.yaml:2:9: quiet.nights.zone: 'Bishkek' is not an IANA time zone; expected one "
          + "such as Asia/Bishkek or UTC",
        "etc/fxwatch.yaml:3:9: quiet.nights.from: '1320' is not a time of day; write it in quotes "
          + "like \"22:00\"",
        "etc/fxwatch.yaml:4:9: quiet.nights.to: '24:01' is not a time of day; write it in quotes "
          + "like \"22:00\"",
        "etc/fxwatch.yaml:5:9: quiet.nights.days: 'Sunday' is not one of mon, tue, wed, thu, fri, "
          + "sat, sun",
        "etc/fxwatch.yaml:6:9: quiet.nights.pass: 'critcal' is not one of info, notice, warning, "
          + "critical; did you mean 'critical'?",
        "etc/fxwatch.yaml:7:9: quiet.nights.notify: unknown notifier 'op'; expected one of console, "
          + "ops; did you mean 'ops'?",
      ])
  }

  @Test("must end", arguments: [("07:00", "07:00"), ("00:00", "24:00")])
  func endless(from: String, to: String) {
    let problems = read([
      .entry("zone", line: 2, .text("UTC")), .entry("from", line: 3, .text(from)),
      .entry("to", line: 4, .text(to)),
    ]).problems
    #expect(
      problems == [
        "etc/fxwatch.yaml:4:9: quiet.nights.to: these hours never end, so that nothing would be sent; "
          + "shorten them"
      ])
  }
}
