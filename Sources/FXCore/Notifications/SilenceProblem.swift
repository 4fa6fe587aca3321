/// The reason why a silence or an acknowledgement is invalid: one sentence.
package struct SilenceProblem: Error, Hashable, Sendable {
  package let message: String

  init(_ message: String) { self.message = message }
}
