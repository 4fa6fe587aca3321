import FXCore
import Testing

@Suite("Untrusted text")
struct SanitizedTextTests {
  @Test(
    "keeps harmless characters and escapes the others",
    arguments: [
      ("Сом 0.01144 → \"up\" \\ 👩‍👩‍👧", "Сом 0.01144 → \"up\" \\ 👩‍👩‍👧"), ("", ""),
      ("\u{1b}]0;title\u{7}", "\\u{1b}]0;title\\u{7}"),
      ("a\r\nb\tc\u{7f}", "a\\u{d}\\u{a}b\\u{9}c\\u{7f}"),
      ("\u{9b}31m", "\\u{9b}31m"), ("\u{2028}\u{2029}", "\\u{2028}\\u{2029}"),
      ("a\u{202e}b\u{feff}", "a\\u{202e}b\\u{feff}"),
    ])
  func harmless(text: String, line: String) {
    #expect(SanitizedText.line(text) == line)
  }

  @Test("is cut at its limit")
  func cut() {
    #expect(SanitizedText.line("abcd", limit: 4) == "abcd")
    #expect(SanitizedText.line("abcde", limit: 4) == "abcd…")
  }
}
