import FXSources
import Testing

@Suite("The texts of a row")
struct FieldTextsTests {
  @Test("are found by field after others were set, replaced and removed")
  func areFoundByField() {
    var texts: FieldTexts = [.base: "USD", .rate: "1.5"]
    texts[.quote] = "KZT"
    texts[.rate] = "1.6"
    texts[.base] = nil
    #expect(texts[.base] == nil)
    #expect(texts[.quote] == "KZT")
    #expect(texts[.rate] == "1.6")
    #expect(texts[.date] == nil)
  }

  @Test(
    "have a location that is described",
    arguments: [
      (RowPlace.line(12), "line 12"),
      (.column(3, line: 12), "line 12, column 3"),
      (.row(4, of: "//tr", line: 12), "line 12, row 4 of //tr"),
      (.path("rates.USD"), "rates.USD"),
    ])
  func describesLocation(place: RowPlace, text: String) {
    #expect(place.description == text)
  }
}
