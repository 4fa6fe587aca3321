import FXCore

/// Sends events to phones through Pushover (https://pushover.net/api).
///
/// With `emergency: true` a critical alert is repeated until a user confirms it, or until it is resolved.
enum PushoverNotifier {
  static let kind = NotifierKind(name: "pushover") { section, context in
    let endpoint = WebhookEndpoint(
      section, context: context, address: .known("https://api.pushover.net"))
    let token = context.requiredSecret(
      "token", of: section, because: "write {credential: NAME} of the application's token")
    let user = context.requiredSecret(
      "user", of: section, because: "write {credential: NAME} of the key of the user or group")
    let emergency = section.flag("emergency") ?? false
    let device = section.string("device")
    let sound = section.string("sound")
    guard let endpoint, let token, let user else { return nil }
    let message = PushoverMessage(
      token: token, user: user, device: device, sound: sound, isEmergency: emergency)
    return ServiceWebhook(
      endpoint: endpoint.appending(path: "/1").sending(token).sending(user),
      requests: { message.requests(for: $0) })
  }
}
