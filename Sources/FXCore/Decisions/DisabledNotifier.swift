/// The reason why a notifier is disabled.
package struct DisabledNotifier: Hashable, Sendable {
  /// The fingerprint of its settings; a notifier with another one is used again.
  package let fingerprint: String

  package let since: Timestamp

  /// A clause without a full stop, such as `its endpoint answered 410 Gone`.
  package let reason: String

  /// A notifier disabled for a reason.
  package init(fingerprint: String, since: Timestamp, reason: String) {
    self.fingerprint = fingerprint
    self.since = since
    self.reason = reason
  }
}
