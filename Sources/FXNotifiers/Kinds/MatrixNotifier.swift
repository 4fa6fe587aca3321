import FXCore

/// Sends events to a room of Matrix
/// (https://spec.matrix.org/latest/client-server-api/#put_matrixclientv3roomsroomidsendeventtypetxnid).
///
/// The identifier of an event is the transaction: the server stores an event that is sent twice once.
enum MatrixNotifier {
  static let kind = NotifierKind(name: "matrix", canGroup: true) { section, context in
    let endpoint = WebhookEndpoint(section, context: context)
    let token = context.requiredSecret(
      "token", of: section, because: "write {credential: NAME} of the bot's access token")
    let room = section.requiredString(
      "room", because: "write the room's id, such as \"!abc:example.org\"")
    guard let endpoint, let token, let room else { return nil }
    guard room.hasPrefix("!"), room.utf8.count <= 255, !room.contains(" ") else {
      section.problem(
        "room",
        "\(room.quoted) is not the id of a room, such as \"!abc:example.org\"; a client shows it in"
          + " the settings of the room")
      return nil
    }
    if let problem = WebhookHeaderRules.problem(inValue: token.reveal()) {
      section.problem("token", problem)
      return nil
    }
    let path = "/_matrix/client/v3/rooms/\(PercentEncoding.text(room))/send/m.room.message"
    return ServiceWebhook(
      endpoint: endpoint.appending(path: path).adding(
        secretHeader: "authorization", "Bearer \(token.reveal())"),
      requests: { notification in
        var request = ServiceRequest.json(content(notification))
        request.method = .put
        request.path = "/\(PercentEncoding.text(notification.id))"
        return [request]
      })
  }

  /// The longest text in UTF-16 code units; an event has at most 65 536 bytes
  /// (https://spec.matrix.org/latest/client-server-api/#size-limits).
  private static let maximumText = 4000

  /// Returns a message in plain text and in HTML, without mentions.
  private static func content(_ notification: Notification) -> JSONValue {
    let lines = NotificationText(notification: notification).lines
    let plain = lines.joined(separator: "\n").cut(to: maximumText)
    let parts = plain.split(separator: "\n").map { HTMLEscape.text(String($0)) }
    let html = "<strong>\(parts.first ?? "")</strong>"
    return .object([
      .init("msgtype", .string("m.text")),
      .init("body", .string(plain)),
      .init("format", .string("org.matrix.custom.html")),
      .init(
        "formatted_body", .string(([html] + parts.dropFirst()).joined(separator: "<br>"))),
      .init("m.mentions", .object([])),
    ])
  }
}
