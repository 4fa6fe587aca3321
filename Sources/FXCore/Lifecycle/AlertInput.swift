/// The input of one step of the alert machine.
package struct AlertInput: Hashable, Sendable {
  /// The verdict of the rule's condition.
  package var verdict: Verdict

  /// The verdict of the rule's `release`; nil where it has none.
  package var release: Verdict?

  /// The number of the publication that is evaluated, or of the last one where the clock caused the
  /// step.
  package var publication: Int64

  /// True if that publication is evaluated now; false if it is evaluated again by the clock.
  package var isPublication: Bool

  /// True if it is evaluated because the rate of its value date was revised, which is not one more
  /// publication.
  package var isRevision = false

  /// True if the rate moved back to the one before the previous, as where a publisher alternates between
  /// two values; only for events.
  package var isReturn = false

  package var now: Timestamp

  /// The identifier that the alert receives if this step fires it.
  package var newAlertID: String

  /// True if a silence mutes the alert.
  package var isSilenced = false

  /// True if the alert is acknowledged, so that no reminders are sent.
  package var isAcknowledged = false

  /// The input of one step.
  package init(
    verdict: Verdict, release: Verdict?, publication: Int64, isPublication: Bool, now: Timestamp,
    newAlertID: String
  ) {
    self.verdict = verdict
    self.release = release
    self.publication = publication
    self.isPublication = isPublication
    self.now = now
    self.newAlertID = newAlertID
  }
}
