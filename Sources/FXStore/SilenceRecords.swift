package import FXCore

/// An alert that is pending or fires, as it stands.
package struct StandingAlert: Hashable, Sendable {
  package let key: AlertKey
  package let state: AlertState

  /// What was told, or would have been, when it fired; nil while it is pending.
  package let record: AlertRecord?

  /// Whether somebody hears of it only when quiet hours end.
  package let isHeld: Bool

  /// An alert as it stands.
  package init(key: AlertKey, state: AlertState, record: AlertRecord?, isHeld: Bool) {
    self.key = key
    self.state = state
    self.record = record
    self.isHeld = isHeld
  }
}

/// What people asked not to be told, with what is over.
package struct SilenceBook: Hashable, Sendable {
  package let silences: [Silence]
  package let acknowledgements: [Acknowledgement]
}
