import FXSources
import Testing

@Suite("The texts of a row")
struct FieldTextsTests {
  @Test("are found by their field, whatever was set, replaced and taken out before")
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
    "stand at a place that is said in words",
    arguments: [
      (RowPlace.line(12), "line 12"),
      (.column(3, line: 12), "line 12, column 3"),
      (.row(4, of: "//tr", line: 12), "line 12, row 4 of //tr"),
      (.path("rates.USD"), "rates.USD"),
    ])
  func standAtAPlace(place: RowPlace, words: String) {
    #expect(place.description == words)
  }
}
