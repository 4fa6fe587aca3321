import FXCore
import Testing

@Suite("An excerpt with carets")
struct CaretExcerptTests {
  @Test("marks the bytes below their line")
  func marks() {
    #expect(CaretExcerpt.text(of: "a\nchange > 1\nb", bytes: 11..<12) == "change > 1\n         ^")
    #expect(CaretExcerpt.text(of: "change > 1", bytes: 0..<6) == "change > 1\n^^^^^^")
  }

  @Test("has one caret at the end of a text, and for an empty range")
  func end() {
    #expect(CaretExcerpt.text(of: "rate", bytes: 9..<12) == "rate\n    ^")
    #expect(CaretExcerpt.text(of: "", bytes: 0..<0) == "\n^")
  }

  @Test("cuts a long line around the marked bytes")
  func cut() {
    let line = String(repeating: "a", count: 100) + "b" + String(repeating: "c", count: 100)
    let lines = CaretExcerpt.text(of: line, bytes: 100..<101).split(separator: "\n")
    #expect(lines[0].count <= CaretExcerpt.maximumShown)
    #expect(lines[0].firstIndex(of: "b") == lines[0].index(lines[0].startIndex, offsetBy: 24))
    #expect(lines[1] == String(repeating: " ", count: 24) + "^")
  }
}
