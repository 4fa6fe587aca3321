/// Why bytes are not JSON: what stands at which byte.
package struct JSONProblem: Error, Hashable, Sendable {
  /// Bytes from the start of the document.
  package let offset: Int

  /// What is wrong there, as the end of the sentence "the body …".
  package let message: String
}
