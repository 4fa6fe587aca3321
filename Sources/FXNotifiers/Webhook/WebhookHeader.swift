import FXCore

/// A header from the config; its value may be a secret and is kept as one.
struct WebhookHeader: Sendable {
  let name: String
  let value: Secret
  let isSecret: Bool
}
