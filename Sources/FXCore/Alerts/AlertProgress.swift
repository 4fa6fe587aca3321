/// How far an alert has come, and what is remembered of it to go on: what the machine steps.
package struct AlertProgress: Hashable, Sendable {
  /// Where it stands.
  package var phase: AlertState.Phase

  /// When people last heard that it fires; nil while it does not, or where nobody was told because
  /// of a silence.
  package var lastTold: Timestamp?

  /// The publications on which it fired or resolved of late, oldest first: enough to know flapping,
  /// at most one more than `AlertLimits.transitions`.
  package var turns: [Int64]

  /// Set while it flaps: nothing is told, and `phase` stays as people know it.
  ///
  /// True while the condition would have the alert fire.
  package var brake: Bool?

  /// A standing; by default one that has neither been told nor has turned of late.
  package init(
    _ phase: AlertState.Phase, lastTold: Timestamp? = nil, turns: [Int64] = [], brake: Bool? = nil
  ) {
    self.phase = phase
    self.lastTold = lastTold
    self.turns = turns
    self.brake = brake
  }

  /// The alert that fires and since when; nil while none does.
  package var firing: (alertID: String, since: Timestamp)? {
    guard case .firing(let alertID, let since) = phase else { return nil }
    return (alertID, since)
  }
}

/// The limits of an alert's life, each with its unit and reason.
package enum AlertLimits {
  /// The evaluations looked at for flapping.
  ///
  /// With 4 transitions in 21, a fifth of the steps between
  /// them, as network monitors have it since Nagios (its manual, "Detection and Handling of State
  /// Flapping").
  package static let evaluations: Int64 = 21

  /// Transitions among them that still are no flapping.
  package static let transitions = 4

  /// Publications in a row without a turn after which a flapping alert is stable: more than lie
  /// between two transitions of one that flaps.
  package static let stable: Int64 = 7
}
