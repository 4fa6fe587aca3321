import FXCore
import FXNotifiers
import Testing

@Suite("Standard output")
struct StdoutNotifierTests {
  static let texts: [(FXCore.Notification, String)] = [
    (
      Samples.alert(),
      "2026-02-20T09:15:02.113Z WARNING big-move TJS/USD at timesca: 0.09168 → 0.10563, "
        + "+15.22 % (15.20 to 15.23), for 2026-02-20; TJS/USD moved"
    ),
    (
      Samples.alert(
        .alertResolved, severity: .critical,
        with: [
          .init("side", .string("ask")), .init("previous", .null), .init("value_date", .null),
          .init("change", .object([.init("percent", .string("-0.87"))])),
          .init("summary", .null),
          .init(
            "headlines",
            .array([
              .object([.init("title", .string("Rates \u{1b}[2Jfall\nNOTICE forged"))]),
              .object([.init("title", .string("second"))]),
            ])),
        ]),
      "2026-02-20T09:15:02.113Z CRITICAL resolved: big-move TJS/USD (ask) at timesca: 0.10563, "
        + "-0.87 %; on the page: Rates \\u{1b}[2Jfall\\u{a}NOTICE forged"
    ),
    (
      Samples.source(.sourceDown),
      "2026-02-20T09:15:02.113Z CRITICAL source timesca is down: no rates; HTTP 500; "
        + "since 2026-02-20T09:00:00.000Z"
    ),
    (Samples.ping, "2026-02-20T09:15:02.113Z NOTICE test of notifier ops: a test"),
    (
      Notification(id: "e", type: .digest, timestamp: Samples.moment, data: .object([])),
      "2026-02-20T09:15:02.113Z NOTICE digest"
    ),
  ]

  @Test("as text, has one sanitized line for people", arguments: texts)
  func text(event: FXCore.Notification, line: String) async throws {
    #expect(try await printed(event, format: "text") == [line + "\n"])
  }

  @Test("as json, has the payload")
  func json() async throws {
    #expect(
      try await printed(Samples.ping, format: "json") == [
        #"{"type":"test.ping","timestamp":"2026-02-20T09:15:02.113Z","#
          + #""data":{"version":1,"notifier":"ops","summary":"a test"}}"# + "\n"
      ])
  }

  @Test("as logfmt, has every value under its key")
  func logfmt() async throws {
    #expect(
      try await printed(Samples.alert(), format: "logfmt") == [
        "time=2026-02-20T09:15:02.113Z type=alert.firing severity=warning alert_id=a1 "
          + "rule=big-move kind=event source=timesca pair=TJS/USD side=mid rate=0.10563 nominal=1 "
          + "tick=0.00001 value_date=2026-02-20 observed_at=2026-02-20T09:15:01.904Z "
          + "previous=0.09168 change=15.22 change_low=15.20 change_high=15.23 delta=0.01395 "
          + "ticks=1395 published_change=-0.09% condition=\"abs(change) > 1%\" "
          + "summary=\"TJS/USD moved\"\n"
      ])
  }

  @Test("as logfmt, has text from outside in quotes that it cannot close")
  func logfmtQuoting() async throws {
    let event = Notification(
      id: "e", type: .alertFiring, timestamp: Samples.moment,
      data: .object([
        .init("rule", .string("")), .init("source", .string(#"a"b\c=d"#)),
        .init("summary", .string("two\nlines \u{1b}[0m")),
        .init("labels", .object([.init("team a=b\n", .string("fx desk")), .init("n", .null)])),
      ]))
    #expect(
      try await printed(event, format: "logfmt") == [
        #"time=2026-02-20T09:15:02.113Z type=alert.firing severity=notice rule="" "#
          + #"source="a\"b\\c=d" summary="two\u{a}lines \u{1b}[0m" label.team_a_b_="fx desk""#
          + "\n"
      ])
  }

  @Test("has all lines of a shipment in one write")
  func oneWrite() async throws {
    let reading = Reading()
    let definition = try #require(reading.read([("type", "stdout")]).definition)
    let outcome = await definition.notifier.deliver(Samples.shipment(Samples.ping, Samples.ping))
    let line = "2026-02-20T09:15:02.113Z NOTICE test of notifier ops: a test\n"
    #expect(outcome == .delivered(detail: "written to standard output"))
    #expect(reading.lines.all == [line + line])
  }

  private func printed(_ event: FXCore.Notification, format: String) async throws -> [String] {
    let reading = Reading()
    let (definition, problems) = reading.read([("type", "stdout"), ("format", .text(format))])
    #expect(problems == [])
    _ = await (try #require(definition)).notifier.deliver(Samples.shipment(event))
    return reading.lines.all
  }
}
