import FXCore
import Testing

@Suite("A quoted text")
struct StringProtocolQuotedTests {
  @Test(
    "is one short line without control characters",
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
