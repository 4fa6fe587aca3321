/// What is told, in the words receivers know.
package enum NotificationType: String, Hashable, Sendable, CaseIterable {
  case alertFiring = "alert.firing"
  case alertResolved = "alert.resolved"
  case alertReminder = "alert.reminder"
  case alertCorrection = "alert.correction"
  case sourceDown = "source.down"
  case sourceRecovered = "source.recovered"
  case sourceStale = "source.stale"
  case sourceSuspect = "source.suspect"
  case digest = "digest"
  case testPing = "test.ping"
}

/// How much it matters.
package enum Severity: String, Hashable, Comparable, Sendable, CaseIterable {
  case info
  case notice
  case warning
  case critical

  package static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .info: 0
    case .notice: 1
    case .warning: 2
    case .critical: 3
    }
  }
}

/// One event to tell, complete: everything a notifier may print stands in `data`.
package struct Notification: Hashable, Sendable {
  /// The event's identifier; one event has one for ever.
  package let id: String

  package let type: NotificationType

  /// When the event happened.
  package let timestamp: Timestamp

  /// The payload's `data` object for its `type`; decimals are strings.
  package let data: JSONValue

  /// One event.
  package init(id: String, type: NotificationType, timestamp: Timestamp, data: JSONValue) {
    self.id = id
    self.type = type
    self.timestamp = timestamp
    self.data = data
  }

  /// The payload receivers get: `{"type": …, "timestamp": …, "data": {…}}`.
  package var payload: JSONValue {
    .object([
      .init("type", .string(type.rawValue)),
      .init("timestamp", .string(timestamp.description)),
      .init("data", data),
    ])
  }

  /// The payload with the event's identifier before it, for where no header carries that.
  package var identifiedPayload: JSONValue {
    var members = [JSONValue.Member("id", .string(id))]
    if case .object(let payload) = payload { members += payload }
    return .object(members)
  }

  /// The severity in the data; notice where it carries none.
  package var severity: Severity {
    self["severity"].flatMap(Severity.init(rawValue:)) ?? .notice
  }

  /// A text field of the data, by path: `notification["previous", "rate"]`.
  package subscript(path: String...) -> String? {
    var value: JSONValue? = data
    for key in path { value = value?[key] }
    return value?.text
  }
}
