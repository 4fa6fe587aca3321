/// The settings of a rule that are part of the meaning of its conditions.
package struct ConditionScope: Hashable, Sendable {
  /// The age from which on a rate of another source is not read; nil for no limit.
  package var maxAge: Duration?

  /// The defaults.
  package init() {}
}
