import Foundation
import Testing

/// One rule about every line, or every file, of Sources or Tests.
struct HouseRule: Sendable, CustomTestStringConvertible {
  /// The rule as a sentence.
  let sentence: String

  /// The folders the rule is for.
  let folders: [String]

  /// Files and folders that may break the rule, each with the reason.
  let exceptions: [String: String]

  /// Finds what is wrong in a file, each with its place.
  let violations: @Sendable (SourceFile) -> [String]

  /// A file that breaks the rule, and the violations expected of it.
  let example: (path: String, text: String, violations: [String])

  var testDescription: String { sentence }

  init(
    _ sentence: String, in folders: [String] = ["Sources/"],
    except exceptions: [String: String] = [:],
    example: (path: String, text: String, violations: [String]),
    violations: @escaping @Sendable (SourceFile) -> [String]
  ) {
    self.sentence = sentence
    self.folders = folders
    self.exceptions = exceptions
    self.example = example
    self.violations = { file in
      let isMeant =
        folders.contains(where: file.path.hasPrefix)
        && !exceptions.keys.contains(where: file.path.hasPrefix)
      return isMeant ? violations(file) : []
    }
  }

  /// A rule that no line of code matches a pattern.
  static func nowhere(
    _ sentence: String, _ pattern: String, except exceptions: [String: String] = [:],
    only folders: [String] = ["Sources/"], example: (path: String, text: String, line: Int)
  ) -> HouseRule {
    let line = example.text.split(separator: "\n")[example.line - 1]
    let violation =
      "\(example.path):\(example.line): \(line.trimmingCharacters(in: .whitespaces))"
    return HouseRule(
      sentence, in: folders, except: exceptions,
      example: (example.path, example.text, [violation])
    ) { file in
      guard let expression = try? NSRegularExpression(pattern: pattern) else { return [pattern] }
      return file.lines.filter { expression.matches($0.code) }.map { "\($0.place): \($0.code)" }
    }
  }
}

extension NSRegularExpression {
  /// True if the expression matches somewhere in a text.
  func matches(_ text: String) -> Bool {
    firstMatch(in: text, range: NSRange(text.startIndex..., in: text)) != nil
  }
}
