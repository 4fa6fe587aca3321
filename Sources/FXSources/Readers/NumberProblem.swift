import FXCore

/// The reason why a printed number cannot be read.
package struct NumberProblem: Error, Hashable, Sendable {
  package let message: String

  /// The keys of a description that help; nil if none does.
  var advice: String?

  init(_ message: String, advice: String? = nil) {
    self.message = message
    self.advice = advice
  }

  static func notANumber(_ text: some StringProtocol) -> NumberProblem {
    NumberProblem("\(quoted(text)) is not a number")
  }

  static func outOfRange(_ text: some StringProtocol) -> NumberProblem {
    NumberProblem(
      "\(quoted(text)) has more than \(ExactDecimal.maximumDigits) digits",
      advice: "set 'round' to the number of decimals to keep, such as 12")
  }

  /// Returns the text in quotes, shortened.
  static func quoted(_ text: some StringProtocol) -> String {
    QuotedText.quoted(text)
  }
}
