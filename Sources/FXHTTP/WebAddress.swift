package import FXCore

/// An absolute http or https URL, parsed by libcurl, so that the checks see what libcurl will open.
package struct WebAddress: Hashable, Sendable {
  /// `http` or `https`.
  package let scheme: String

  /// The host in lower case; numeric forms of IPv4 (`0x7f.1`, `2130706433`) as dotted decimals, IPv6
  /// in brackets.
  package let host: String

  /// The port, by default that of the scheme.
  package let port: Int

  /// The whole URL.
  ///
  /// It can contain tokens and must not be part of a failure.
  package let text: String

  /// The part that failures may contain: `https://bank.example:443`.
  package var origin: String { "\(scheme)://\(host):\(port)" }

  /// Parses a URL from a config or a command line.
  package init(_ text: String) throws(HTTPFailure) {
    guard !text.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7f }) else {
      throw .unusableURL(
        reason: "it contains a space or a control character; write a space as %20")
    }
    let parts = try URLParts([text])
    guard parts.scheme == "http" || parts.scheme == "https" else {
      throw .unusableURL(reason: "unsupported scheme '\(parts.scheme)'; use http or https")
    }
    self.init(parts)
  }

  private init(_ parts: URLParts) {
    scheme = parts.scheme
    host = parts.host
    port = parts.port
    text = parts.text
  }

  /// Returns the URL of a response's `Location` header, relative to this one.
  ///
  /// `check` throws if the redirect is not allowed.
  package func redirected(
    to location: String, _ check: (_ scheme: String, _ host: String) throws(HTTPFailure) -> Void
  ) throws(HTTPFailure) -> WebAddress {
    guard !location.utf8.contains(where: { $0 < 0x20 || $0 == 0x7f }),
      let parts = try? URLParts([text, location])
    else { throw .broken(reason: "it redirects to an invalid URL") }
    try check(parts.scheme, parts.host)
    return WebAddress(parts)
  }
}
