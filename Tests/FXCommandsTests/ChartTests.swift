import FXCommands
import FXCore
import Testing

@Suite("A chart")
struct ChartTests {
  private static func chart(_ rates: [String], title: String = "bank KGS/USD") throws -> String {
    let points = try rates.enumerated().map { hour, rate in
      Chart.Point(
        at: Timestamp(seconds: 1_771_578_000 + Int64(hour) * 3600),
        value: Fraction(try #require(ExactDecimal(rate))), text: rate)
    }
    return Chart(title: title, points: points).text
  }

  @Test("A chart steps from rate to rate, with the extremes and both days beside it")
  func steps() throws {
    let text = try Self.chart(["1.0", "1.5", "1.2", "2.0"])
    let lines = text.split(separator: "\n").map(String.init)
    #expect(lines.count == 14)
    #expect(lines[0] == "bank KGS/USD: 4 rates, last 2.0 on 2026-02-20")
    #expect(lines[1].hasPrefix("2.0 ┤") && lines[1].hasSuffix("╭"))
    #expect(lines[12].hasPrefix("1.0 ┤──") && lines[12].contains("╯"))
    #expect(lines[13].hasPrefix("     2026-02-20") && lines[13].hasSuffix("2026-02-20"))
  }

  @Test("marks below the line where each rule fired, how long, and how often")
  func marks() throws {
    let start = Timestamp(seconds: 1_771_578_000)
    func hour(_ hours: Int) -> Timestamp { start + .seconds(3600 * hours) }
    let points = try ["1.0", "1.5", "1.2"].enumerated().map { index, rate in
      Chart.Point(
        at: hour(index * 4), value: Fraction(try #require(ExactDecimal(rate))), text: rate)
    }
    let chart = Chart(
      title: "bank KGS/USD", points: points,
      marks: [
        .init(rule: "high", from: hour(0), until: hour(2)),
        .init(rule: "high", from: hour(4), until: hour(5)),
        .init(rule: "move", from: hour(8), until: nil),
      ])
    let lines = chart.text.split(separator: "\n").map(String.init)
    #expect(lines.count == 16)
    #expect(
      lines[13] == "     ▲" + String(repeating: "━", count: 18) + String(repeating: " ", count: 18)
        + "▲" + String(repeating: "━", count: 9) + " high 2")
    #expect(lines[14] == String(repeating: " ", count: 72) + "move 1 ▲")
    #expect(lines.allSatisfy { $0.count <= Chart.width })
  }

  @Test("is never wider than a terminal of 80 columns", arguments: [1, 2, 3, 50, 1000])
  func width(count: Int) throws {
    let rates = (0..<count).map { "\(1000 + $0 * 7919 % 991).\(1000 + $0)" }
    for line in try Self.chart(rates).split(separator: "\n") {
      #expect(line.count <= Chart.width)
    }
  }

  @Test("draws a series that never moved as one line, and none as a sentence")
  func still() throws {
    let lines = try Self.chart(["1.0", "1.0", "1.0"]).split(separator: "\n")
    #expect(lines.count { $0.contains("──") } == 1)
    #expect(try Self.chart([]) == "bank KGS/USD: no rates\n")
  }

  @Test(
    "has a short form for a table",
    arguments: [
      (["1", "2", "3", "4", "5", "6", "7", "8"], "▁▂▃▄▅▆▇█"), (["2", "1", "2"], "█▁█"),
      (["1", "1"], "▅▅"), (["1"], ""), ([], ""),
    ])
  func sparkline(rates: [String], expected: String) throws {
    let values = try rates.map { Fraction(try #require(ExactDecimal($0))) }
    #expect(Sparkline(values: values).text == expected)
  }
}
