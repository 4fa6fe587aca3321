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
  package let data: JSONText

  /// One alert that fired.
  package init(
    id: String, key: AlertKey, kind: Kind, severity: Severity, firedAt: Timestamp,
    resolvedAt: Timestamp?, data: JSONText
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
