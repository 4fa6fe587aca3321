import FXCommands
import FXCore
import FXSystem
import Testing

@Suite("The picture of fxwatch watch")
struct WatchFrameTests {
  private static func content(rates: Int, alerts: Int = 0) -> WatchContent {
    let columns: [Report.Column] = [
      .init(name: "source"), .init(name: "pair"), .init(name: "rate", isRight: true),
      .init(name: "seen", isRight: true), .init(name: "state"),
    ]
    let rows = (0..<rates).map { number in
      ["a-long-name", "EUR/USD", "1.0\(number)", "3s", "ok"]
    }
    let firing = (0..<alerts).map { number in
      ["firing", "warning", "rule-\(number)", "it moved by a very long sentence"]
    }
    return WatchContent(
      rates: Report(columns: columns, rows: rows, json: .null, ifEmpty: "no rates"),
      alerts: Report(
        columns: ["state", "severity", "rule", "summary"].map { .init(name: $0) }, rows: firing,
        json: .null, ifEmpty: "no alerts"),
      state: "ok", problem: alerts > 1 ? "source a: failing" : nil,
      now: Timestamp(milliseconds: 1_771_578_902_113))
  }

  private static let style = TextStyle(isTerminal: true, environment: ["NO_COLOR": "1"])

  @Test("has a head, the rates that fit, and a foot, in the size of the window")
  func frame() {
    let size = FullScreen.Size(columns: 60, rows: 6)
    let frame = WatchFrame(Self.content(rates: 5), size: size, offset: 1, style: Self.style)
    #expect(
      frame.lines == [
        "fxwatch: ok   5 rates, no alerts   2026-02-20T09:15:02.000Z", "",
        "SOURCE       PAIR     RATE  SEEN  STATE", "a-long-name  EUR/USD  1.01    3s  ok",
        "a-long-name  EUR/USD  1.02    3s  ok", "q quits   ↑ ↓ scroll   2-3 of 5",
      ])
    #expect(frame.page == 2)
    let end = WatchFrame(Self.content(rates: 5), size: size, offset: 99, style: Self.style)
    #expect(end.offset == 3)
  }

  @Test(
    "is never larger than the window",
    arguments: [(20, 5), (1, 1), (12, 30), (200, 3), (40, 12)], [0, 1, 7])
  func size(columns: (Int, Int), alerts: Int) {
    for offset in [0, 3, 1000] {
      let frame = WatchFrame(
        Self.content(rates: 40, alerts: alerts),
        size: FullScreen.Size(columns: columns.0, rows: columns.1), offset: offset,
        style: Self.style)
      #expect(frame.lines.count <= columns.1)
      #expect(frame.lines.allSatisfy { $0.count <= columns.0 })
    }
  }

  @Test("leaves columns out before it cuts lines, and counts the alerts that are hidden")
  func narrow() {
    let frame = WatchFrame(
      Self.content(rates: 2, alerts: 7), size: FullScreen.Size(columns: 34, rows: 18), offset: 0,
      style: Self.style)
    #expect(frame.lines.contains("SOURCE       PAIR     RATE  STATE"))
    #expect(frame.lines.contains { $0.hasPrefix("and 3 more") })
  }

  @Test(
    "is moved by the keys of all terminals",
    arguments: [
      ("q", [WatchKey.quit]), ("\u{3}", [.quit]), ("\u{1B}[A\u{1B}[B", [.lines(-1), .lines(1)]),
      ("\u{1B}OA", [.lines(-1)]), ("\u{1B}[5~ \u{1B}[6~", [.pages(-1), .pages(1), .pages(1)]),
      ("\u{1B}[1;5C", []), ("\u{1B}", []), ("xyz", []), ("gG", [.start, .end]),
    ])
  func keys(text: String, keys: [WatchKey]) {
    #expect(WatchKey.keys(Array(text.utf8)) == keys)
  }
}
