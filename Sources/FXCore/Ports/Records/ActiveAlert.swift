/// An alert that is pending or firing, with its current state.
package struct ActiveAlert: Hashable, Sendable {
  package let key: AlertKey
  package let state: AlertState

  /// The record of its firing; nil while it is pending.
  package let record: AlertRecord?

  /// True if a notifier gets it only when its quiet hours end.
  package let isHeld: Bool

  /// The time since which its source no longer prints its pair; nil where it does.
  package let vanishedSince: Timestamp?

  /// Creates an active alert.
  package init(
    key: AlertKey, state: AlertState, record: AlertRecord?, isHeld: Bool,
    vanishedSince: Timestamp? = nil
  ) {
    self.vanishedSince = vanishedSince
    self.key = key
    self.state = state
    self.record = record
    self.isHeld = isHeld
  }
}
