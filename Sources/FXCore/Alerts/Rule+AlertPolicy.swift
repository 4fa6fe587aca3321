extension Rule {
  /// The settings of the rule that the state machine of its alerts uses.
  package var policy: AlertPolicy {
    AlertPolicy(
      kind: condition.kind == .event ? .event : .state, hold: hold, hasRelease: release != nil,
      remind: remind, once: once, end: end)
  }
}
