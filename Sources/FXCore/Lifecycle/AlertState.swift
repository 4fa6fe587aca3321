/// The stored state of an alert: its progress, and the rule that led to it.
///
/// An inactive alert without recent transitions has no state.
package struct AlertState: Hashable, Sendable {
  /// The phase of an alert.
  package enum Phase: Hashable, Sendable {
    /// The condition does not hold.
    case inactive
    /// The condition holds, but not yet for as long as the rule's `for` requires: on `publications`
    /// publications so far, the first at `since`.
    case pending(publications: Int, since: Timestamp)
    /// The alert fires, under this identifier.
    case firing(alertID: String, since: Timestamp)
    /// The alert of a rule with `once` has fired and never fires again.
    case retired
  }

  package let progress: AlertProgress

  /// The fingerprint of the rule that led here; a rule with another fingerprint starts anew.
  package let ruleFingerprint: String

  /// The notifiers to which the rule sends, which get the end of the alert whatever causes it; nil where
  /// that is not known.
  package let recipients: [String]?

  /// The current phase.
  package var phase: Phase { progress.phase }

  /// The progress of an alert under the rule of that fingerprint.
  package init(
    _ progress: AlertProgress, ruleFingerprint: String, recipients: [String]? = nil
  ) {
    self.progress = progress
    self.ruleFingerprint = ruleFingerprint
    self.recipients = recipients
  }

  /// A phase without recent transitions, under the rule of that fingerprint.
  package init(_ phase: Phase, ruleFingerprint: String) {
    self.init(AlertProgress(phase), ruleFingerprint: ruleFingerprint)
  }
}
