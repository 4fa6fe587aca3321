/// Why a transfer gave no response.
///
/// The texts never contain a header value or a body; of an address they contain scheme, host and
/// port only, because paths and queries can carry tokens.
package enum HTTPFailure: Error, Hashable, Sendable {
  /// The URL cannot be used: `reason` says why.
  case unusableURL(reason: String)
  case unresolvable(host: String)
  /// The name resolved to an address that `allowPrivate: false` refuses.
  case privateAddress(address: String)
  case connectionFailed(reason: String)
  case timedOut(after: Duration)
  case tls(reason: String)
  case bodyTooLarge(limit: Int)
  /// A redirect that the policy does not follow.
  case redirected(toHost: String)
  /// The peer broke the protocol or closed early.
  case broken(reason: String)
  /// The transport was shut down.
  case cancelled
}
