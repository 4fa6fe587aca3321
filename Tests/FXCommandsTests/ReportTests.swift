import FXCommands
import FXCore
import Testing

@Suite("A report")
struct ReportTests {
  private static func report(_ rows: [[String]]) -> Report {
    Report(
      columns: [.init(name: "pair"), .init(name: "last rate", isRight: true), .init(name: "note")],
      rows: rows, json: .array(rows.map { .string($0[0]) }), ifEmpty: "nothing yet")
  }

  private static let filled = report([
    ["TJS/USD", "0.10563", "moved, \"a lot\""], ["UZS/USD", "8", "two\nlines, \u{1B}[31mred"],
  ])

  @Test("is a table with aligned columns, whatever control characters a source prints")
  func table() {
    #expect(
      Self.filled.text(as: .table) == """
        PAIR     LAST RATE  NOTE
        TJS/USD    0.10563  moved, "a lot"
        UZS/USD          8  two\\u{a}lines, \\u{1b}[31mred

        """)
  }

  @Test("has the fields of JSON in CSV, those of inner objects too, but not lists of rows")
  func fields() {
    func csv(_ json: String) -> String {
      Report(
        columns: [.init(name: "x")], rows: [["1"]],
        json: (try? JSONReader.read(Array(json.utf8))) ?? .null, ifEmpty: ""
      ).text(as: .csv)
    }
    #expect(
      csv(#"[{"a":1,"last":null},{"a":"x,y","last":{"at":"z","ok":true},"more":["p"]}]"#)
        == "a,last_at,last_ok,more\n1,,,\n\"x,y\",z,true,\"[\"\"p\"\"]\"\n")
    #expect(csv(#"[{"a":1,"rows":[{"b":2}]}]"#) == "x\n1\n")
    #expect(csv("[]") == "x\n1\n")
  }

  @Test("fits a terminal: the widest texts are cut, numbers are not, and instants are local")
  func fitted() throws {
    let zone = try #require(LocalZone(named: "Asia/Bishkek"))
    let style = TextStyle(
      isTerminal: true, environment: ["NO_COLOR": "1"], zone: zone, width: 34)
    let report = Self.report([["TJS/USD", "0.10563", "failing since 2026-02-20T09:15:02.113Z"]])
    #expect(
      report.text(as: .table, style) == """
        PAIR     LAST RATE  NOTE
        TJS/USD    0.10563  failing since…

        """)
    #expect(report.text(as: .csv, style).contains("2026-02-20T09:15:02.113Z"))
    let wide = TextStyle(isTerminal: true, environment: ["NO_COLOR": "1"], zone: zone, width: 80)
    #expect(report.text(as: .table, wide).contains("since 2026-02-20T15:15:02.113+06:00\n"))
  }

  @Test("is CSV with quotes only where a field needs them")
  func csv() {
    #expect(
      Self.filled.text(as: .csv) == """
        pair,last_rate,note
        TJS/USD,0.10563,"moved, ""a lot""\"
        UZS/USD,8,"two lines, [31mred"

        """)
  }

  @Test(
    "is CSV without formulas, controls and marks of direction in texts of others",
    arguments: [
      ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"), ("+1+1", "'+1+1"), ("-2+3", "'-2+3"),
      ("@SUM(A1)", "'@SUM(A1)"), ("\t=1", "' =1"), ("\r=1", "' =1"), ("  =1", "'  =1"),
      ("＝1", "'＝1"), ("=\u{301}1", "'=\u{301}1"), ("\u{200F}=1", "'=1"), ("-", "'-"),
      ("=1,2", "\"'=1,2\""), ("-0.09%", "-0.09%"), ("-1", "-1"), ("+15.22 %", "+15.22 %"),
      ("a=b", "a=b"), ("a\u{9B}31m\u{1B}b\u{7}", "a31mb"), ("a\u{85}\u{2028}b", "a b"),
      ("\u{202E}a\u{2066}b\u{2069}\u{200E}\u{61C}\u{FEFF}", "ab"), ("é 👩‍👧", "é 👩‍👧"),
    ])
  func cells(text: String, cell: String) {
    let report = Self.report([["TJS/USD", "1", text]])
    #expect(report.text(as: .csv) == "pair,last_rate,note\nTJS/USD,1,\(cell)\n")
  }

  @Test("is JSON of its own making")
  func json() {
    #expect(Self.filled.text(as: .json) == "[\"TJS/USD\",\"UZS/USD\"]\n")
  }

  @Test("Without rows it is a sentence, and an empty list for programs")
  func empty() {
    let empty = Self.report([])
    #expect(empty.text(as: .table) == "nothing yet\n")
    #expect(empty.text(as: .csv) == "pair,last_rate,note\n")
    #expect(empty.text(as: .json) == "[]\n")
  }
}
