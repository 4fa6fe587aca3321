import FXCore
import FXDaemon
import FXServer

/// The rights of clients.
///
/// The names by which the server may be addressed keep a page of another site, whose name was made to
/// point here (DNS rebinding), from reading. Tokens are sent as `Authorization: Bearer TOKEN`, or by
/// browsers as the password of Basic authentication with any user name. A browser's request that
/// writes must come from a page of this server.
struct AccessControl: Sendable {
  private let settings: WebSettings
  private let hosts: Set<String>

  /// The access that settings allow.
  init(_ settings: WebSettings) {
    self.settings = settings
    var hosts = Set(settings.hosts + ["localhost", "127.0.0.1", "[::1]"])
    if case .internet(let host, _) = settings.address {
      hosts.insert(host.contains(":") ? "[\(host)]" : host)
    }
    self.hosts = hosts
  }

  /// Returns why a request is refused for the name it was sent to; nil if it is not.
  func refusalOfHost(_ request: WebRequest) -> WebFailure? {
    guard let host = request.header("Host") else {
      return .invalid("the request has no header Host, or several")
    }
    // A Unix socket has no name that could be made to point to it.
    if case .unix = settings.address { return nil }
    guard hosts.contains(Self.name(of: host)) || isAddress(Self.name(of: host)) else {
      return .misdirected(
        "this server is not called \(host.quoted); add the name to web.hosts if it is")
    }
    return nil
  }

  /// Returns why a request is refused for what it needs; nil if it is not.
  func refusal(of request: WebRequest, for access: Route.Access) -> WebFailure? {
    switch access {
    case .open: return nil
    case .link:
      return request.method == "GET" || request.method == "HEAD" || isSameOrigin(request)
        ? nil : .forbidden("a page of another site must not write here")
    case .reading:
      guard let token = settings.readToken else { return nil }
      let isKnown = [token, settings.writeToken].contains { carries($0, request) }
      return isKnown ? nil : .unauthorized("reading needs the token of web.read_token")
    case .writing:
      guard let token = settings.writeToken else {
        return .forbidden("nothing can be written: the config has no web.write_token")
      }
      guard carries(token, request) else {
        return .unauthorized("writing needs the token of web.write_token")
      }
      return isSameOrigin(request)
        ? nil : .forbidden("a page of another site must not write here")
    }
  }

  /// True for a numeric address where all addresses of this machine are served: it is not a name that
  /// could be made to point here.
  private func isAddress(_ name: String) -> Bool {
    guard case .internet(let host, _) = settings.address, host == "0.0.0.0" || host == "::" else {
      return false
    }
    return name.hasPrefix("[") || name.utf8.allSatisfy { (48...57).contains($0) || $0 == 46 }
  }

  private func isSameOrigin(_ request: WebRequest) -> Bool {
    // Browsers that send this header set it themselves; their Origin may be "null" all the same.
    if let site = request.header("Sec-Fetch-Site") {
      return ["same-origin", "none"].contains(site)
    }
    guard let origin = request.header("Origin") else { return true }
    guard let host = request.header("Host")?.lowercased() else { return false }
    return ["http://\(host)", "https://\(host)"].contains(origin.lowercased())
  }

  private func carries(_ token: Secret?, _ request: WebRequest) -> Bool {
    guard let token, let header = request.header("Authorization") else { return false }
    let words = header.split(separator: " ", maxSplits: 1)
    guard words.count == 2 else { return false }
    let sent: [UInt8]? =
      switch words[0].lowercased() {
      case "bearer": Array(words[1].utf8)
      case "basic":
        Base64.decoded(words[1]).flatMap { credentials in
          credentials.firstIndex(of: UInt8(ascii: ":")).map { Array(credentials[($0 + 1)...]) }
        }
      default: nil
      }
    return sent.map { Self.areEqual($0, Array(token.reveal().utf8)) } ?? false
  }

  /// Compares in a time that depends on the length of what was sent only.
  private static func areEqual(_ sent: [UInt8], _ expected: [UInt8]) -> Bool {
    var difference = UInt8(sent.count == expected.count ? 0 : 1)
    for (index, byte) in sent.enumerated() {
      difference |= byte ^ expected[index % max(1, expected.count)]
    }
    return difference == 0
  }

  /// The host of a header, without its port.
  private static func name(of host: String) -> String {
    let host = host.lowercased()
    if host.hasPrefix("["), let end = host.firstIndex(of: "]") { return String(host[...end]) }
    return String(host.split(separator: ":", omittingEmptySubsequences: false)[0])
  }
}
