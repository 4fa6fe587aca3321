import FXCore

/// A header the administrator wants sent; its value may be a secret, so it is kept as one.
struct WebhookHeader: Sendable {
  let name: String
  let value: Secret
  let isSecret: Bool
}

/// What the config says of a webhook, read and checked.
struct WebhookSettings: Sendable {
  /// During a rotation there are two; more than four only make the header long.
  private static let maximumSecrets = 4

  let url: String
  let signers: [WebhookSigner]
  let headers: [WebhookHeader]
  let allowPrivate: Bool
  let authoritiesFile: String?

  /// Reads the keys; nil where something that the webhook cannot do without was reported.
  init?(_ section: SettingsSection, context: NotifierContext) {
    let url = section.requiredString("url", because: "write the address to post to")
    if let url, let problem = WebhookURL.problem(in: url) { section.problem("url", problem) }
    let secrets = Self.secrets(section, context)
    let headers = Self.headers(section, context)
    allowPrivate = section.flag("allow_private") ?? true
    authoritiesFile = section.string("ca_file")
    guard let url, let secrets, let headers else { return nil }
    self.url = url
    self.signers = secrets
    self.headers = headers
  }

  /// The signers of `secret`; empty where the key is absent, nil where one cannot be had.
  private static func secrets(
    _ section: SettingsSection, _ context: NotifierContext
  ) -> [WebhookSigner]? {
    guard let references = section.secrets("secret") else { return [] }
    if references.count > maximumSecrets {
      section.problem(
        "secret", "\(references.count) secrets are too many; at most \(maximumSecrets) sign at once"
      )
    }
    let signers = references.compactMap { reference -> WebhookSigner? in
      guard let secret = read(reference, for: "secret", section, context) else { return nil }
      do throws(SecretProblem) {
        return try WebhookSigner(secret)
      } catch {
        section.problem("secret", "\(reference) \(error.message)")
        return nil
      }
    }
    return signers.count == references.count && !signers.isEmpty ? signers : nil
  }

  private static func headers(
    _ section: SettingsSection, _ context: NotifierContext
  ) -> [WebhookHeader]? {
    guard let map = section.section("headers") else { return [] }
    let headers = map.keys.map { name -> WebhookHeader? in
      let isSecret =
        if case .map? = map.node(name)?.value { true } else { false }
      if let problem = WebhookHeaderRules.problem(inName: name, isSecret: isSecret) {
        map.problem(name, problem)
        return nil
      }
      let value =
        isSecret
        ? map.secret(name).flatMap { read($0, for: name, map, context) }
        : map.string(name).map(Secret.init)
      guard let value else { return nil }
      if let problem = WebhookHeaderRules.problem(inValue: value.reveal()) {
        map.problem(name, problem)
        return nil
      }
      return WebhookHeader(name: name, value: value, isSecret: isSecret)
    }
    return headers.contains { $0 == nil } ? nil : headers.compactMap(\.self)
  }

  private static func read(
    _ reference: SecretReference, for key: String, _ section: SettingsSection,
    _ context: NotifierContext
  ) -> Secret? {
    do throws(SecretProblem) {
      return try context.secrets.read(reference)
    } catch {
      section.problem(key, error.message, isWarning: context.secretsMayBeMissing)
      return nil
    }
  }
}
