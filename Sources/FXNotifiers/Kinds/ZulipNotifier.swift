import FXCore
import FoundationEssentials

/// Sends events to a channel of Zulip, or to people, as a bot
/// (https://zulip.com/api/send-message).
///
/// The events of an alert have one topic.
enum ZulipNotifier {
  static let kind = NotifierKind(name: "zulip", canGroup: true) { section, context in
    let endpoint = WebhookEndpoint(section, context: context)
    let bot = section.requiredString("user", because: "write the e-mail address of the bot")
    let key = context.requiredSecret(
      "key", of: section, because: "write {credential: NAME} of the bot's API key")
    let recipient = Recipient.read(section)
    guard let endpoint, let bot, let key, let recipient else { return nil }
    let authorization = "Basic " + Data("\(bot):\(key.reveal())".utf8).base64EncodedString()
    return ServiceWebhook(
      endpoint: endpoint.appending(path: "/api/v1/messages").sending(key).adding(
        secretHeader: "authorization", authorization),
      requests: { [request(for: $0, to: recipient)] })
  }

  /// The receiver of messages.
  private enum Recipient: Sendable {
    case channel(String, topic: String?)
    case people([String])

    /// Reads `channel` and `topic`, or `to`; nil after reporting a problem.
    static func read(_ section: SettingsSection) -> Recipient? {
      let channel = section.string("channel")
      let topic = section.string("topic")
      let people = section.strings("to")?.map(\.text)
      switch (channel, people) {
      case (let channel?, nil): return .channel(channel, topic: topic)
      case (nil, let people?):
        if topic != nil { section.problem("topic", "only channels have topics; remove 'topic'") }
        return .people(people)
      case (nil, nil):
        section.problem(nil, "'channel' is missing; write a channel, or people in 'to'")
      case (_?, _?): section.problem("to", "use 'channel' or 'to', not both")
      }
      return nil
    }
  }

  /// Zulip's limits of a topic and of a message, in characters (`max_topic_length` and
  /// `max_message_length` of https://zulip.com/api/register-queue).
  private static let maximumTopic = 60
  private static let maximumText = 9000

  /// Returns the message in a code block, in which Zulip interprets neither markup nor mentions.
  private static func request(
    for notification: Notification, to recipient: Recipient
  ) -> ServiceRequest {
    let text = NotificationText(notification: notification)
    let content =
      "```text\n" + text.lines.joined(separator: "\n").cut(to: maximumText) + "\n```"
    switch recipient {
    case .channel(let channel, let topic):
      return .form([
        ("type", "stream"), ("to", channel),
        ("topic", SanitizedText.line(topic ?? self.topic(of: notification)).cut(to: maximumTopic)),
        ("content", content),
      ])
    case .people(let people):
      return .form([
        ("type", "direct"), ("to", JSONValue.array(people.map { .string($0) }).description),
        ("content", content),
      ])
    }
  }

  /// Returns the rule and the series, or the source, the same for an alert and its end.
  private static func topic(of notification: Notification) -> String {
    let parts = [notification["rule"], notification["pair"], notification["source"]]
      .compactMap(\.self)
    return parts.isEmpty ? "fxwatch" : parts.joined(separator: " ")
  }
}
