import Crypto
package import FXCore

/// Links to the page of an alert and to its acknowledgement, for messages to people.
///
/// A link that acknowledges has an expiry and a code, HMAC-SHA256 with a key that is derived from the token
/// for writing; a person who has the link may acknowledge this alert, and nothing else.
package struct AlertLinks: Sendable {
  /// The time for which a link acknowledges, from the event on.
  private static let lifetime: Duration = .seconds(86_400)

  private let base: String
  private let key: SymmetricKey?

  /// Links to pages below a URL; without a token for writing none acknowledges.
  package init(publicURL: String, writeToken: Secret?) {
    base = publicURL
    key = writeToken.map { token in
      let context = Array("fxwatch acknowledge ".utf8)
      return SymmetricKey(data: Array(SHA256.hash(data: context + Array(token.reveal().utf8))))
    }
  }

  /// Returns an event about an alert with `links`; any other as it is.
  func added(to event: Notification) -> Notification {
    guard let alert = event["alert_id"], case .object(let members) = event.data else {
      return event
    }
    var links: [JSONValue.Member] = [
      .init("alert", .string("\(base)/alerts/\(Self.escaped(alert))"))
    ]
    if [.alertFiring, .alertReminder].contains(event.type),
      let path = path(ofAlert: alert, expires: event.timestamp + Self.lifetime)
    {
      links.append(.init("acknowledge", .string(base + path)))
    }
    return Notification(
      id: event.id, type: event.type, timestamp: event.timestamp,
      data: .object(members + [.init("links", .object(links))]))
  }

  /// Returns the path of the link that acknowledges an alert; nil without a token for writing.
  package func path(ofAlert alert: String, expires: Timestamp) -> String? {
    let seconds = expires.milliseconds / 1000
    return code(alert, seconds).map { "/acknowledge/\(Self.escaped(alert))/\(seconds)/\($0)" }
  }

  /// True if the parts of a link belong together; the time of the comparison does not depend on the code.
  package func isGenuine(alert: String, expires: Int64, code: String) -> Bool {
    guard let expected = self.code(alert, expires) else { return false }
    let (sent, own) = (Array(code.utf8), Array(expected.utf8))
    guard sent.count == own.count else { return false }
    return zip(sent, own).reduce(UInt8(0)) { $0 | $1.0 ^ $1.1 } == 0
  }

  private func code(_ alert: String, _ expires: Int64) -> String? {
    key.map { key in
      let code = HMAC<SHA256>.authenticationCode(for: Array("\(alert) \(expires)".utf8), using: key)
      return code.prefix(16).map { byte in
        (byte < 16 ? "0" : "") + String(byte, radix: 16)
      }.joined()
    }
  }

  /// Underscores are escaped, because chats would read them as marks of emphasis.
  private static func escaped(_ alert: String) -> String { alert.replacing("_", with: "%5F") }
}
