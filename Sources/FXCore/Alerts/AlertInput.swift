/// What made the machine take a step.
package struct AlertInput: Hashable, Sendable {
  /// What the rule's condition says.
  package var verdict: Verdict

  /// What the rule's own `release` says; nil where it has none.
  package var release: Verdict?

  /// The number of the publication that is judged, or that was judged last where the clock asks.
  package var publication: Int64

  /// Whether that publication is judged now, or the clock asks again about it.
  package var isPublication: Bool

  package var now: Timestamp

  /// The identifier an alert gets if this step fires it.
  package var newAlertID: String

  /// Whether a silence keeps the alert from being told.
  package var isSilenced = false

  /// Whether somebody said that they know, so that reminders are not needed.
  package var isAcknowledged = false

  /// One reason to look again.
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

/// What happened to an alert.
package enum AlertTransition: Hashable, Sendable {
  /// It fires; told unless silenced. `isFlapping` on the last one told before it is stable again.
  case fired(alertID: String, isFlapping: Bool)
  /// It is over; told unless silenced, or where nobody was told that it fires (`wasTold` false).
  case resolved(alertID: String, firedAt: Timestamp, isFlapping: Bool, wasTold: Bool)
  /// It still fires, and it is time to say so again.
  case reminded(alertID: String, firedAt: Timestamp)
  /// It fired under a silence that is over, and still does: told now as firing.
  case disclosed(alertID: String, firedAt: Timestamp)
  /// Its rule expired while it fired; told to nobody.
  case expired(alertID: String)
}
