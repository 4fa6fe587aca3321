/// One comparison or event of a condition with its result.
package struct ConditionStep: Hashable, Sendable {
  /// The step as written.
  package let text: String

  /// The operands that are not constant; none for an event.
  package let operands: [Operand]

  /// The result: true, false, undecided, or the reason why it is unknown.
  package let outcome: String

  /// One side of a comparison.
  package struct Operand: Hashable, Sendable {
    /// The operand as written.
    package let text: String

    /// The value with the range of its rounding; nil if it is missing.
    package let value: String?
  }
}
