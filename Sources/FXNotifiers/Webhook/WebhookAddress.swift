import FXCore

/// What a kind of notifier knows of the address it posts to.
enum WebhookAddress: Sendable {
  /// The config names it, as text or as a place where it lies.
  case any
  /// Whoever knows it can post in the administrator's name: it must not stand in the config.
  case secret
  /// The service has one for everybody; the config can name another, such as a server of one's own.
  case known(String)

  /// The address of a section's `url`; nil where there is none that could be used, which has then
  /// been reported.
  func read(
    _ section: SettingsSection, _ context: NotifierContext
  ) -> (text: Secret, isSecret: Bool)? {
    guard let node = section.node("url") else {
      switch self {
      case .known(let url): return (Secret(url), false)
      case .secret:
        section.problem(
          nil,
          "'url' is missing; write {credential: NAME} or {file: PATH} of the address to post to")
      case .any: section.problem(nil, "'url' is missing; write the address to post to")
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

extension NotifierContext {
  /// Reads a secret; nil where it cannot be had, which is then reported at `key`.
  func secret(
    _ reference: SecretReference, for key: String, of section: SettingsSection
  ) -> Secret? {
    do throws(SecretProblem) {
      return try secrets.read(reference)
    } catch {
      section.problem(key, error.message, isWarning: secretsMayBeMissing)
      return nil
    }
  }

  /// Reads the secret that a key must name; nil where it cannot be had, which has been reported.
  func requiredSecret(_ key: String, of section: SettingsSection, because reason: String) -> Secret?
  {
    guard section.node(key) != nil else {
      section.problem(nil, "'\(key)' is missing; \(reason)")
      return nil
    }
    return section.secret(key).flatMap { secret($0, for: key, of: section) }
  }
}
