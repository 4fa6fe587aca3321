import FXCore

/// The requests to Pushover about an event.
struct PushoverMessage: Sendable {
  /// Pushover's limits of a title and of a message, in characters (https://pushover.net/api#limits).
  private static let maximumTitle = 250
  private static let maximumText = 1024

  /// The interval between repetitions, and their end, in seconds; at least 30 and at most 10 800
  /// (https://pushover.net/api#priority).
  private static let retry = 60
  private static let expire = 10_800

  let token: Secret
  let user: Secret

  /// The name of the only device; nil for all of the user.
  let device: String?

  /// The name of a sound; nil for the user's default.
  let sound: String?

  /// True if critical alerts are repeated until they are confirmed.
  let isEmergency: Bool

  /// Returns the message, and before the end of an alert that may be repeated what stops that.
  func requests(for notification: Notification) -> [ServiceRequest] {
    let text = NotificationText(notification: notification)
    let body = text.lines.dropFirst().joined(separator: "\n").cut(to: Self.maximumText)
    let priority = priority(of: notification, isEnd: text.isEnd)
    var fields: [(name: String, value: String)] = [
      ("token", token.reveal()), ("user", user.reveal()),
      ("title", "\(text.sign) \(text.title)".cut(to: Self.maximumTitle)),
      ("message", body.isEmpty ? text.title : body),
      ("priority", "\(priority)"),
      ("timestamp", "\(notification.timestamp.milliseconds.flooredDivision(by: 1000))"),
    ]
    if let device { fields.append(("device", device)) }
    if let sound { fields.append(("sound", sound)) }
    let tag = (notification["alert_id"] ?? notification.id).filter {
      $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_")
    }
    if priority == 2 {
      fields += [
        ("retry", "\(Self.retry)"), ("expire", "\(Self.expire)"), ("tags", tag),
      ]
    }
    var message = ServiceRequest.form(fields)
    message.path = "/messages.json"
    guard isEmergency, text.isEnd, notification["alert_id"] != nil else { return [message] }
    // https://pushover.net/api/receipts#cancel
    var cancel = ServiceRequest.form([("token", token.reveal())])
    cancel.path = "/receipts/cancel_by_tag/\(PercentEncoding.text(tag)).json"
    return [cancel, message]
  }

  /// Returns the priority from -1 (no sound) to 2 (repeated).
  private func priority(of notification: Notification, isEnd: Bool) -> Int {
    guard !isEnd else { return 0 }
    return switch notification.severity {
    case .critical: isEmergency ? 2 : 1
    case .warning, .notice: 0
    case .info: -1
    }
  }
}
