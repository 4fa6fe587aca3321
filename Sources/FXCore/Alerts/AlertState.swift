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

  package static func < (left: AlertKey, right: AlertKey) -> Bool {
    (left.rule, left.series) < (right.rule, right.series)
  }
}

/// Where an alert that is not inactive stands; an inactive one has no state.
package struct AlertState: Hashable, Sendable {
  /// How far it has come.
  package enum Phase: Hashable, Sendable {
    /// The condition holds, but not yet for as long as the rule's `for` asks: `publications` of
    /// them so far, the first at `since`.
    case pending(publications: Int, since: Timestamp)
    /// People were told, under this identifier.
    case firing(alertID: String, since: Timestamp)
  }

  package let phase: Phase

  /// The fingerprint of the rule that brought it there; another text of the rule starts anew.
  package let ruleFingerprint: String

  /// A state under the rule of that fingerprint.
  package init(_ phase: Phase, ruleFingerprint: String) {
    self.phase = phase
    self.ruleFingerprint = ruleFingerprint
  }
}

/// What is remembered of an alert that fired, for as long as history is kept.
package struct AlertRecord: Hashable, Sendable {
  /// Whether it tells of a moment or lasts until it is resolved.
  package enum Kind: String, Hashable, Sendable {
    case event
    case state
  }

  /// The identifier receivers see.
  package let id: String

  package let key: AlertKey
  package let kind: Kind
  package let severity: Severity
  package let firedAt: Timestamp

  /// When it ended; nil while it fires, and always nil for an event.
  package let resolvedAt: Timestamp?

  /// The `data` of its `alert.firing`: what was known then.
  package let data: JSONValue

  /// One alert that fired.
  package init(
    id: String, key: AlertKey, kind: Kind, severity: Severity, firedAt: Timestamp,
    resolvedAt: Timestamp?, data: JSONValue
  ) {
    self.id = id
    self.key = key
    self.kind = kind
    self.severity = severity
    self.firedAt = firedAt
    self.resolvedAt = resolvedAt
    self.data = data
  }
}
