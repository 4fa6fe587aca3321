/// Reads secrets: the port for `{credential: NAME}` and `{file: PATH}`.
package protocol Secrets: Sendable {
  /// Returns the secret without a trailing newline.
  ///
  /// Throws if it is missing, empty, larger than 64 KiB, not text, or readable by all users.
  func read(_ reference: SecretReference) throws(SecretProblem) -> Secret
}
