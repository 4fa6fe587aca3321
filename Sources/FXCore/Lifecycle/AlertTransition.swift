/// A transition of an alert.
package enum AlertTransition: Hashable, Sendable {
  /// The alert fires; sent unless silenced. `isFlapping` marks the last notification before the
  /// alert is stable again.
  case fired(alertID: String, isFlapping: Bool)
  /// The alert is resolved by its condition; sent if its firing was sent (`wasNotified`), silenced or
  /// not.
  case resolved(alertID: String, firedAt: Timestamp, isFlapping: Bool, wasNotified: Bool)
  /// The alert still fires, and a reminder is due.
  case reminded(alertID: String, firedAt: Timestamp)
  /// The alert fired under a silence that has ended, and still fires: sent now as firing.
  case announced(alertID: String, firedAt: Timestamp)
  /// The rule expired while the alert fired; sent as resolved if its firing was sent.
  case expired(alertID: String, firedAt: Timestamp, wasNotified: Bool)
}
