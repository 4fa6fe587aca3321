/// The part of a rule that decides how its alerts move.
package struct AlertPolicy: Hashable, Sendable {
  /// Event or state.
  package let kind: Condition.Kind

  package let hold: Hold

  /// True if the rule has a condition of its own for the end; otherwise an alert ends when the
  /// rule's condition is certainly false.
  package let hasRelease: Bool

  /// The time after the last notification at which a firing alert is sent again; nil for never.
  package let remind: Duration?

  /// True if each alert of the rule fires at most once.
  package let once: Bool

  /// The time from which the rule has no effect; nil for none.
  package let end: Timestamp?

  /// The most firings that are sent within a period; nil for all.
  package var limit: FiringLimit?

  /// True if the instants are kept at which its alerts are armed.
  package var isArmed = false

  /// The policy of a rule.
  package init(
    kind: Condition.Kind, hold: Hold, hasRelease: Bool, remind: Duration? = nil,
    once: Bool = false, end: Timestamp? = nil, limit: FiringLimit? = nil
  ) {
    self.limit = limit
    self.kind = kind
    self.hold = hold
    self.hasRelease = hasRelease
    self.remind = remind
    self.once = once
    self.end = end
  }

  /// True if the rule has expired.
  package func hasEnded(at now: Timestamp) -> Bool { end.map { $0 <= now } ?? false }
}
