import CCurl
import FXCore

/// The parts of a URL of any scheme, parsed by libcurl.
struct URLParts {
  let scheme: String
  let host: String
  let port: Int
  let text: String

  /// Parses an absolute URL and resolves each further reference against the one before.
  init(_ references: [String]) throws(HTTPFailure) {
    let longest = AddressLimits.longest
    guard references.allSatisfy({ $0.utf8.count <= longest }) else {
      throw .unusableURL(reason: "it is longer than \(longest) bytes")
    }
    guard let url = curl_url() else { throw .unusableURL(reason: "out of memory") }
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
      "it has no scheme; write it like https://bank.example/rates"
    case CURLUE_BAD_PORT_NUMBER:
      "its port is not a number from 0 to 65535"
    case CURLUE_NO_HOST, CURLUE_BAD_HOSTNAME, CURLUE_BAD_IPV6:
      "its host is not a name or address; write it like https://bank.example/rates"
    default:
      "it is not a URL; write it like https://bank.example/rates"
    }
  }
}
