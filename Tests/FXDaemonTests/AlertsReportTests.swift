import FXCore
import FXDaemon
import Testing

@Suite("A report of alerts")
struct AlertsReportTests {
  private static let fired = Timestamp(seconds: 1_771_578_000)

  private static func alerts() throws -> [AlertRecord] {
    let pair = try #require(CurrencyPair("TJS/USD"))
    let series = Series(source: SourceName("timesca"), pair: pair, side: .mid)
    func alert(
      _ number: Int, _ kind: AlertRecord.Kind, resolved: Timestamp?, _ summary: String
    ) -> AlertRecord {
      AlertRecord(
        id: "alert_\(number)", key: AlertKey(rule: "rule-\(number)", series: series), kind: kind,
        severity: .warning, firedAt: fired, resolvedAt: resolved,
        data: .object([.init("summary", .string(summary))]))
    }
    return [
      alert(1, .event, resolved: nil, "moved, \"a lot\""),
      alert(2, .state, resolved: nil, "two\nlines and \u{1B}[31mred"),
      alert(3, .state, resolved: fired + .seconds(60), "over"),
    ]
  }

  @Test("is a table whose columns stand below each other, whatever a summary holds")
  func table() throws {
    #expect(
      Report.alerts(try Self.alerts()).text(as: .table).split(separator: "\n").map(String.init) == [
        "FIRED                     RESOLVED                  SEVERITY  RULE    SERIES           SUMMARY"
          + "                          ALERT",
        "2026-02-20T09:00:00.000Z  event                     warning   rule-1  timesca TJS/USD  moved,"
          + " \"a lot\"                   alert_1",
        "2026-02-20T09:00:00.000Z  fires                     warning   rule-2  timesca TJS/USD  two\\u{a}"
          + "lines and \\u{1b}[31mred  alert_2",
        "2026-02-20T09:00:00.000Z  2026-02-20T09:01:00.000Z  warning   rule-3  timesca TJS/USD  over"
          + "                             alert_3",
      ])
  }

  @Test("is CSV with quotes only where a field needs them")
  func csv() throws {
    let text = Report.alerts(try Self.alerts()).text(as: .csv)
    #expect(
      text.hasPrefix(
        "fired,resolved,severity,rule,series,summary,alert\n"
          + "2026-02-20T09:00:00.000Z,event,warning,rule-1,timesca TJS/USD,"
          + "\"moved, \"\"a lot\"\"\",alert_1\n"))
    #expect(text.contains(",\"two\nlines and \u{1B}[31mred\",alert_2\n"))
  }

  @Test("says in words that there is nothing, and to programs with an empty list")
  func empty() {
    #expect(Report.alerts([]).text(as: .table) == "nothing fires\n")
    #expect(Report.alerts([]).text(as: .json) == "[]\n")
    #expect(
      Report.alerts([]).text(as: .csv) == "fired,resolved,severity,rule,series,summary,alert\n")
  }
}
