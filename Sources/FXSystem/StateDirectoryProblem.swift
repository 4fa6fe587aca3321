/// A problem of a state directory: a sentence with the problem and the remedy.
package struct StateDirectoryProblem: Error, Hashable, Sendable {
  package let message: String

  /// Indicates whether the problem persists until the administrator changes something.
  package let isLasting: Bool
}
