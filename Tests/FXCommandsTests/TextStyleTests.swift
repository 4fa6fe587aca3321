import FXCommands
import FXCore
import Testing

@Suite("The style of tables")
struct TextStyleTests {
  private static let report = Report(
    columns: [.init(name: "source"), .init(name: "state"), .init(name: "rate", isRight: true)],
    rows: [["ecb", "ok", "1.0"], ["cbr", "failing: HTTP 503", "2.0"], ["cbu", "new", "3.0"]],
    json: .array([]), ifEmpty: "no rates")

  @Test("has colour only on a terminal, and not if NO_COLOR is set")
  func choice() {
    #expect(TextStyle(isTerminal: true, environment: [:]).isColored)
    #expect(TextStyle(isTerminal: true, environment: ["NO_COLOR": ""]).isColored)
    #expect(!TextStyle(isTerminal: true, environment: ["NO_COLOR": "1"]).isColored)
    #expect(!TextStyle(isTerminal: true, environment: ["NO_COLOR": "0"]).isColored)
    #expect(!TextStyle(isTerminal: false, environment: [:]).isColored)
  }

  @Test("colours states without changing the columns")
  func colour() {
    let style = TextStyle(isTerminal: true, environment: [:])
    let text = Self.report.text(as: .table, style)
    #expect(text.contains("\u{1B}[32mok\u{1B}[0m"))
    #expect(text.contains("\u{1B}[31mfailing: HTTP 503\u{1B}[0m"))
    #expect(text.contains("cbu     new "))
    #expect(text.replacing(/\u{1B}\[\d+m/, with: "") == Self.report.text(as: .table))
  }

  @Test("of JSON and CSV is plain")
  func otherFormats() {
    let style = TextStyle(isTerminal: true, environment: [:])
    for format in [Report.Format.json, .csv] {
      #expect(!Self.report.text(as: format, style).contains("\u{1B}"))
    }
  }
}
