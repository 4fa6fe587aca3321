/// The kinds of notifiers that `fxwatch init` and `fxwatch add` ask about, with the values each needs.
package struct NotifierQuestions: Sendable {
  /// One value of a notifier.
  package struct Question: Sendable {
    /// The key in the config.
    package let key: String
    package let text: String

    /// True if the value is kept in a file of its own.
    package let isSecret: Bool
  }

  /// The value of `type:`.
  package let kind: String

  /// A few words about it.
  package let summary: String
  package let questions: [Question]

  private init(_ kind: String, _ summary: String, _ questions: [Question] = []) {
    self.kind = kind
    self.summary = summary
    self.questions = questions
  }

  private static func plain(_ key: String, _ text: String) -> Question {
    Question(key: key, text: text, isSecret: false)
  }

  private static func secret(_ key: String, _ text: String) -> Question {
    Question(key: key, text: text, isSecret: true)
  }

  /// The kinds, the simplest first.
  package static let all: [NotifierQuestions] = [
    .init("stdout", "lines on this terminal, or in the log of the service"),
    .init("journald", "the journal of this machine"),
    .init("ntfy", "phones, through ntfy.sh", [plain("topic", "Topic, which is not easy to guess")]),
    .init(
      "telegram", "a Telegram chat",
      [secret("token", "Token of the bot"), plain("chat", "Number of the chat, or @channel")]),
    .init(
      "email", "mail",
      [
        plain("server", "Mail server, with a port if it is not 587"),
        plain("from", "Address of the sender"), plain("to", "Address of the recipient"),
      ]),
    .init("slack", "Slack", [secret("url", "URL of the incoming webhook")]),
    .init("discord", "Discord", [secret("url", "URL of the webhook")]),
    .init("teams", "Microsoft Teams", [secret("url", "URL of the workflow")]),
    .init("googlechat", "Google Chat", [secret("url", "URL of the webhook")]),
    .init("mattermost", "Mattermost", [secret("url", "URL of the incoming webhook")]),
    .init("rocketchat", "Rocket.Chat", [secret("url", "URL of the incoming webhook")]),
    .init(
      "matrix", "a room of Matrix",
      [
        plain("url", "URL of the server"), plain("room", "Id of the room, which begins with !"),
        secret("token", "Access token of the bot"),
      ]),
    .init(
      "pushover", "phones, through Pushover",
      [secret("token", "Token of the application"), secret("user", "Key of the user or group")]),
    .init(
      "gotify", "phones, through Gotify",
      [plain("url", "URL of the server"), secret("token", "Token of the application")]),
    .init("webhook", "a program of yours, over HTTP", [plain("url", "URL to post to")]),
  ]

  /// Returns the questions about a kind; nil for others.
  package static func about(_ kind: String) -> NotifierQuestions? {
    all.first { $0.kind == kind }
  }
}
