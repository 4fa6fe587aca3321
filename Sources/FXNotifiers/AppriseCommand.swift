import FXCore
import FXSystem

/// Apprise's command, which has the services in a file of its own, so that no secret is in its
/// arguments.
struct AppriseCommand: Notifier {
  /// The path of the command, of Debian's package `apprise`.
  static let defaultPath = "/usr/bin/apprise"

  /// The default of `timeout`; the command starts Python.
  private static let defaultTimeout = Duration.seconds(30)

  private let path: String
  private let config: String
  private let tag: String?
  private let timeout: Duration
  private let run: NotifierContext.CommandLauncher

  /// Checks the settings; nil after reporting a problem.
  init?(
    _ section: SettingsSection, _ context: NotifierContext, path: String, config: String?,
    tag: String?, timeout: Duration?
  ) {
    guard let config else {
      section.problem(nil, "'config' is missing; write the path of a config of Apprise")
      return nil
    }
    for (key, text) in [("command", path), ("config", config)]
    where !text.hasPrefix("/") || text.utf8.contains(0) {
      section.problem(key, "\(text.quoted) is not an absolute path")
      return nil
    }
    self.path = path
    self.config = config
    self.tag = tag
    self.timeout = timeout ?? Self.defaultTimeout
    run = context.run
  }

  func deliver(_ shipment: Shipment) async -> DeliveryOutcome {
    var outcome = DeliveryOutcome.delivered(detail: "no events")
    for notification in shipment.notifications {
      let text = NotificationText(notification: notification)
      let arguments =
        ["--config=\(config)", "--title=\(text.title.cut(to: AppriseNotifier.maximumText / 10))"]
        + [
          "--notification-type=\(AppriseNotifier.type(of: notification, isEnd: text.isEnd))"
        ] + (tag.map { ["--tag=\($0)"] } ?? [])
      let end = await run(
        CommandRun(
          path: path, arguments: arguments, environment: ["LC_ALL=C.UTF-8"],
          input: Array(AppriseNotifier.body(of: text).utf8), timeout: timeout))
      outcome = end.outcome(of: path, within: timeout)
      guard case .delivered = outcome else { return outcome }
    }
    return outcome
  }
}
