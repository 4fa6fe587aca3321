import FXCore
import Testing

@Suite("Texts in the settings")
struct SettingsTextTests {
  @Test(
    "A duration is a whole number and one of s, m, h, d",
    arguments: [
      ("0", Duration.zero), ("0s", .zero), ("90s", .seconds(90)), ("15m", .seconds(900)),
      ("24h", .seconds(86_400)), ("7d", .seconds(604_800)), ("007d", .seconds(604_800)),
      ("36600d", .seconds(3_162_240_000)),
    ])
  func duration(text: String, duration: Duration) {
    #expect(DurationText.parse(text) == duration)
  }

  @Test(
    "Anything else is not a duration",
    arguments: [
      "", "s", "1", "1.5h", "-1s", "+1s", "1 s", "1h30m", "1w", "1S", "१s", "36601d", "1e3s", "1s ",
      "99999999999s", "9999999999d", "9223372036854775808s", "1s\u{301}",
    ])
  func noDuration(text: String) {
    #expect(DurationText.parse(text) == nil)
  }

  @Test(
    "A duration is written in its largest whole unit",
    arguments: [
      (Duration.zero, "0s"), (.seconds(1), "1s"), (.seconds(90), "90s"), (.seconds(5400), "90m"),
      (.seconds(3600), "1h"), (.seconds(86_400), "24h"), (.seconds(90_000), "25h"),
      (.seconds(172_800), "2d"), (.milliseconds(1500), "1s"),
    ])
  func durationText(duration: Duration, text: String) {
    #expect(DurationText.text(duration) == text)
  }

  @Test(
    "The nearest name is suggested for a misspelled one",
    arguments: [
      ("timesac", "timesca"), ("Timesca", "timesca"), ("timsca", "timesca"), ("cub", "cbu"),
      ("ebc", "ecb"), ("nbrk", "nbkr"), ("e", nil), ("", nil), ("bundesbank", nil),
      ("tmesac", "timesca"), ("xxx", nil), ("tim", "timesca"), ("ti", nil),
    ] as [(String, String?)])
  func nearest(name: String, expected: String?) {
    #expect(
      NearestName.nearest(to: name, among: ["timesca", "nbkr", "ecb", "cbu", "c"]) == expected)
  }

  @Test("Of equally near names the first in the alphabet is suggested")
  func nearestOfEquals() {
    #expect(NearestName.nearest(to: "cbx", among: ["cby", "cba", "cbz"]) == "cba")
    #expect(NearestName.suggestion(for: "cbx", among: ["cby"]) == "; did you mean 'cby'?")
    #expect(NearestName.suggestion(for: "cbx", among: []) == "")
  }

  @Test("A name of a megabyte is compared by its first 64 characters")
  func nearestOfHuge() {
    let huge = String(repeating: "a", count: 1 << 20)
    #expect(NearestName.nearest(to: huge, among: ["timesca"]) == nil)
  }

  @Test(
    "A quoted text is one short line without control characters",
    arguments: [
      ("EURUS", "'EURUS'"), ("", "''"), ("two\nlines\t", #"'two\u{A}lines\u{9}'"#),
      ("\u{1B}[31mred", #"'\u{1B}[31mred'"#), ("a\u{202E}b", #"'a\u{202E}b'"#),
      ("é ř 世", "'é ř 世'"),
      (String(repeating: "x", count: 60), "'\(String(repeating: "x", count: 60))'"),
      (String(repeating: "x", count: 61), "'\(String(repeating: "x", count: 60))…'"),
      (
        "e" + String(repeating: "\u{301}", count: 1000),
        "'e" + String(repeating: "\u{301}", count: 7) + "'"
      ),
    ])
  func quoted(text: String, expected: String) {
    #expect(text.quoted == expected)
  }
}
