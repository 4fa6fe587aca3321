import Foundation
import Testing

/// One rule about every line, or every file, of Sources.
struct HouseRule: Sendable, CustomTestStringConvertible {
  /// The rule as a sentence.
  let sentence: String

  /// What is wrong in a file, each with its place.
  let violations: @Sendable (SourceFile) -> [String]

  /// A file that breaks the rule, and what must be said of it.
  let example: (path: String, text: String, violations: [String])

  var testDescription: String { sentence }

  /// A rule that code of a pattern stands nowhere but in some files.
  static func nowhere(
    _ sentence: String, _ pattern: String, except allowed: [String: String] = [:],
    only folders: [String] = ["Sources/"], example: (path: String, text: String, line: Int)
  ) -> HouseRule {
    HouseRule(
      sentence: sentence,
      violations: { file in
        guard folders.contains(where: file.path.hasPrefix),
          !allowed.keys.contains(where: file.path.hasPrefix),
          let expression = try? NSRegularExpression(pattern: pattern)
        else { return [] }
        return file.lines.filter { line in
          let whole = NSRange(line.code.startIndex..., in: line.code)
          return expression.firstMatch(in: line.code, range: whole) != nil
        }
        .map { "\($0.place): \($0.code)" }
      },
      example: (
        example.path, example.text,
        [
          "\(example.path):\(example.line): "
            + example.text.split(separator: "\n")[example.line - 1].trimmingCharacters(
              in: .whitespaces)
        ]
      ))
  }
}

extension HouseRule {
  /// All rules, each an own paragraph.
  static let all: [HouseRule] = [
    .nowhere(
      "Nothing is public: no product is a library",
      #"\b(public|open)\s+(?!import)\w"#,
      example: ("Sources/FXCore/X.swift", "package struct X {}\npublic struct Y {}", 2)),

    .nowhere(
      "Only commands print",
      #"(^|[^.\w])(print|debugPrint|dump|NSLog)\("#,
      except: ["Sources/fxwatch/": "commands print their answers"],
      example: ("Sources/FXDaemon/X.swift", "// print(1)\n  print(rate)", 2)),

    .nowhere(
      "No Double between the printed text and the alert",
      #"\b(Double|Float|Float16|Float32|Float64|Float80|CGFloat|Decimal)\b"#,
      only: ["Sources/FXCore/", "Sources/FXSources/"],
      example: ("Sources/FXCore/X.swift", "let rate: Double = 1", 1)),

    .nowhere(
      "Nothing traps on purpose but a precondition",
      #"(^|[^.\w])(fatalError|assertionFailure|abort)\(|\bas!|\btry!"#,
      example: ("Sources/FXCore/X.swift", "let x = y as! Z", 1)),

    .nowhere(
      "The compiler's check of concurrency is overruled only in the lanes and around libcurl",
      #"@unchecked\s+Sendable|nonisolated\(unsafe\)|@preconcurrency|\bunsafe(Bit|Down)Cast"#,
      except: [
        "Sources/FXSystem/Lanes/": "Dispatch sources are not Sendable on Linux",
        "Sources/FXHTTP/": "libcurl's handles are confined to a lane the compiler cannot see",
      ],
      example: ("Sources/FXStore/X.swift", "final class X: @unchecked Sendable {}", 1)),

    .nowhere(
      "Dispatch sources are made only in the lanes",
      #"\bDispatchSource\b|\.make(Timer|Read|Write|Signal|Process|FileSystemObject)\w*Source\("#,
      except: ["Sources/FXSystem/Lanes/": "its wrappers demand @Sendable handlers"],
      example: (
        "Sources/FXHTTP/X.swift", "let x = DispatchSource.makeReadSource(fileDescriptor: 0)", 1
      )),

    .nowhere(
      "Nobody blocks until another thread is done, and no task is left to itself",
      #"\bDispatchSemaphore\b|\.sync\b\s*[{(]|\bTask\.detached\b"#,
      example: ("Sources/FXStore/X.swift", "queue.sync { 1 }", 1)),

    .nowhere(
      "Nobody sleeps",
      #"\b(usleep|nanosleep|sleep)\("#,
      example: ("Sources/FXStore/X.swift", "try await Task.sleep(for: .seconds(1))", 1)),

    .nowhere(
      "No name that says nothing",
      #"\b(class|struct|enum|actor|protocol|typealias)\s+\w*(Manager|Helper|Util|Utils|Impl|Base)\b"#,
      example: ("Sources/FXCore/X.swift", "struct RateManager {}", 1)),

    HouseRule(
      sentence: "What is not done stands in no comment",
      violations: { file in
        file.lines.filter {
          $0.text.contains(/\b(TODO|FIXME|XXX|HACK)\b/.wordBoundaryKind(.simple))
        }
        .map { "\($0.place): \($0.text.trimmingCharacters(in: .whitespaces))" }
      },
      example: (
        "Sources/FXCore/X.swift", "// TO\("DO"): write this",
        ["Sources/FXCore/X.swift:1: // TO\("DO"): write this"]
      )),

    HouseRule(
      sentence: "A file has at most 400 lines",
      violations: { file in
        // The text after the last newline is no line.
        let count = file.lines.count - (file.lines.last?.text.isEmpty == true ? 1 : 0)
        return count > 400 ? ["\(file.path): \(count) lines"] : []
      },
      example: (
        "Sources/FXCore/X.swift", String(repeating: "\n", count: 401),
        ["Sources/FXCore/X.swift: 401 lines"]
      )),

    HouseRule(
      sentence: "Every package declaration has a doc comment",
      violations: undocumented,
      example: (
        "Sources/FXCore/X.swift",
        """
        /// Documented.
        @frozen
        package struct X {
          package let rate: Rate
          package static func < (left: X, right: X) -> Bool { true }
          package func undone() {}
          /// Done.
          package func done() {}
        }
        package import FXCore
        package enum Y {}
        """,
        [
          "Sources/FXCore/X.swift:6: package func undone() {}",
          "Sources/FXCore/X.swift:11: package enum Y {}",
        ]
      )),

    HouseRule(
      sentence: "No file knows a developer's machine",
      violations: { file in
        file.lines.filter { $0.text.contains(/\/work\/|\/opt\/swift|\/root\//) }
          .map { "\($0.place): \($0.text.trimmingCharacters(in: .whitespaces))" }
      },
      example: (
        "Sources/FXCore/X.swift", "let a = \"/work/x\"",
        ["Sources/FXCore/X.swift:1: let a = \"/work/x\""]
      )),
  ]

  /// The package declarations of a file without a doc comment above, or above their attributes.
  ///
  /// Left out is what a name and a type say in full, stored properties and operators, and what a
  /// protocol of the standard library or of ours has documented.
  private static let undocumented: @Sendable (SourceFile) -> [String] = { file in
    let witnesses =
      /\b(func ==|func <|func hash\(|var (debugD|d)escription|var customMirror|var unownedExecutor|let \w+|var \w+: [^{]*$|var \w+(: [^{=]*)? = )/
    return file.lines.indices.compactMap { index in
      let line = file.lines[index]
      guard line.code.contains("package "),
        line.code.contains(/^(@\w+(\([^)]*\))?\s+)*package\s+(?!import\s)/),
        !line.code.contains(witnesses), !requirements.contains(declaredName(line.code) ?? "")
      else { return nil }
      let above = file.lines[..<index].last { !$0.code.contains(/^@\w+(\([^)]*\))?$/) }
      let isDocumented =
        above?.text.trimmingCharacters(in: .whitespaces).hasPrefix("///") ?? false
      return isDocumented ? nil : "\(line.place): \(line.code)"
    }
  }

  /// The names of what the protocols of Sources require.
  private static let requirements: Set<String> = Set(
    House.sources.flatMap { file in
      var isInProtocol = false
      return file.lines.compactMap { line in
        if line.text.hasPrefix("package protocol ") { isInProtocol = true }
        if line.text.hasPrefix("}") { isInProtocol = false }
        return isInProtocol ? declaredName(line.code) : nil
      }
    })

  /// The name of the function or property a line declares.
  private static func declaredName(_ code: String) -> String? {
    code.firstMatch(of: /\b(?:func|var) (\w+)/).map { String($0.output.1) }
  }
}

@Suite("The rules of the house")
struct RuleTests {
  @Test("hold in every file of Sources", arguments: HouseRule.all)
  func sources(rule: HouseRule) {
    #expect(House.sources.flatMap(rule.violations) == [])
  }

  @Test("are seen to be broken", arguments: HouseRule.all)
  func examples(rule: HouseRule) {
    let file = SourceFile(path: rule.example.path, text: rule.example.text)
    #expect(rule.violations(file) == rule.example.violations)
  }

  @Test("say nothing of strings and comments")
  func stringsAndComments() {
    let text = #"""
      // print("x")
      let a = "public struct"  // try! this
      let b = "say \"fatalError(\" aloud"
      let c = """
        print(1)
        public struct D {}
        """
      """#
    let file = SourceFile(path: "Sources/FXCore/X.swift", text: text)
    #expect(HouseRule.all.flatMap { $0.violations(file) } == [])
  }

  @Test("leave a placeholder only where a module has no other file")
  func placeholders() {
    #expect(Self.needlessPlaceholders(House.sources + House.tests) == [])
    let files = [
      "Sources/A/Placeholder.swift", "Sources/B/Placeholder.swift", "Sources/B/C/D.swift",
    ]
    #expect(
      Self.needlessPlaceholders(files.map { SourceFile(path: $0, text: "") })
        == ["Sources/B/Placeholder.swift"])
  }

  @Test("let no test wait for time, reach behind package access, or use XCTest")
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
