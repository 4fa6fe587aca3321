import FXSources
import Testing

@Suite("Truncated bodies")
struct TruncatedBodyTests {
  @Test(
    "are refused wherever they end, or read without any rate that the whole body lacks",
    arguments: SourceCase.all.filter {
      $0.preset != "custom" && !$0.expected.hasPrefix("error: ")
    })
  func truncatedAnywhere(item: SourceCase) throws {
    let preset = try #require(PresetCatalog.preset(named: item.preset))
    let whole = Set(item.expected.split(separator: "\n").map(String.init))
    for end in 0..<item.body.count {
      let text = ReadingText.of(
        preset.reader, Array(item.body[..<end]), contentType: item.contentType)
      if text.hasPrefix("error: ") {
        #expect(!text.contains("\n") && text.utf8.count < 500)
        continue
      }
      for line in text.split(separator: "\n").map(String.init)
      where !["headline: ", "set aside: "].contains(where: line.hasPrefix) && line != "date: none" {
        #expect(whole.contains(line), "truncated at byte \(end)")
      }
    }
  }
}
