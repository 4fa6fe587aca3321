/// A reason why the page cannot be served: a sentence with the remedy.
package struct WebProblem: Error, Hashable, Sendable {
  package let message: String

  /// A problem described by a sentence.
  package init(_ message: String) { self.message = message }
}
