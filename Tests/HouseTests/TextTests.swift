import Foundation
import Testing

@Suite("Texts for readers")
struct TextTests {
  @Test("use plain technical words", arguments: House.texts.map(\.path))
  func words(path: String) throws {
    let file = try #require(House.texts.first { $0.path == path })
    #expect(!file.lines.isEmpty)
    #expect(file.lines.flatMap(Self.avoidedWords) == [])
  }

  @Test("describe things by noun phrases and sentences, not by clauses")
  func clauses() {
    #expect(House.texts.flatMap(\.lines).compactMap(Self.clause) == [])
  }

  @Test("find the violations of examples")
  func examples() {
    let file = SourceFile(
      path: "README.md",
      text: """
        The rate in force; the key `figures` is told by its name.
        | `when` | When the rule fires. |
        # How long it must be true.
        # HOW TO READ THIS
        """)
    #expect(
      file.lines.flatMap(Self.avoidedWords) == ["README.md:1: in force", "README.md:1: told"])
    #expect(
      file.lines.compactMap(Self.clause) == [
        "README.md:2: | `when` | When the rule fires. |",
        "README.md:3: # How long it must be true.",
      ])
  }

  @Test("name functions that exist, in the way from bytes to webhook")
  func drawing() throws {
    let text = House.text(of: "Sources/README.md")
    let start = try #require(text.range(of: "## One publication")).upperBound
    let end = try #require(text.range(of: "## Text from elsewhere")).lowerBound
    let steps = text[start..<end].matches(of: /(?m)^ +([0-9]+) +([A-Z]\w+)\.(\w+)/)
    #expect(steps.count > 30)
    #expect(steps.compactMap { Int($0.output.1) }.max().map { $0 <= 45 } == true)
    let missing = steps.map { (type: String($0.output.2), name: String($0.output.3)) }
      .filter { !Self.isDeclared($0.name, in: $0.type) }
    #expect(missing.map { "\($0.type).\($0.name)" } == [])
  }

  /// Returns the words of a line that are avoided, each with its place; text in backticks is code.
  private static func avoidedWords(_ line: SourceLine) -> [String] {
    let prose = line.text.replacing(/`[^`]*`/, with: "")
    return AvoidedWord.all.compactMap { word in
      word.firstMatch(in: prose).map { "\(line.place): \($0)" }
    }
  }

  /// Returns a line with a table cell or a comment that is a clause; nil for any other.
  private static func clause(_ line: SourceLine) -> String? {
    let cell = /\| (What|Whether|How|When|Where|Who|Why)\b/
    let comment = /^ *# (What|Whether|How|When|Where|Who|Why)\b/
    let isClause = line.text.contains(cell) || line.text.contains(comment)
    return isClause ? "\(line.place): \(line.text)" : nil
  }

  private static func isDeclared(_ name: String, in type: String) -> Bool {
    House.sources.contains { file in
      let isOfType =
        file.types.contains { $0.name == type }
        || file.lines.contains { $0.code.contains("extension \(type) ") }
      return isOfType && file.functions.contains { $0.name == name }
    }
  }
}
