import FXCore
import FXSystem

/// Runs a program for each event, without a shell: the payload on standard input, the main fields in
/// the environment.
struct CommandNotifier: Notifier {
  /// The default of `timeout`.
  private static let defaultTimeout = Duration.seconds(15)

  static let kind = NotifierKind(name: "command") { section, context in
    let words = section.strings("command")?.map(\.text)
    if words == nil {
      section.problem(nil, "'command' is missing; write a program's path, or a list with arguments")
    }
    let timeout = section.duration("timeout", minimum: .seconds(1)) ?? defaultTimeout
    guard let words, let path = words.first else { return nil }
    guard path.hasPrefix("/"), words.allSatisfy({ !$0.utf8.contains(0) }) else {
      section.problem(
        "command",
        "\(path.quoted) is not the absolute path of a program; write arguments as further list items"
      )
      return nil
    }
    return CommandNotifier(
      path: path, arguments: Array(words.dropFirst()), timeout: timeout, run: context.run)
  }

  let path: String
  let arguments: [String]
  let timeout: Duration
  let run: NotifierContext.CommandLauncher

  func deliver(_ shipment: Shipment) async -> DeliveryOutcome {
    var outcome = DeliveryOutcome.delivered(detail: "no events")
    for notification in shipment.notifications {
      let end = await run(
        CommandRun(
          path: path, arguments: arguments, environment: Self.environment(of: notification),
          input: notification.payload.bytes + [UInt8(ascii: "\n")], timeout: timeout))
      outcome = end.outcome(of: path, within: timeout)
      guard case .delivered = outcome else { return outcome }
    }
    return outcome
  }

  /// Returns the fields under the names the journal uses, each as one sanitized line.
  static func environment(of notification: Notification) -> [String] {
    let fields = [
      ("FXWATCH_ID", notification.id),
      ("FXWATCH_EVENT", notification.type.rawValue),
      ("FXWATCH_TIMESTAMP", notification.timestamp.description),
      ("FXWATCH_SEVERITY", notification.severity.rawValue),
      ("FXWATCH_MESSAGE", NotificationText(notification: notification).message),
      ("FXWATCH_ALERT_ID", notification["alert_id"]),
      ("FXWATCH_RULE", notification["rule"]),
      ("FXWATCH_SOURCE", notification["source"]),
      ("FXWATCH_PAIR", notification["pair"]),
      ("FXWATCH_RATE", notification["rate"]),
      ("FXWATCH_PREVIOUS", notification["previous", "rate"]),
      ("FXWATCH_CHANGE", notification["change", "percent"]),
      ("FXWATCH_VALUE_DATE", notification["value_date"]),
    ]
    return fields.compactMap { name, text in text.map { "\(name)=\(SanitizedText.line($0))" } }
  }
}
