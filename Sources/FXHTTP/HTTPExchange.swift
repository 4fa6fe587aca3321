package import FXCore

/// One exchange of a request with one server: the first, or one that a redirect leads to.
///
/// Redirects are followed here and not by libcurl, so that each is checked first.
package struct HTTPExchange: Sendable {
  /// The original request.
  package let request: HTTPRequest

  /// The URL of this exchange.
  package let address: WebAddress

  /// The method; GET after a POST was redirected with 301, 302 or 303.
  package let method: HTTPRequest.Method

  /// The request's headers, without credentials after a redirect to another origin.
  package let headers: [HTTPHeader]

  /// The number of redirects before this exchange.
  package let depth: Int

  /// Indicates whether it is the second attempt, after the server ended the connection of the first.
  private(set) var isRepeated = false

  /// The host of the original request, which redirects may always return to.
  private let firstHost: String

  /// Creates the first exchange of a request.
  package init(_ request: HTTPRequest) throws(HTTPFailure) {
    try self.init(request, to: try WebAddress(request.url))
  }

  /// Creates the first exchange of a request whose URL has been parsed.
  init(_ request: HTTPRequest, to address: WebAddress) throws(HTTPFailure) {
    self.request = request
    self.address = address
    method = request.method
    headers = request.headers
    depth = 0
    firstHost = address.host
    try Self.checkThroughProxy(request, address)
    for header in headers where !header.isWellFormed {
      throw .unusableURL(
        reason: "its header '\(header.printableName)' is not valid; "
          + "use a token as its name and one line as its value")
    }
  }

  private init(from previous: HTTPExchange, to address: WebAddress, method: HTTPRequest.Method) {
    request = previous.request
    self.address = address
    self.method = method
    let redaction = previous.request.redaction
    headers =
      previous.address.isOrigin(of: address)
      ? previous.headers
      : previous.headers.filter { !$0.isCredential && !redaction.isFound(in: $0.value) }
    depth = previous.depth + 1
    firstHost = previous.firstHost
  }

  /// Returns the same exchange, to be performed once more on a new connection; nil where it is the
  /// second attempt already.
  var repeated: HTTPExchange? {
    guard !isRepeated else { return nil }
    var exchange = self
    exchange.isRepeated = true
    return exchange
  }

  /// Returns the exchange that a redirect leads to; nil if the response is final.
  ///
  /// Throws if the request's policy does not allow the redirect.
  package func next(status: Int, location: String?) throws(HTTPFailure) -> HTTPExchange? {
    guard case .followed(let others) = request.redirects, let location,
      [301, 302, 303, 307, 308].contains(status)
    else { return nil }
    guard depth < AddressLimits.redirects else {
      throw .broken(reason: "more than \(AddressLimits.redirects) redirects")
    }
    let target = try address.redirected(to: location) { scheme, host throws(HTTPFailure) in
      guard scheme == "https" || (scheme == "http" && address.scheme == "http") else {
        throw .redirected(toHost: "\(scheme)://\(host)")
      }
      guard host == firstHost || others.contains(where: { $0.lowercased() == host }) else {
        throw .redirected(toHost: host)
      }
    }
    // RFC 9110 section 15.4: only 307 and 308 keep the method; browsers change it for the others.
    let method = status >= 307 ? method : .get
    guard method == .get || address.isOrigin(of: target) || !hasSecretBody else {
      throw .unusableURL(
        reason: "it redirects to \(target.host), which must not receive the body with the key; "
          + "use the new address in the config if it is the publisher's")
    }
    try Self.checkThroughProxy(request, target)
    return HTTPExchange(from: self, to: target, method: method)
  }

  /// Throws if a proxy would be asked for a private address or for its own machine.
  private static func checkThroughProxy(
    _ request: HTTPRequest, _ address: WebAddress
  ) throws(HTTPFailure) {
    guard request.proxy != nil, !request.allowPrivate else { return }
    let host = address.host.filter { $0 != "[" && $0 != "]" }
    if AddressPolicy.isPrivate(host: host)
      || !host.contains(".") && InternetAddress(text: host) == nil
    {
      throw .privateAddress(address: host)
    }
  }

  private var hasSecretBody: Bool {
    !request.redaction.isEmpty
      && request.redaction.isFound(in: String(decoding: request.body, as: UTF8.self))
  }
}

extension WebAddress {
  /// Returns true if a redirect from here to an address stays on this server, possibly with TLS.
  fileprivate func isOrigin(of target: WebAddress) -> Bool {
    host == target.host && (port == target.port || (port == 80 && target.port == 443))
  }
}

extension HTTPHeader {
  /// Indicates whether the header carries credentials, which only the original server may receive.
  fileprivate var isCredential: Bool {
    ["authorization", "cookie", "proxy-authorization"].contains(name.lowercased())
  }
}
