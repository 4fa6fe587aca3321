import FXCore
import FXSystem

/// Sends events to the services of Apprise: through its API
/// (https://github.com/caronc/apprise-api#api-details), or by its command on this machine.
enum AppriseNotifier {
  static let kind = NotifierKind(name: "apprise") { section, context in
    let tag = section.string("tag")
    let command = section.string("command")
    let config = section.string("config")
    let timeout = section.duration("timeout", minimum: .seconds(1))
    if command != nil || config != nil {
      for key in ["url", "urls", "headers", "allow_private", "ca_file"]
      where section.node(key) != nil {
        section.problem(key, "with 'config' the command of Apprise sends; remove '\(key)'")
      }
      return AppriseCommand(
        section, context, path: command ?? AppriseCommand.defaultPath, config: config, tag: tag,
        timeout: timeout)
    }
    if timeout != nil { section.problem("timeout", "only for 'config'; remove it") }
    let urls = section.secrets("urls")?.map { context.secret($0, for: "urls", of: section) }
    let endpoint = WebhookEndpoint(section, context: context)
    guard let endpoint, urls?.contains(where: { $0 == nil }) != true else { return nil }
    let services = urls?.compactMap(\.self) ?? []
    let ready = services.reduce(endpoint) { $0.sending($1) }
    return ServiceWebhook(endpoint: ready) { body($0, tag: tag, services: services) }
  }

  /// The longest body in UTF-16 code units; Apprise cuts or splits what a service does not accept.
  static let maximumText = 8000

  private static func body(
    _ notification: Notification, tag: String?, services: [Secret]
  ) -> JSONValue {
    let text = NotificationText(notification: notification)
    var members: [JSONValue.Member] = [
      .init("title", .string(text.title.cut(to: maximumText / 10))),
      .init("body", .string(body(of: text))),
      .init("type", .string(type(of: notification, isEnd: text.isEnd))),
      .init("format", .string("text")),
    ]
    if let tag { members.append(.init("tag", .string(tag))) }
    if !services.isEmpty {
      members.append(
        .init("urls", .string(services.map { $0.reveal() }.joined(separator: ","))))
    }
    return .object(members)
  }

  /// Returns the lines of a message, which is never empty: Apprise refuses that.
  static func body(of text: NotificationText) -> String {
    let lines = text.lines.dropFirst().joined(separator: "\n").cut(to: maximumText)
    return lines.isEmpty ? text.title : lines
  }

  /// Returns Apprise's type of message: info, success, warning or failure.
  static func type(of notification: Notification, isEnd: Bool) -> String {
    if isEnd { return "success" }
    return switch notification.severity {
    case .critical: "failure"
    case .warning: "warning"
    case .notice, .info: "info"
    }
  }
}
