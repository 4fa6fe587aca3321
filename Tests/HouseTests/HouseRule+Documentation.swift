import Foundation

extension HouseRule {
  /// The rules about comments and other prose.
  static let documentation: [HouseRule] = [
    HouseRule(
      "Every package declaration has a doc comment",
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
      ), violations: undocumented),

    HouseRule(
      "A doc comment, and each of its paragraphs, is a sentence or a noun phrase, not a clause",
      in: ["Sources/", "Tests/"],
      example: (
        "Sources/FXCore/X.swift",
        """
        /// Whether it is late.
        var isLate: Bool
        /// True if it is late,
        /// what else.
        ///
        /// How late is another property.
        ///
        /// - Whatever follows here.
        /// When it was last seen.
        var at: Int
        // What a plain comment opens with is free.
        """,
        [
          "Sources/FXCore/X.swift:1: Whether it is late.",
          "Sources/FXCore/X.swift:6: How late is another property.",
        ]
      )
    ) { file in
      let opening = /(What|Whether|How|When|Where|Who|Whom|Whose|Why|Which|That)\b/
      let openingOfParagraph = /(What|Whether|How)\b/
      return file.lines.indices.compactMap { index in
        let line = file.lines[index]
        guard let text = line.documentation else { return nil }
        let above = index > 0 ? file.lines[index - 1].documentation : nil
        let isWrong =
          above.map { $0.isEmpty && text.starts(with: openingOfParagraph) }
          ?? text.starts(with: opening)
        return isWrong ? "\(line.place): \(text)" : nil
      }
    },

    HouseRule(
      "Comments and messages use plain technical words",
      in: ["Sources/", "Tests/"], except: ["Tests/HouseTests/": "the table of words"],
      example: (
        "Sources/FXCore/X.swift",
        """
        /// The rate in force.
        let in_force = "is told: \\(a)"  // stands alone
        """,
        [
          "Sources/FXCore/X.swift:1: in force; write current or valid",
          "Sources/FXCore/X.swift:2: told; write sent, notified or reported",
          "Sources/FXCore/X.swift:2: stands; write is",
        ]
      )
    ) { file in
      let words = AvoidedWord.all.filter {
        !$0.exceptions.keys.contains(where: file.path.hasPrefix)
      }
      return file.lines.filter { !$0.prose.isEmpty }.flatMap { line in
        words.compactMap { word in
          word.firstMatch(in: line.prose).map { "\(line.place): \($0); write \(word.replacement)" }
        }
      }
    },

    HouseRule(
      "No comment lists work that is not done",
      example: (
        "Sources/FXCore/X.swift", "// TO\("DO"): write this",
        ["Sources/FXCore/X.swift:1: // TO\("DO"): write this"]
      )
    ) { file in
      let marks = /\b(TODO|FIXME|XXX|HACK)\b/.wordBoundaryKind(.simple)
      return file.lines.filter { $0.text.contains(marks) }
        .map { "\($0.place): \($0.text.trimmingCharacters(in: .whitespaces))" }
    },

    HouseRule(
      "No file contains a path of a developer's machine",
      example: (
        "Sources/FXCore/X.swift", "let a = \"/work/x\"",
        ["Sources/FXCore/X.swift:1: let a = \"/work/x\""]
      )
    ) { file in
      let paths = /\/work\/|\/opt\/swift|\/root\//
      return file.lines.filter { $0.text.contains(paths) }
        .map { "\($0.place): \($0.text.trimmingCharacters(in: .whitespaces))" }
    },
  ]

  /// Finds the package declarations of a file without a doc comment above them or above their
  /// attributes.
  ///
  /// Exempt are stored properties and operators, whose name and type are enough, and members that a
  /// protocol of the standard library or of Sources documents.
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
      return above?.documentation != nil ? nil : "\(line.place): \(line.code)"
    }
  }

  /// The names of the members that protocols in Sources require.
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
