/// The reason why a transfer has no response.
///
/// The texts never contain a header value or a body. Of a URL they contain scheme, host and port
/// only, because paths and queries can contain tokens.
package enum HTTPFailure: Error, Hashable, Sendable {
  /// The URL is invalid or not allowed.
  case unusableURL(reason: String)
  case unresolvable(host: String)
  /// The host has an address that `allowPrivate: false` forbids.
  case privateAddress(address: String)
  case connectionFailed(reason: String)
  case timedOut(after: Duration)
  case tls(reason: String)
  case bodyTooLarge(limit: Int)
  /// The server redirects to a host that the policy does not allow.
  case redirected(toHost: String)
  /// The peer violated the protocol or closed the connection early.
  case broken(reason: String)
  /// The transport was shut down.
  case cancelled
}
