/// The settings of a rule that are part of the meaning of its conditions.
package struct ConditionScope: Sendable {
  /// The age from which on a rate of another source is not read; nil for no limit.
  package var maxAge: Duration?

  /// The time zones that conditions can name.
  package var zones: any Zones = UniversalTime()

  /// The named expressions.
  package var definitions = Definitions()

  /// The defaults.
  package init() {}
}

extension ConditionScope: Hashable {
  // Zones are the same everywhere.
  package static func == (left: ConditionScope, right: ConditionScope) -> Bool {
    left.maxAge == right.maxAge && left.definitions == right.definitions
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(maxAge) }
}
