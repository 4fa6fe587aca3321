import FXCore
import Support
import Testing

@Suite("A pattern for names")
struct NamePatternTests {
  @Test(
    "matches a text in which * stands for any characters",
    arguments: [
      ("big-move", ["big-move"], ["big-moves", "a-big-move", ""]),
      ("big-*", ["big-", "big-move"], ["bi", "a-big-move"]),
      ("*", ["", "a"], []),
      ("*-*", ["-", "a-b", "a-b-c"], ["ab"]),
      ("a*b*c", ["abc", "axbxc", "abbcc", "abcbc"], ["ab", "acb", "abcd"]),
      ("**", ["", "a"], []),
      ("é*", ["é", "éa"], ["e"]),
    ])
  func matching(text: String, expected: [String], others: [String]) {
    let pattern = NamePattern(text)
    #expect(expected.filter { !pattern.matches($0) } == [])
    #expect(others.filter { pattern.matches($0) } == [])
  }

  @Test("agrees with a plain definition on random texts", arguments: 1...200)
  func plain(seed: UInt64) {
    var chance = SeededRandom(seed: seed)
    func text(_ letters: String, _ length: Int) -> String {
      String((0..<length).compactMap { _ in letters.randomElement(using: &chance) })
    }
    for _ in 1...20 {
      let pattern = text("ab**", Int.random(in: 0...6, using: &chance))
      let other = text("ab", Int.random(in: 0...7, using: &chance))
      #expect(
        NamePattern(pattern).matches(other) == Self.matches(pattern[...], other[...]),
        "\(pattern) \(other)")
    }
  }

  private static func matches(_ pattern: Substring, _ text: Substring) -> Bool {
    guard let first = pattern.first else { return text.isEmpty }
    let rest = pattern.dropFirst()
    if first == "*" {
      return text.indices.contains { matches(rest, text[$0...]) } || matches(rest, "")
    }
    return text.first == first && matches(rest, text.dropFirst())
  }
}
