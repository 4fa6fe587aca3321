/// The reason why a file cannot be read, as a sentence that names it.
package struct InputFileProblem: Error, Hashable, Sendable {
  package let message: String

  /// A problem with this message.
  package init(_ message: String) { self.message = message }
}
