/// A notification with its recipients.
package struct OutboxEvent: Hashable, Sendable {
  /// The number of the event in the order of all events, from 1.
  package let sequence: Int64

  package let notification: Notification

  /// The summary in its data.
  package let summary: String

  /// The severity in its data.
  package let severity: Severity

  /// Events of one key are delivered in order: those of one series, or of one source.
  package let orderingKey: String

  /// The names of the notifiers it is delivered to.
  package let recipients: [String]

  /// An event and its recipients; the summary and the severity are read from its data where they are
  /// not given.
  package init(
    sequence: Int64, notification: Notification, summary: String? = nil, severity: Severity? = nil,
    orderingKey: String, recipients: [String]
  ) {
    self.sequence = sequence
    self.notification = notification
    self.summary = summary ?? notification["summary"] ?? ""
    self.severity = severity ?? notification.severity
    self.orderingKey = orderingKey
    self.recipients = recipients
  }
}
