import FXCore

/// The parameters that a webhook adds to its URL, or the fields of the form that it sends: texts with
/// fields of the event in double braces, and secrets.
struct WebhookFields: Sendable {
  private enum Value: Sendable {
    case template(BodyTemplate)
    case secret(Secret)
  }

  private let fields: [(name: String, value: Value)]

  /// The secrets among the values.
  var secrets: [Secret] {
    fields.compactMap { if case .secret(let secret) = $0.value { secret } else { nil } }
  }

  /// Reads a map of names with texts or secrets; nil if it is absent, or after reporting a problem.
  static func read(
    _ key: String, from section: SettingsSection, _ context: NotifierContext
  ) -> WebhookFields? {
    guard let map = section.section(key) else { return nil }
    var fields: [(name: String, value: Value)] = []
    for name in map.keys {
      guard let value = value(name, from: map, context) else { return nil }
      fields.append((name, value))
    }
    return WebhookFields(fields: fields)
  }

  private static func value(
    _ name: String, from map: SettingsSection, _ context: NotifierContext
  ) -> Value? {
    if case .map? = map.node(name)?.value {
      return map.secret(name).flatMap { context.secret($0, for: name, of: map) }.map(Value.secret)
    }
    guard let text = map.string(name) else { return nil }
    do throws(BodyTemplate.Problem) {
      return .template(try BodyTemplate(text, format: .text))
    } catch {
      map.problem(name, error.message)
      return nil
    }
  }

  /// Returns the names and values for an event, not encoded yet.
  func texts(for notification: Notification) -> [(name: String, value: String)] {
    fields.map { field in
      switch field.value {
      case .template(let template):
        (field.name, String(decoding: template.body(for: notification), as: UTF8.self))
      case .secret(let secret): (field.name, secret.reveal())
      }
    }
  }
}
