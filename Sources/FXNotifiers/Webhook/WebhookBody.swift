import FXCore

/// A body of the administrator's own, by the keys `body` and `content_type`.
struct WebhookBody: Sendable {
  /// What the payload is, and a body whose type is not written.
  static let usualType = "application/json"

  let contentType: String
  let template: BodyTemplate

  /// Reads both keys; nil where there is no body, or none that can be used, which has been reported.
  static func read(_ section: SettingsSection) -> WebhookBody? {
    let contentType = section.string("content_type")
    guard let text = section.string("body") else {
      if contentType != nil {
        section.problem(
          "content_type", "the payload is always \(usualType); leave it out, or write a body")
      }
      return nil
    }
    if section.flag("batch") == true {
      section.problem("batch", "a body of one's own tells one event; leave batch out")
    }
    let type = contentType ?? usualType
    guard let format = BodyTemplate.Format(contentType: type),
      WebhookHeaderRules.problem(inValue: type) == nil
    else {
      section.problem(
        "content_type",
        "how to escape in \(type.quoted) is not known; write application/json, text/plain, "
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
