/// Why a secret could not be read: a sentence that says where it was sought and what to do.
package struct SecretProblem: Error, Hashable, Sendable {
  package let message: String

  /// A problem in the words of `message`.
  package init(_ message: String) { self.message = message }
}
