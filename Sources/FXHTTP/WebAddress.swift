import CCurl
package import FXCore

/// An absolute http or https URL, taken apart by libcurl's own parser: what is judged is what will be
/// opened.
package struct WebAddress: Hashable, Sendable {
  /// `http` or `https`.
  package let scheme: String

  /// In lower case; numeric spellings of IPv4 (`0x7f.1`, `2130706433`) as dotted decimals, IPv6 in
  /// brackets.
  package let host: String

  /// The scheme's own where none is written.
  package let port: Int

  /// All of it.
  ///
  /// It can carry tokens: never part of a failure.
  package let text: String

  /// What may be told of it: `https://bank.example:443`.
  package var origin: String { "\(scheme)://\(host):\(port)" }

  /// Reads an address as a person or a config wrote it.
  package init(_ text: String) throws(HTTPFailure) {
    guard !text.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7f }) else {
      throw .unusableURL(reason: "it contains a space or a control character; write it as %20")
    }
    let parts = try URLParts([text])
    guard parts.scheme == "http" || parts.scheme == "https" else {
      throw .unusableURL(reason: "'\(parts.scheme)' is not opened; use http or https")
    }
    self.init(parts)
  }

  private init(_ parts: URLParts) {
    scheme = parts.scheme
    host = parts.host
    port = parts.port
    text = parts.text
  }

  /// Where a response's `Location` leads from here, judged by `policy`.
  package func redirected(
    to location: String, _ judge: (_ scheme: String, _ host: String) throws(HTTPFailure) -> Void
  ) throws(HTTPFailure) -> WebAddress {
    guard !location.utf8.contains(where: { $0 < 0x20 || $0 == 0x7f }),
      let parts = try? URLParts([text, location])
    else { throw .broken(reason: "it redirects to something that is not an address") }
    try judge(parts.scheme, parts.host)
    return WebAddress(parts)
  }
}

/// An address in libcurl's own keeping, for CURLOPT_CURLU: it is to live as long as a handle has it.
final class ParsedURL {
  let pointer: OpaquePointer

  /// Takes an address apart that `WebAddress` has judged; nil without memory.
  init?(_ text: String) {
    guard let pointer = curl_url() else { return nil }
    self.pointer = pointer
    let flags = UInt32(CURLU_NON_SUPPORT_SCHEME)
    guard curl_url_set(pointer, CURLUPART_URL, text, flags) == CURLUE_OK else { return nil }
  }

  deinit { curl_url_cleanup(pointer) }
}

/// The parts of a URL of any scheme.
private struct URLParts {
  let scheme: String
  let host: String
  let port: Int
  let text: String

  /// Resolves each reference against the one before, the first being absolute.
  init(_ references: [String]) throws(HTTPFailure) {
    let longest = AddressLimits.longest
    guard references.allSatisfy({ $0.utf8.count <= longest }) else {
      throw .unusableURL(reason: "it is longer than \(longest) bytes")
    }
    guard let url = curl_url() else { throw .unusableURL(reason: "there is no memory to read it") }
    defer { curl_url_cleanup(url) }
    let flags = UInt32(CURLU_NON_SUPPORT_SCHEME | CURLU_URLENCODE)
    for reference in references {
      let code = curl_url_set(url, CURLUPART_URL, reference, flags)
      guard code == CURLUE_OK else {
        throw .unusableURL(reason: Self.reason(code))
      }
    }
    func part(_ which: CURLUPart, _ flags: Int32 = 0) -> String? {
      var text: UnsafeMutablePointer<CChar>?
      guard curl_url_get(url, which, &text, UInt32(flags)) == CURLUE_OK, let text else {
        return nil
      }
      defer { curl_free(text) }
      return String(cString: text)
    }
    guard let scheme = part(CURLUPART_SCHEME), let text = part(CURLUPART_URL) else {
      throw .unusableURL(reason: Self.reason(CURLUE_MALFORMED_INPUT))
    }
    self.scheme = scheme.lowercased()
    self.text = text
    host = part(CURLUPART_HOST)?.lowercased() ?? ""
    port = part(CURLUPART_PORT, CURLU_DEFAULT_PORT).flatMap { Int($0) } ?? 0
  }

  private static func reason(_ code: CURLUcode) -> String {
    switch code {
    case CURLUE_BAD_SCHEME:
      "it is not a whole address; write it like https://bank.example/rates"
    case CURLUE_BAD_PORT_NUMBER:
      "its port is not a number from 0 to 65535"
    case CURLUE_NO_HOST, CURLUE_BAD_HOSTNAME, CURLUE_BAD_IPV6:
      "its host is not a name or address; write it like https://bank.example/rates"
    default:
      "it is not an address; write it like https://bank.example/rates"
    }
  }
}
