/// Which alert is meant: one rule on one series.
package struct AlertKey: Hashable, Comparable, Sendable {
  /// The rule's name in the config.
  package let rule: String

  /// What it watches.
  package let series: Series

  /// One rule on one series.
  package init(rule: String, series: Series) {
    self.rule = rule
    self.series = series
  }

  /// Rule and pair nearly always tell keys apart.
  package func hash(into hasher: inout Hasher) {
    hasher.combine(rule)
    hasher.combine(series.pair)
  }

  package static func < (left: AlertKey, right: AlertKey) -> Bool {
    (left.rule, left.series) < (right.rule, right.series)
  }
}

/// Where an alert stands under the rule that brought it there; an inactive one of which nothing need
/// be remembered has no state.
package struct AlertState: Hashable, Sendable {
  /// How far it has come.
  package enum Phase: Hashable, Sendable {
    /// Nothing to tell.
    case inactive
    /// The condition holds, but not yet for as long as the rule's `for` asks: `publications` of
    /// them so far, the first at `since`.
    case pending(publications: Int, since: Timestamp)
    /// It fires, under this identifier.
    case firing(alertID: String, since: Timestamp)
    /// It fired once, which is all its rule asks for.
    case retired
  }

  package let standing: AlertProgress

  /// The fingerprint of the rule that brought it there; another text of the rule starts anew.
  package let ruleFingerprint: String

  /// How far it has come.
  package var phase: Phase { standing.phase }

  /// A standing under the rule of that fingerprint.
  package init(_ standing: AlertProgress, ruleFingerprint: String) {
    self.standing = standing
    self.ruleFingerprint = ruleFingerprint
  }

  /// A phase of which nothing else is remembered, under the rule of that fingerprint.
  package init(_ phase: Phase, ruleFingerprint: String) {
    self.init(AlertProgress(phase), ruleFingerprint: ruleFingerprint)
  }
}
