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
  /// The response exceeds another limit: of what is sent for a body, or of all bodies together.
  case excessive(reason: String)
  /// The server redirects to a host that the policy does not allow.
  case redirected(toHost: String)
  /// The peer violated the protocol or closed the connection early.
  case broken(reason: String)
  /// The transport was shut down.
  case cancelled
}

extension HTTPFailure {
  /// Returns the failure without the secrets of its request, which a server can put into the names of
  /// hosts and certificates.
  package func redacted(by redaction: Redaction) -> HTTPFailure {
    switch self {
    case .unusableURL(let reason): .unusableURL(reason: redaction.redacted(reason))
    case .unresolvable(let host): .unresolvable(host: redaction.redacted(host))
    case .connectionFailed(let reason): .connectionFailed(reason: redaction.redacted(reason))
    case .tls(let reason): .tls(reason: redaction.redacted(reason))
    case .redirected(let host): .redirected(toHost: redaction.redacted(host))
    case .broken(let reason): .broken(reason: redaction.redacted(reason))
    case .excessive(let reason): .excessive(reason: redaction.redacted(reason))
    case .privateAddress, .timedOut, .bodyTooLarge, .cancelled: self
    }
  }
}
