import FXCore
import FXSystem

/// Tells by running a program: the payload on its standard input, the main fields in its
/// environment, and no shell anywhere.
struct CommandNotifier: Notifier {
  /// How long a program may take where the config does not say.
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
        "\(path.quoted) is not the absolute path of a program; arguments are further elements of a list"
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
    var outcome = DeliveryOutcome.delivered(detail: "nothing to tell")
    for notification in shipment.notifications {
      let end = await run(
        CommandRun(
          path: path, arguments: arguments, environment: Self.environment(of: notification),
          input: notification.payload.bytes + [UInt8(ascii: "\n")], timeout: timeout))
      outcome = self.outcome(of: end)
      guard case .delivered = outcome else { return outcome }
    }
    return outcome
  }

  private func outcome(of end: CommandEnd) -> DeliveryOutcome {
    switch end {
    case .exited(0): .delivered(detail: "\(path) ended well")
    case .exited(let status): .retry(because: "\(path) ended with status \(status)")
    case .killed(let signal): .retry(because: "\(path) was killed by signal \(signal)")
    case .timedOut:
      .retry(
        because: "\(path) did not end within \(DurationText.text(timeout))", slowDown: true)
    case .failed(let error): .retry(because: "\(path) cannot be run: \(error)")
    }
  }

  /// The fields by the names the journal has them under; each is one harmless line.
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
