import Testing

/// The folders of FXCore; a file may use types of its own folder and of those before it.
private let folders = [
  "Numbers", "Text", "Model", "Settings", "History", "Conditions", "Rules", "Guards", "Schedule",
  "Lifecycle", "Notifications", "Series", "Decisions", "Sources", "Publications", "Alerts",
  "Deliveries", "Engine", "Backtesting", "Ports",
]

@Suite("FXCore's folders")
struct FolderTests {
  private static let files = House.sources.filter { $0.module == "FXCore" }

  @Test("are all in the list, and the list has no others")
  func complete() {
    #expect(Set(Self.files.map(\.coreFolder)) == Set(folders))
  }

  @Test("use types only of folders before them in the list")
  func order() {
    #expect(Self.upwardUses(in: Self.files) == [])
  }

  @Test("are read by their top-level types and the names in code")
  func examples() {
    let files = [
      SourceFile(
        path: "Sources/FXCore/Numbers/Fraction.swift",
        text: """
          // A Rate is above.
          struct Fraction {
            let text = "Rate"
            let kind: Kind.Rate
            func of(_ rates: [Rate]) {}
          }
          """),
      SourceFile(
        path: "Sources/FXCore/Model/Rate.swift",
        text: "package struct Rate { let part: Fraction; struct Kind {} }"),
      SourceFile(
        path: "Sources/FXCore/Model/Kind.swift",
        text: "package enum Kind {}\nprivate enum Fraction {}"),
      SourceFile(
        path: "Sources/FXCore/Text/Lexer.swift",
        text: "enum Lexer {\n  enum Kind {}\n  let a: Kind\n}"),
    ]
    #expect(
      Self.upwardUses(in: files) == [
        "Sources/FXCore/Numbers/Fraction.swift:4: Numbers uses Kind of Model",
        "Sources/FXCore/Numbers/Fraction.swift:5: Numbers uses Rate of Model",
      ])
  }

  /// Finds the uses of types that a later folder declares, the first of each type in a file.
  ///
  /// A name that the file declares itself, at any level, is its own.
  private static func upwardUses(in files: [SourceFile]) -> [String] {
    var declaring: [String: String] = [:]
    for file in files {
      for type in file.types where type.isTopLevel && !type.isPrivate {
        declaring[type.name] = file.coreFolder
      }
    }
    let typeName = /(?:^|[^.\w])([A-Z]\w*)/
    return files.flatMap { file in
      var seen = Set(file.types.map(\.name))
      return file.lines.flatMap { line in
        line.code.matches(of: typeName).compactMap { match -> String? in
          let name = String(match.output.1)
          guard let folder = declaring[name], isAbove(folder, file.coreFolder),
            seen.insert(name).inserted
          else { return nil }
          return "\(line.place): \(file.coreFolder) uses \(name) of \(folder)"
        }
      }
    }
  }

  private static func isAbove(_ upper: String, _ lower: String) -> Bool {
    guard let upper = folders.firstIndex(of: upper), let lower = folders.firstIndex(of: lower)
    else { return true }
    return upper > lower
  }
}
