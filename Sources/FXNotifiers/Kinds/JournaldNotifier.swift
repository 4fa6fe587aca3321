import FXCore
import FXSystem

/// Writes events to the system's journal, one entry for each event, with the values as fields:
/// `journalctl FXWATCH_PAIR=TJS/USD -o json`.
struct JournaldNotifier: Notifier {
  static let kind = NotifierKind(name: "journald", atOnce: 1, isLocal: true) { _, context in
    JournaldNotifier(journal: context.journal)
  }

  let journal: NotifierContext.JournalSender

  func deliver(_ shipment: Shipment) async -> DeliveryOutcome {
    do throws(SystemError) {
      for notification in shipment.notifications {
        try await journal(Self.fields(of: notification))
      }
      return .delivered(detail: "written to the journal")
    } catch {
      return .retry(because: "the journal: \(error)")
    }
  }

  /// Returns the fields of a notification's entry; absent values are omitted.
  static func fields(of notification: Notification) -> [JournalField] {
    let texts = [
      ("MESSAGE", NotificationText(notification: notification).message),
      ("PRIORITY", priority(of: notification.severity)),
      ("MESSAGE_ID", MessageIDs.id(of: notification.type)),
      ("SYSLOG_IDENTIFIER", "fxwatch"),
      ("FXWATCH_EVENT", notification.type.rawValue),
      ("FXWATCH_NOTIFICATION", notification.id),
      ("FXWATCH_ALERT_ID", notification["alert_id"]),
      ("FXWATCH_RULE", notification["rule"]),
      ("FXWATCH_SOURCE", notification["source"]),
      ("FXWATCH_NOTIFIER", notification["notifier"]),
      ("FXWATCH_PAIR", notification["pair"]),
      ("FXWATCH_RATE", notification["rate"]),
      ("FXWATCH_PREVIOUS", notification["previous", "rate"]),
      ("FXWATCH_CHANGE", notification["change", "percent"]),
      ("FXWATCH_VALUE_DATE", notification["value_date"]),
      ("FXWATCH_SEVERITY", notification.severity.rawValue),
    ]
    return texts.compactMap { name, text in text.map { JournalField(name, $0) } }
  }

  /// Returns the syslog priority (RFC 5424 section 6.2.1).
  private static func priority(of severity: Severity) -> String {
    switch severity {
    case .critical: "2"
    case .warning: "4"
    case .notice: "5"
    case .info: "6"
    }
  }
}
