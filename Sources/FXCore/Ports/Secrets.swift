/// Reads secrets: the port behind `{credential: NAME}` and `{file: PATH}`.
package protocol Secrets: Sendable {
  /// The secret without a trailing newline; throws where it is missing, empty, larger than 64 KiB,
  /// not text, or readable by the world.
  func read(_ reference: SecretReference) throws(SecretProblem) -> Secret
}
