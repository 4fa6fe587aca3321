/// Acknowledges an alert: stops its reminders.
///
/// Its resolution is still sent.
package struct Acknowledgement: Hashable, Sendable {
  /// The number in the store, from 1.
  package let id: Int64

  /// The identifier of the alert in notifications.
  package let alertID: String

  package let author: String
  package let reason: String
  package let created: Timestamp

  /// The end of the period; nil for as long as the alert fires.
  package let until: Timestamp?

  /// The time at which it was ended early; nil if it was not.
  package let ended: Timestamp?

  /// An acknowledgement.
  package init(
    id: Int64, alertID: String, author: String, reason: String, created: Timestamp,
    until: Timestamp?, ended: Timestamp? = nil
  ) {
    self.id = id
    self.alertID = alertID
    self.author = author
    self.reason = reason
    self.created = created
    self.until = until
    self.ended = ended
  }

  /// Returns true if it is valid at an instant.
  package func isActive(at now: Timestamp) -> Bool {
    ended == nil && (until.map { now < $0 } ?? true)
  }
}
