import FXCore

/// The reason why a printed number cannot be read.
package struct NumberProblem: Error, Hashable, Sendable {
  package let message: String

  init(_ message: String) { self.message = message }

  static func notANumber(_ text: some StringProtocol) -> NumberProblem {
    NumberProblem("\(quoted(text)) is not a number")
  }

  static func outOfRange(_ text: some StringProtocol) -> NumberProblem {
    NumberProblem("\(quoted(text)) has more than \(ExactDecimal.maximumDigits) digits")
  }

  /// Returns the text in quotes, shortened.
  static func quoted(_ text: some StringProtocol) -> String {
    QuotedText.quoted(text)
  }
}
