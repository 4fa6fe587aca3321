package import FXCore

/// One step of a request: a single exchange with one server, the first or one a redirect led to.
///
/// Redirects are followed here and not by libcurl, so that every hop is judged before it is taken.
package struct HTTPExchange: Sendable {
  /// The request as it was made.
  package let request: HTTPRequest

  /// Whom this hop asks.
  package let address: WebAddress

  /// GET once a POST has been answered by "see other".
  package let method: HTTPRequest.Method

  /// The request's own, less credentials that are not meant for this hop's server.
  package let headers: [HTTPHeader]

  /// How many redirects led here.
  package let depth: Int

  /// The host the request named, which hops may always return to.
  private let firstHost: String

  /// The first hop of a request.
  package init(_ request: HTTPRequest) throws(HTTPFailure) {
    try self.init(request, to: try WebAddress(request.url))
  }

  /// The same where the request's address has been taken apart already.
  init(_ request: HTTPRequest, to address: WebAddress) throws(HTTPFailure) {
    self.request = request
    self.address = address
    method = request.method
    headers = request.headers
    depth = 0
    firstHost = address.host
    for header in headers where !header.isWellFormed {
      throw .unusableURL(
        reason: "the header '\(header.printableName)' that goes with it cannot be sent; "
          + "its name must be a token and its value one line")
    }
  }

  private init(from hop: HTTPExchange, to address: WebAddress, method: HTTPRequest.Method) {
    request = hop.request
    self.address = address
    self.method = method
    let isSameServer =
      address.host == hop.address.host
      && (address.port == hop.address.port || (hop.address.port == 80 && address.port == 443))
    headers = isSameServer ? hop.headers : hop.headers.filter { !$0.isCredential }
    depth = hop.depth + 1
    firstHost = hop.firstHost
  }

  /// The hop a response asks for; nil if it is an answer to give back.
  ///
  /// Throws where the request's policy does not go.
  package func next(status: Int, location: String?) throws(HTTPFailure) -> HTTPExchange? {
    guard case .followed(let others) = request.redirects, let location,
      [301, 302, 303, 307, 308].contains(status)
    else { return nil }
    guard depth < AddressLimits.redirects else {
      throw .broken(reason: "it redirects more than \(AddressLimits.redirects) times")
    }
    let target = try address.redirected(to: location) { scheme, host throws(HTTPFailure) in
      guard scheme == "https" || (scheme == "http" && address.scheme == "http") else {
        throw .redirected(toHost: "\(scheme)://\(host)")
      }
      guard host == firstHost || others.contains(where: { $0.lowercased() == host }) else {
        throw .redirected(toHost: host)
      }
    }
    // RFC 9110 section 15.4: only 307 and 308 keep the method; what browsers do for the others.
    return HTTPExchange(from: self, to: target, method: status >= 307 ? method : .get)
  }
}

extension HTTPHeader {
  /// Whether it proves who asks, which only the server it was meant for may see.
  fileprivate var isCredential: Bool {
    ["authorization", "cookie", "proxy-authorization"].contains(name.lowercased())
  }
}
