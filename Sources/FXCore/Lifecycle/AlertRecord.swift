/// The record of an alert that fired, kept as long as the history.
package struct AlertRecord: Hashable, Sendable {
  /// Event or state, as the rule's condition.
  package typealias Kind = Condition.Kind

  /// The identifier in notifications.
  package let id: String

  package let key: AlertKey
  package let kind: Kind
  package let severity: Severity
  package let firedAt: Timestamp

  /// The time at which it was resolved; nil while it fires, and always nil for an event.
  package let resolvedAt: Timestamp?

  /// The `data` of its `alert.firing`: the evidence at that time.
  package let data: JSONText

  /// The record of one alert.
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
