import FXCore

/// A custom body of a webhook, from the keys `body` and `content_type`.
struct WebhookBody: Sendable {
  /// The content type of the payload, and the default of `content_type`.
  static let defaultType = "application/json"

  let contentType: String
  let template: BodyTemplate

  /// Reads both keys; returns nil if there is no body, or after reporting a problem.
  static func read(_ section: SettingsSection) -> WebhookBody? {
    let contentType = section.string("content_type")
    guard let text = section.string("body") else {
      if contentType != nil {
        section.problem(
          "content_type",
          "the payload is always \(defaultType); remove 'content_type', or add 'body'")
      }
      return nil
    }
    if section.flag("batch") == true {
      section.problem("batch", "a custom 'body' contains one event; remove 'batch'")
    }
    let type = contentType ?? defaultType
    guard let format = BodyTemplate.Format(contentType: type),
      WebhookHeaderRules.problem(inValue: type) == nil
    else {
      section.problem(
        "content_type",
        "unsupported content type \(type.quoted); write application/json, text/plain, "
          + "application/x-www-form-urlencoded, application/xml or text/html")
      return nil
    }
    do throws(BodyTemplate.Problem) {
      return WebhookBody(contentType: type, template: try BodyTemplate(text, format: format))
    } catch {
      let excerpt = error.bytes.map { CaretExcerpt.text(of: text, bytes: $0) } ?? ""
      let lines = excerpt.split(separator: "\n").map { "\n  \($0)" }.joined()
      section.problem("body", error.message + lines)
      return nil
    }
  }
}
