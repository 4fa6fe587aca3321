import FXCore
import Testing

@Suite("The ages of keep")
struct RetentionSettingsTests {
  private static func read(
    _ entries: [(String, String)], reach: Lookback = .none
  ) -> (retention: Retention, problems: [String]) {
    let mark = SettingsMark(file: "x.yaml", line: 1, column: 1)
    let node = SettingsNode(
      .map(
        entries.map {
          SettingsEntry(
            key: $0.0, keyMark: mark, node: SettingsNode(.scalar($0.1, isQuoted: false), at: mark))
        }), at: mark)
    let problems = SettingsProblems()
    let section = SettingsSection(node, path: ["keep"], problems: problems)
    let retention = Retention.read(from: section, reach: StoredReach(reach))
    return (retention, problems.all.map(\.message))
  }

  private static let day = Duration.seconds(86_400)

  @Test("have defaults")
  func defaults() {
    let retention = Retention.read(from: nil, reach: .none)
    #expect(retention.alerts == Self.day * 400)
    #expect(retention.deliveries == Self.day * 400)
    #expect(retention.headlines == Self.day * 30)
    #expect(retention.figures == nil)
    #expect(retention.publications == nil)
  }

  @Test("are durations, or 'forever' for figures and publications")
  func ages() {
    let (retention, problems) = Self.read([
      ("alerts", "3y"), ("deliveries", "90d"), ("headlines", "1y"), ("figures", "5y"),
      ("publications", "forever"),
    ])
    #expect(problems == [])
    #expect(retention.alerts == Self.day * 1095)
    #expect(retention.deliveries == Self.day * 90)
    #expect(retention.headlines == Self.day * 365)
    #expect(retention.figures == Self.day * 1825)
    #expect(retention.publications == nil)
    #expect(Self.read([("figures", "5y")]).retention.publications == Self.day * 1825)
    #expect(Self.read([("alerts", "90d")]).retention.deliveries == Self.day * 90)
    #expect(Self.read([("deliveries", "2y")]).retention.alerts == Self.day * 730)
  }

  @Test("that cannot be kept are errors")
  func errors() {
    #expect(
      Self.read([("alerts", "60d"), ("deliveries", "90d")]).problems == [
        "is longer than 'alerts', but what was sent refers to its alert; increase 'alerts' or"
          + " shorten 'deliveries'"
      ])
    #expect(
      Self.read([("figures", "ever")]).problems == [
        "'ever' is neither a duration such as 5y nor 'forever'"
      ])
    #expect(Self.read([("alerts", "1d")]).problems.count == 1)
    #expect(Self.read([("rates", "1y")]).problems.count == 1)
  }

  @Test("that are shorter than what rules look back on are warned about")
  func reach() {
    let (retention, problems) = Self.read(
      [("figures", "30d")], reach: Lookback(window: Self.day * 90))
    #expect(problems == ["rules look back 90d; figures are kept that long"])
    let now = Timestamp(seconds: 1_771_578_000)
    #expect(retention.endOfFigures(at: now) == now - Self.day * 90)
    let armed = Self.read([("figures", "30d")], reach: Lookback(isSinceArmed: true))
    #expect(
      armed.problems == [
        "rules look back to when their alerts were armed or fired; figures are kept for ever"
      ])
    #expect(armed.retention.endOfFigures(at: now) == nil)
    #expect(armed.retention.endOfPublications(at: now) == nil)
  }
}
