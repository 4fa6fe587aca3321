import FXCore

/// Posts events as CloudEvents 1.0 in the structured mode of the HTTP binding
/// (https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/http-protocol-binding.md).
enum CloudEventsNotifier {
  static let kind = NotifierKind(name: "cloudevents") { section, context in
    let endpoint = WebhookEndpoint(section, context: context)
    let source = section.string("source") ?? "/fxwatch"
    if source.isEmpty || !source.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) {
      section.problem(
        "source",
        "\(source.quoted) is not a URI; write it like https://host.example/fxwatch")
    }
    return endpoint.map { endpoint in
      ServiceWebhook(endpoint: endpoint, contentType: "application/cloudevents+json; charset=utf-8")
      { body($0, source: source) }
    }
  }

  /// Returns the body; `source` and `id` together identify the event, as the specification requires.
  private static func body(_ notification: Notification, source: String) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("specversion", .string("1.0")),
      .init("id", .string(notification.id)),
      .init("source", .string(source)),
      .init("type", .string("fxwatch.\(notification.type.rawValue)")),
      .init("time", .string(notification.timestamp.description)),
      .init("datacontenttype", .string("application/json")),
    ]
    if let subject = notification["pair"] ?? notification["source"] {
      members.append(.init("subject", .string(subject)))
    }
    members.append(.init("data", notification.data))
    return .object(members)
  }
}
