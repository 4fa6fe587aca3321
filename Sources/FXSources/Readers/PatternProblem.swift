/// The reason why a text is not a regular expression, and the character at which.
package struct PatternProblem: Error, Hashable, Sendable {
  package let message: String

  init(_ message: String) { self.message = message }
}
