/// The reason why a secret cannot be read.
package struct SecretProblem: Error, Hashable, Sendable {
  /// A sentence with the place of the secret and what to do.
  package let message: String

  /// True if other users can read or replace the secret: never only a warning.
  package let isExposed: Bool

  /// True for an error of the system, such as too few descriptors, that may be over at the next
  /// attempt.
  package let isTransient: Bool

  /// Creates a problem.
  package init(_ message: String, isExposed: Bool = false, isTransient: Bool = false) {
    self.message = message
    self.isExposed = isExposed
    self.isTransient = isTransient
  }
}
