import FXCore
import FXSystem

/// Writes events to syslog by RFC 5424: to the daemon of this machine, or to a server.
struct SyslogNotifier: Notifier {
  static let kind = NotifierKind(name: "syslog", atOnce: 1) { section, context in
    let destination =
      section.node("server") == nil
      ? SyslogDestination.local
      : section.value(
        "server",
        expected: "udp://HOST:PORT, tcp://HOST:PORT or the absolute path of a socket",
        SyslogDestination.init)
    let facility =
      section.node("facility") == nil ? .daemon : section.choice("facility", Facility.self)
    let format =
      section.node("format") == nil ? .text : section.choice("format", Format.self)
    guard let destination, let facility, let format else { return nil }
    return SyslogNotifier(
      destination: destination, facility: facility, format: format, send: context.syslog)
  }

  /// The facilities for programs that are not part of the system (RFC 5424 section 6.2.1).
  enum Facility: String, CaseIterable, Sendable {
    case user, daemon, local0, local1, local2, local3, local4, local5, local6, local7

    /// The number in the priority.
    var number: Int {
      switch self {
      case .user: 1
      case .daemon: 3
      case .local0: 16
      case .local1: 17
      case .local2: 18
      case .local3: 19
      case .local4: 20
      case .local5: 21
      case .local6: 22
      case .local7: 23
      }
    }
  }

  /// The form of the text of a message.
  enum Format: String, CaseIterable, Sendable {
    case text, json, logfmt
  }

  /// The longest text for people in UTF-16 code units; receivers accept 2048 bytes at least
  /// (RFC 5424 section 6.1).
  private static let maximumText = 600

  let destination: SyslogDestination
  let facility: Facility
  let format: Format
  let send: NotifierContext.SyslogSender

  func deliver(_ shipment: Shipment) async -> DeliveryOutcome {
    do throws(SystemError) {
      try await send(shipment.notifications.map(message(of:)), destination)
      return .delivered(detail: "sent to \(place)")
    } catch {
      return .retry(because: "\(place): \(error)")
    }
  }

  private var place: String {
    switch destination {
    case .socket(let path): path
    case .datagrams(let host, let port): "syslog at udp \(host) port \(port)"
    case .stream(let host, let port): "syslog at tcp \(host) port \(port)"
    }
  }

  /// Returns `<PRI>1 TIMESTAMP HOSTNAME APP-NAME PROCID MSGID STRUCTURED-DATA MSG`.
  ///
  /// The name of the host is left to the receiver; MSGID is the type of the event.
  private func message(of notification: Notification) -> [UInt8] {
    let priority = facility.number * 8 + Self.severity(of: notification.severity)
    let header =
      "<\(priority)>1 \(notification.timestamp) - fxwatch - \(notification.type.rawValue)"
      + " [origin software=\"fxwatch\"] "
    // The mark declares the text as UTF-8 (section 6.4).
    return Array(header.utf8) + [0xEF, 0xBB, 0xBF] + text(of: notification)
  }

  private func text(of notification: Notification) -> [UInt8] {
    switch format {
    case .text:
      Array(NotificationText(notification: notification).message.cut(to: Self.maximumText).utf8)
    case .json: notification.payload.bytes
    case .logfmt: Array(Logfmt.line(notification).utf8)
    }
  }

  private static func severity(of severity: Severity) -> Int {
    switch severity {
    case .critical: 2
    case .warning: 4
    case .notice: 5
    case .info: 6
    }
  }
}
