/// What is wrong with the text of a condition, and where.
package struct ConditionProblem: Error, Hashable, Sendable {
  /// The condition as the user wrote it.
  package let text: String

  /// Where the trouble stands: UTF-8 bytes from the start of the text, at most its length.
  package let offset: Int

  /// How many UTF-8 bytes are in trouble; 0 where something is missing.
  package let length: Int

  /// What is wrong and what to do, in one line without a full stop.
  package let message: String

  init(_ text: String, _ range: Range<Int>, _ message: String) {
    self.text = text
    self.offset = range.lowerBound
    self.length = range.count
    self.message = message
  }
}

extension ConditionProblem: CustomStringConvertible {
  /// The line in trouble and below it a caret with the message.
  ///
  /// ```
  /// change > 1
  ///          ^ a percent is compared with a number; write 1%
  /// ```
  package var description: String { "\(excerpt) \(message)" }

  /// The line in trouble and below it a caret.
  package var excerpt: String {
    CaretExcerpt.text(of: text, bytes: offset..<(offset + length))
  }
}
