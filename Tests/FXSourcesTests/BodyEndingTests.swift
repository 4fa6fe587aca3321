import FXCore
import FXSources
import Testing

@Suite("The end of a body")
struct BodyEndingTests {
  private static func ending(_ text: String) -> BodyEnding { BodyEnding(of: Array(text.utf8)) }

  @Test("is doubted where it lacks what earlier bodies ended with")
  func doubt() {
    let page = Self.ending("<html><td>1.5</td></html>")
    let cut = Self.ending("<html><td>1.5</td>")
    #expect(cut.doubt(after: page) == "the body ends before </html>, which earlier ones contain")
    #expect(page.doubt(after: cut) == nil)
    #expect(page.doubt(after: Self.ending("<html></html>\n")) == nil)
    let lines = Self.ending("USD,1.5\n")
    #expect(
      Self.ending("USD,1.5").doubt(after: lines)
        == "the last line of the body has no end, which earlier ones have")
    #expect(lines.doubt(after: Self.ending("USD,1.5")) == nil)
  }

  @Test(
    "is cut off where a number is in a table cell that is not closed",
    arguments: [
      ("<table><tr><td>USD<td>8", true),
      ("<table><tr><td>USD</td><td>87.", true),
      ("<table><tr><td>USD</td><td><b>US</b> 87.4", true),
      ("<table><tr><td>USD</td><td>87.45</td></tr></table> 2026", false),
      ("<table><tr><td>USD<td>87.45</table>", false),
      ("<p>USD 87.45", false),
      ("USD,87.45", false),
      ("", false),
    ])
  func cell(text: String, isCut: Bool) {
    #expect(BodyEnding.endsInCell(Array(text.utf8)) == isCut)
  }

  private static func csv(_ text: String) throws -> SourceReading {
    var layout = TableLayout(fields: [.base: "code", .rate: "rate"])
    layout.header = .with("code")
    var columns = RateColumns(number: .dot, quote: Currency("KGS"))
    columns.requiresDate = false
    return try CSVRates(title: "the rates", layout: layout, columns: columns).read(
      Array(text.utf8), contentType: nil)
  }

  @Test("sets the last number of a text aside where it may be half of one")
  func half() throws {
    let lines = "code,rate\nUSD,87.4500\nEUR,101.5000\nGBP,115.2000\nCHF,98.1000\n"
    let cut = try Self.csv(lines + "JPY,0.5")
    #expect(cut.observations.count == 4)
    #expect(cut.setAside.map(\.subject) == ["JPY/KGS"])
    #expect(try Self.csv(lines + "JPY,0.5000").observations.count == 5)
    #expect(try Self.csv(lines + "JPY,0.5\n").observations.count == 5)
    #expect(try Self.csv("code,rate\nUSD,87.45\nEUR,101.5\nGBP,115.2\nJPY,0.5").setAside == [])
  }
}
