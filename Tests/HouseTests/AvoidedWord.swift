import Foundation

/// A word that comments, messages and test names do not use, because plainer ones exist.
struct AvoidedWord: Sendable {
  private let expression: NSRegularExpression?

  /// The words to use instead.
  let replacement: String

  /// Files and folders in which the word is the right one, each with the reason.
  let exceptions: [String: String]

  private init(
    _ pattern: String, _ replacement: String, except exceptions: [String: String] = [:]
  ) {
    expression = try? NSRegularExpression(pattern: #"\b(?:\#(pattern))\b"#)
    self.replacement = replacement
    self.exceptions = exceptions
  }

  /// Finds the word in a text.
  func firstMatch(in text: String) -> Substring? {
    let whole = NSRange(text.startIndex..., in: text)
    return expression?.firstMatch(in: text, range: whole)
      .flatMap { Range($0.range, in: text) }.map { text[$0] }
  }

  /// The table; patterns are whole words.
  static let all = [
    AvoidedWord("in force", "current or valid"),
    AvoidedWord(
      "told|tells|telling", "sent, notified or reported",
      except: [
        "Sources/FXStore/": "a column of the schema",
        "Sources/FXCommands/Reports/RuleTestsReport.swift": "a member of the JSON report",
        "Tests/FXCommandsTests/RuleTestRunnerTests.swift": "a member of the JSON report",
      ]),
    AvoidedWord("says|said|saying", "contains, reports or is"),
    AvoidedWord("(stands|stood)(?! for)", "is"),
    AvoidedWord(
      "figures?", "rate, value or number",
      except: [
        "Sources/FXCommands/Reports/ExplainReport.swift": "a member of the JSON report",
        "Sources/FXCore/Ports/Retention.swift": "a key of the config",
        "Sources/FXCore/Ports/Retention+Settings.swift": "a key of the config",
        "Tests/FXCoreTests/Ports/RetentionSettingsTests.swift": "a key of the config",
        "Tests/FXStoreTests/RetentionTests.swift": "a key of the config",
      ]),
    AvoidedWord("hears|heard", "is notified"),
    AvoidedWord("wants|wanted", "expects or needs"),
    AvoidedWord("whoever|somebody|nobody", "the user, a client, no one or the passive"),
    AvoidedWord("mercy|couriers?|wonders", "the technical term"),
  ]
}
