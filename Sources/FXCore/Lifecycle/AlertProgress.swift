/// The progress of an alert through its lifecycle: the state that `AlertMachine` steps.
package struct AlertProgress: Hashable, Sendable {
  /// The current phase.
  package var phase: AlertState.Phase

  /// The time of the last firing notification or reminder; nil while the alert does not fire, and
  /// where a silence muted every notification so far.
  ///
  /// Of an event, the time of the last publication on which it held; nil where it did not hold on the one
  /// after.
  package var lastNotified: Timestamp?

  /// The recent publications on which the alert fired or resolved, oldest first: enough to detect
  /// flapping, at most one more than `AlertLimits.transitions`.
  package var transitions: [Int64]

  /// Set while the alert flaps: nothing is sent, and `phase` stays as last sent.
  ///
  /// True if the alert would fire by its condition; false for an event, which does not last.
  package var flapping: Bool?

  /// The times of the latest firings that were sent, oldest first, of a rule with `at_most`; no more than
  /// it counts.
  package var sent: [Timestamp] = []

  /// The number of firings since the last of them that were not sent, and that nothing has mentioned yet.
  package var withheld = 0

  /// The times at which it was armed; nil unless its rule has a window that begins then or when the alert fired.
  package var arming: AlertArming?

  /// A phase; by default without any notification or recent transition.
  package init(
    _ phase: AlertState.Phase, lastNotified: Timestamp? = nil, transitions: [Int64] = [],
    flapping: Bool? = nil
  ) {
    self.phase = phase
    self.lastNotified = lastNotified
    self.transitions = transitions
    self.flapping = flapping
  }

  /// The identifier of the firing alert and since when it fires; nil while none does.
  package var firing: (alertID: String, since: Timestamp)? {
    guard case .firing(let alertID, let since) = phase else { return nil }
    return (alertID, since)
  }
}
