/// An error in the text of a condition, with its position.
package struct ConditionProblem: Error, Hashable, Sendable {
  /// The condition as the user wrote it.
  package let text: String

  /// The position of the error: UTF-8 bytes from the start of the text, at most its length.
  package let offset: Int

  /// The number of wrong UTF-8 bytes; 0 if something is missing.
  package let length: Int

  /// The error and its remedy, in one line without a full stop.
  package let message: String

  init(_ text: String, _ range: Range<Int>, _ message: String) {
    self.text = text
    self.offset = range.lowerBound
    self.length = range.count
    self.message = message
  }
}

extension ConditionProblem: CustomStringConvertible {
  /// The line with the error and below it a caret with the message.
  ///
  /// ```
  /// change > 1
  ///          ^ cannot compare a percentage with a number; write 1%
  /// ```
  package var description: String { "\(excerpt) \(message)" }

  /// The line with the error and below it a caret.
  package var excerpt: String {
    CaretExcerpt.text(of: text, bytes: offset..<(offset + length))
  }
}
