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

  @Test("is CSV with quotes only where a field needs them")
  func csv() {
    #expect(
      Self.filled.text(as: .csv) == """
        pair,last_rate,note
        TJS/USD,0.10563,"moved, ""a lot""\"
        UZS/USD,8,"two
        lines, \u{1B}[31mred"

        """)
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
