/// The reason why a secret cannot be read.
package struct SecretProblem: Error, Hashable, Sendable {
  /// A sentence with the place of the secret and what to do.
  package let message: String

  /// Creates a problem.
  package init(_ message: String) { self.message = message }
}
