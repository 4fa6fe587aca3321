/// What of a rule moves its alerts.
package struct AlertPolicy: Hashable, Sendable {
  /// Whether it tells of moments or of something that lasts.
  package let kind: AlertRecord.Kind

  package let hold: Hold

  /// Whether the rule names a condition of its own for the end; otherwise an alert ends when its
  /// condition is certainly false.
  package let hasRelease: Bool

  /// How long after people last heard of it a firing alert is told again; nil for never.
  package let remind: Duration?

  /// Whether each alert of the rule fires once and never again.
  package let once: Bool

  /// From when on the rule does nothing; nil for never.
  package let end: Timestamp?

  /// The policy of a rule.
  package init(
    kind: AlertRecord.Kind, hold: Hold, hasRelease: Bool, remind: Duration? = nil,
    once: Bool = false, end: Timestamp? = nil
  ) {
    self.kind = kind
    self.hold = hold
    self.hasRelease = hasRelease
    self.remind = remind
    self.once = once
    self.end = end
  }

  /// Whether the rule does nothing any more.
  package func hasEnded(at now: Timestamp) -> Bool { end.map { $0 <= now } ?? false }
}
