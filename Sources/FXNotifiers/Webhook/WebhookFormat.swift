import FXCore

/// The method, the parameters and the body of a webhook's requests, from the keys `method`, `query`,
/// `form`, `body` and `content_type`.
struct WebhookFormat: Sendable {
  let method: WebhookMethod

  /// The parameters behind the URL; nil for none.
  private let query: WebhookFields?

  /// The form sent as the body; nil for none.
  private let form: WebhookFields?

  /// The body written in the config; nil for the payload.
  private let body: WebhookBody?

  /// The secrets in the parameters and the form.
  var secrets: [Secret] { (query?.secrets ?? []) + (form?.secrets ?? []) }

  /// True if a request contains fields of one event instead of payloads.
  var isCustom: Bool { query != nil || form != nil || body != nil || method == .get }

  /// Reads the keys; nil after reporting a problem.
  static func read(_ section: SettingsSection, _ context: NotifierContext) -> WebhookFormat? {
    let method =
      section.node("method") == nil ? .post : section.choice("method", WebhookMethod.self)
    let query = WebhookFields.read("query", from: section, context)
    let form = WebhookFields.read("form", from: section, context)
    let body = WebhookBody.read(section)
    guard let method, (query != nil) == (section.node("query") != nil),
      (form != nil) == (section.node("form") != nil)
    else { return nil }
    if form != nil, section.node("body") != nil {
      section.problem("body", "a request has one body; remove 'body' or 'form'")
    }
    if method == .get, let key = ["body", "form"].first(where: { section.node($0) != nil }) {
      section.problem(key, "a GET has no body; use 'query', or method: POST")
    }
    let format = WebhookFormat(method: method, query: query, form: form, body: body)
    if body == nil, format.isCustom, section.flag("batch") == true {
      section.problem("batch", "such a request is about one event; remove 'batch'")
    }
    return format
  }

  /// Returns the request for an event; nil if its body is the payload.
  func request(for notification: Notification) -> ServiceRequest? {
    guard isCustom else { return nil }
    var request = ServiceRequest()
    if let form {
      request = .form(form.texts(for: notification))
    } else if let body {
      request.contentType = body.contentType
      request.body = body.template.body(for: notification)
    } else if method != .get {
      notification.writePayload(identified: false, to: &request.body)
    }
    request.method = method.method
    request.query = query?.texts(for: notification) ?? []
    return request
  }
}
