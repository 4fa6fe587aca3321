/// A problem that prevents a local server from starting: a sentence with the problem and the remedy.
package struct ServerProblem: Error, Hashable, Sendable, CustomStringConvertible {
  /// The sentence.
  package let description: String

  /// A problem described by a sentence.
  package init(description: String) { self.description = description }
}
