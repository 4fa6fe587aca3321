/// Mutes matching alerts for a period.
///
/// They are evaluated and recorded, but not sent.
package struct Silence: Hashable, Sendable {
  /// The number in the store, from 1.
  package let id: Int64

  /// The alerts it mutes: those that match every key, with any of the values of each.
  package let matchers: [SilenceMatcher]

  package let author: String
  package let reason: String
  package let created: Timestamp

  /// The end of the period.
  package let until: Timestamp

  /// The time at which it was ended early; nil if it was not.
  package let ended: Timestamp?

  /// A silence.
  package init(
    id: Int64, matchers: [SilenceMatcher], author: String, reason: String, created: Timestamp,
    until: Timestamp, ended: Timestamp? = nil
  ) {
    self.id = id
    self.matchers = matchers
    self.author = author
    self.reason = reason
    self.created = created
    self.until = until
    self.ended = ended
  }

  /// Returns true if it mutes alerts at an instant.
  package func isActive(at now: Timestamp) -> Bool { ended == nil && now < until }

  /// Returns true if it matches an alert.
  package func covers(_ alert: SilenceTarget) -> Bool {
    !matchers.isEmpty
      && matchers.allSatisfy { matcher in
        matchers.contains { $0.isSameKey(as: matcher) && $0.matches(alert) }
      }
  }
}
