/// The reason why a reload could not be requested or was not answered.
package struct ReloadProblem: Error, Hashable, Sendable {
  /// A sentence.
  package let message: String
}
