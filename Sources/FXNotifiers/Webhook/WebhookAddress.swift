import FXCore

/// The way a kind of notifier gets the URL it posts to.
enum WebhookAddress: Sendable {
  /// The config contains the URL, or names a secret that does.
  case any
  /// The URL authorizes to post, so the config must name a secret that contains it.
  case secret
  /// The service has one URL for all users; the config can override it, for a self-hosted server.
  case known(String)

  /// Reads `url` from a section; returns nil after reporting a problem.
  func read(
    _ section: SettingsSection, _ context: NotifierContext
  ) -> (text: Secret, isSecret: Bool)? {
    guard let node = section.node("url") else {
      switch self {
      case .known(let url): return (Secret(url), false)
      case .secret:
        section.problem(
          nil,
          "'url' is missing; write {credential: NAME} or {file: PATH} of the URL to post to")
      case .any: section.problem(nil, "'url' is missing; write the URL to post to")
      }
      return nil
    }
    let isReference = if case .map = node.value { true } else { false }
    guard isReference || isSecret else {
      guard let text = section.string("url") else { return nil }
      if let problem = WebhookURL.problem(in: text) { section.problem("url", problem) }
      return (Secret(text), false)
    }
    guard let reference = section.secret("url"),
      let secret = context.secret(reference, for: "url", of: section)
    else { return nil }
    if let problem = WebhookURL.problem(in: secret.reveal()) {
      section.problem("url", "\(reference): \(problem)")
      return nil
    }
    return (secret, true)
  }

  private var isSecret: Bool { if case .secret = self { true } else { false } }
}
