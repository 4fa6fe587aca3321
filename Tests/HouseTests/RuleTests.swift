import Testing

extension HouseRule {
  /// Every rule.
  static let all = code + shape + documentation
}

@Suite("The rules of the house")
struct RuleTests {
  @Test("hold in every file", arguments: HouseRule.all)
  func files(rule: HouseRule) {
    #expect((House.sources + House.tests).flatMap(rule.violations) == [])
  }

  @Test("find the violations of their examples", arguments: HouseRule.all)
  func examples(rule: HouseRule) {
    let file = SourceFile(path: rule.example.path, text: rule.example.text)
    #expect(rule.violations(file) == rule.example.violations)
  }

  @Test("about code ignore strings and comments")
  func stringsAndComments() {
    let text = #"""
      // print("x")
      let a = "public struct"  // try! this
      let b = "call \"fatalError(\" here"
      let c = """
        print(1)
        public struct D {}
        """
      """#
    let file = SourceFile(path: "Sources/FXCore/X.swift", text: text)
    #expect(HouseRule.code.flatMap { $0.violations(file) } == [])
  }

  @Test("allow a placeholder only in a module without other files")
  func placeholders() {
    #expect(Self.needlessPlaceholders(House.sources + House.tests) == [])
    let files = [
      "Sources/A/Placeholder.swift", "Sources/B/Placeholder.swift", "Sources/B/C/D.swift",
    ]
    #expect(
      Self.needlessPlaceholders(files.map { SourceFile(path: $0, text: "") })
        == ["Sources/B/Placeholder.swift"])
  }

  @Test("allow no test to wait for time, to bypass package access, or to use XCTest")
  func tests() {
    let others = House.tests.filter { $0.module != "HouseTests" }
    #expect(others.flatMap(Self.wrongInTests) == [])
    let example = SourceFile(
      path: "Tests/X/X.swift", text: "@testable import FXCore\ntry await Task.sleep(for: .zero)")
    #expect(
      Self.wrongInTests(example) == [
        "Tests/X/X.swift:1: @testable import FXCore",
        "Tests/X/X.swift:2: try await Task.sleep(for: .zero)",
      ])
  }

  private static func needlessPlaceholders(_ files: [SourceFile]) -> [String] {
    let modules = Dictionary(grouping: files) { $0.path.split(separator: "/")[..<2] }
    return modules.values.filter { $0.count > 1 }.joined().map(\.path)
      .filter { $0.hasSuffix("/Placeholder.swift") }.sorted()
  }

  private static func wrongInTests(_ file: SourceFile) -> [String] {
    let wrong = /\b(sleep|usleep|nanosleep)\(|\bimport XCTest\b|@testable/
      .wordBoundaryKind(.simple)
    return file.lines.filter { $0.code.contains(wrong) }.map { "\($0.place): \($0.code)" }
  }
}
