import FXCore

/// Sends events to a Telegram chat through a bot (https://core.telegram.org/bots/api#sendmessage).
enum TelegramNotifier {
  static let kind = NotifierKind(name: "telegram", canGroup: true) { section, context in
    let endpoint = WebhookEndpoint(
      section, context: context, address: .known("https://api.telegram.org"))
    let token = context.requiredSecret(
      "token", of: section, because: "write {credential: NAME} of the bot's token")
    let chat = section.requiredString(
      "chat", because: "write the chat's number such as -1001234567890, or @channel")
    let thread = section.integer("thread", in: 1...Int(Int32.max))
    guard let endpoint, let token, let chat else { return nil }
    guard isToken(token.reveal()) else {
      section.problem("token", "does not contain a bot token like 123456:ABC-DEF")
      return nil
    }
    return ServiceWebhook(
      endpoint: endpoint.appending(path: "").appending(
        secretPath: "/bot\(token.reveal())/sendMessage"
      ).expecting(.telegram)
    ) { body($0, chat: chat, thread: thread) }
  }

  /// The longest text; a message has at most 4096 characters (Bot API, "sendMessage").
  private static let maximumText = 4000

  /// Returns a message in plain text: without a parse mode Telegram interprets no markup.
  ///
  /// Events of severity `info` arrive without a sound.
  private static func body(
    _ notification: Notification, chat: String, thread: Int?
  ) -> JSONValue {
    let text = NotificationText(notification: notification)
    var members: [JSONValue.Member] = [
      .init("chat_id", .string(chat)),
      .init(
        "text", .string(text.lines.joined(separator: "\n").cut(to: maximumText))),
      .init("link_preview_options", .object([.init("is_disabled", .bool(true))])),
      .init("disable_notification", .bool(notification.severity == .info)),
    ]
    if let thread { members.append(.init("message_thread_id", .integer(thread))) }
    return .object(members)
  }

  /// Returns true for digits, a colon, and letters, digits, `-` and `_`, which cannot change the URL.
  private static func isToken(_ text: String) -> Bool {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    return parts.count == 2 && !parts[0].isEmpty && !parts[1].isEmpty
      && parts[0].utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      && parts[1].allSatisfy {
        $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_")
      }
  }
}
