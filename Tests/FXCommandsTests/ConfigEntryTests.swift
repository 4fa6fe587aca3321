import FXCommands
import Testing

@Suite("An entry of a config")
struct ConfigEntryTests {
  @Test("is one line if it fits, else a line for each key")
  func lines() {
    let short = ConfigEntry("nbu", [("preset", "nbu"), ("every", "1h")])
    #expect(short.lines == ["nbu: {preset: nbu, every: 1h}"])
    let url = String(repeating: "a", count: 90)
    #expect(
      ConfigEntry("page", [("url", url), ("format", "json")]).lines
        == ["page:", "  url: \(url)", "  format: json"])
  }

  @Test(
    "has texts in quotes where YAML could read something else",
    arguments: [
      ("ecb", "ecb"), ("abs(change) > 1%", #""abs(change) > 1%""#), ("*/USD", #""*/USD""#),
      ("KGS/USD", "KGS/USD"), ("yes", #""yes""#), ("1.10", #""1.10""#), ("", #""""#),
      ("a: b # c", #""a: b # c""#), ("say \"x\"\n", #""say \"x\"\n""#), ("!room", #""!room""#),
    ])
  func text(text: String, expected: String) {
    #expect(ConfigEntry.text(text) == expected)
  }
}
