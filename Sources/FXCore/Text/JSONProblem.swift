/// The reason why bytes are not JSON, with its position.
package struct JSONProblem: Error, Hashable, Sendable {
  /// The number of bytes before the position.
  package let offset: Int

  /// The problem, as the end of the sentence "the body …".
  package let message: String
}
