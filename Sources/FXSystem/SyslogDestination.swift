import FXCore

/// The receiver of syslog messages.
package enum SyslogDestination: Hashable, Sendable {
  /// The socket of this machine, such as `/dev/log`.
  case socket(path: String)
  /// A server that gets datagrams (RFC 5426).
  case datagrams(host: String, port: UInt16)
  /// A server that gets messages over TCP, each with its length (RFC 6587 section 3.4.1).
  case stream(host: String, port: UInt16)

  /// The socket that programs of this machine log to.
  package static let local = SyslogDestination.socket(path: "/dev/log")

  /// Reads `udp://192.0.2.1:514`, `tcp://logs.example:601`, `tcp://[2001:db8::1]` or the absolute path
  /// of a socket; nil for anything else.
  ///
  /// The ports are 514 and 601 by default (RFC 5426, RFC 3195).
  package init?(_ text: String) {
    if text.hasPrefix("/"), text.utf8.count <= 100, !text.utf8.contains(0) {
      self = .socket(path: text)
      return
    }
    let parts = text.split(separator: "://", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { return nil }
    var host = parts[1]
    var port: UInt16?
    if let colon = host.lastIndex(of: ":"), !host.hasSuffix("]"),
      host.hasPrefix("[") || host.firstIndex(of: ":") == colon
    {
      guard let number = UInt16(host[host.index(after: colon)...]), number > 0 else { return nil }
      port = number
      host = String(host[..<colon])
    }
    if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
    let isHost =
      (1...253).contains(host.utf8.count)
      && host.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-._:%".contains($0)) }
    guard isHost else { return nil }
    switch parts[0] {
    case "udp": self = .datagrams(host: host, port: port ?? 514)
    case "tcp": self = .stream(host: host, port: port ?? 601)
    default: return nil
    }
  }
}
