extension HouseRule {
  /// The rules about the size of files, functions and types.
  static let shape: [HouseRule] = [
    HouseRule(
      "A file has at most 400 lines",
      example: (
        "Sources/FXCore/X.swift", String(repeating: "\n", count: 401),
        ["Sources/FXCore/X.swift: 401 lines"]
      )
    ) { file in
      // The text after the last newline is not a line.
      let count = file.lines.count - (file.lines.last?.text.isEmpty == true ? 1 : 0)
      return count > 400 ? ["\(file.path): \(count) lines"] : []
    },

    HouseRule(
      "A function has at most 50 lines",
      in: ["Sources/", "Tests/"],
      except: [
        "Tests/CommandTests/": "an end-to-end test is one story",
        "Tests/FXCommandsTests/": "a report is compared as a whole",
        "Tests/FXNotifiersTests/EmailNotifierTests.swift": "a mail is compared as a whole",
        "Tests/SimulationTests/LifecycleTests.swift": "a simulated plan is one story",
      ],
      example: (
        "Sources/FXCore/X.swift",
        "struct X {\n  func short() {\n    1\n  }\n  init() {\n"
          + String(repeating: "    a()\n", count: 51) + "  }\n}",
        ["Sources/FXCore/X.swift:5: init has 51 lines"]
      )
    ) { file in
      file.functions.filter { $0.length > 50 }
        .map { "\($0.line.place): \($0.name) has \($0.length) lines" }
    },

    HouseRule(
      "A computed property has at most 50 lines",
      example: (
        "Sources/FXCore/X.swift",
        "struct X {\n  var short: Int {\n    1\n  }\n  var all: [Int] {\n"
          + String(repeating: "    a()\n", count: 51) + "  }\n}",
        ["Sources/FXCore/X.swift:5: 51 lines"]
      )
    ) { file in
      file.lines.indices.filter {
        file.lines[$0].code.contains(/^(?:[a-z@]\w*(?:\(\w+\))?\s+)*var\s[^=]*\{$/)
      }
      .map { (file.lines[$0], file.body(at: $0).count) }
      .filter { $0.1 > 50 }.map { "\($0.0.place): \($0.1) lines" }
    },

    HouseRule(
      "A function has at most five parameters; an initializer may have more",
      in: ["Sources/", "Tests/"],
      except: [
        "Tests/CommandTests/AlertTests.swift": "the fields of a payload",
        "Tests/FXCoreTests/Conditions/ConditionLintTests.swift": "the columns of a table of cases",
        "Tests/FXCoreTests/Conditions/ConditionTests.swift": "the columns of a table of cases",
        "Tests/FXCoreTests/Numbers/FractionTests.swift": "the columns of a table of cases",
        "Tests/FXCoreTests/Numbers/RateRangeTests.swift": "the columns of a table of cases",
      ],
      example: (
        "Sources/FXCore/X.swift",
        """
        func five(a: Int, b: [Int: Int], c: (Int, Int), d: Set<Int>, e: (Int) -> Int)
        init(a: Int, b: Int, c: Int, d: Int, e: Int, f: Int) {
        }
        static func six<T, U>(
          a: Dictionary<Int, T>, b: U, c: Int,
          d: Int, e: Int = f(1, 2), f: Int
        ) -> Int {
        }
        """,
        ["Sources/FXCore/X.swift:4: six has 6 parameters"]
      )
    ) { file in
      file.functions.filter { $0.name != "init" && $0.parameters > 5 }
        .map { "\($0.line.place): \($0.name) has \($0.parameters) parameters" }
    },

    HouseRule(
      "A type has at most ten stored properties; the doc comment of a larger one gives the reason",
      example: (
        "Sources/FXCore/X.swift",
        """
        struct Ten {
          static let none = 0
          var computed: Int { 1 }
          \(properties(10))
        }
        /// One has eleven properties, because its columns are read at once.
        struct Documented {
          \(properties(11))
        }
        struct Eleven {
          \(properties(10))
          private(set) var last = 0 { didSet { last = 1 } }
        }
        """,
        ["Sources/FXCore/X.swift:29: Eleven has 11 stored properties"]
      )
    ) { file in
      // The sentence with the reason contains the word "properties".
      file.types.filter {
        $0.storedProperties > 10 && !$0.documentation.contains("properties")
      }
      .map { "\($0.line.place): \($0.name) has \($0.storedProperties) stored properties" }
    },

    HouseRule(
      "A file declares at most one type that other files can see, and has its name",
      example: (
        "Sources/FXCore/Rate.swift",
        """
        struct Rate {
          struct Part {}
        }
        private struct Row {}
        package enum Side {}
        """,
        ["Sources/FXCore/Rate.swift:5: Side belongs in Side.swift"]
      )
    ) { file in
      file.types.filter { $0.isTopLevel && !$0.isPrivate && $0.name != file.name }
        .map { "\($0.line.place): \($0.name) belongs in \($0.name).swift" }
    },
  ]

  /// Declarations of stored properties, for the examples.
  private static func properties(_ count: Int) -> String {
    (1...count).map { "let a\($0): Int" }.joined(separator: "\n  ")
  }
}
