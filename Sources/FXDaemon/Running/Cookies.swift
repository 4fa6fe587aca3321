import FXCore
import FXHTTP

/// The cookies of one response, which only its host gets back (RFC 6265, without domains and paths).
struct Cookies {
  /// The most cookies that are kept, and the most bytes of one.
  private static let most = 20
  private static let longest = 4096

  private struct Cookie {
    let text: String
    let isSecure: Bool
  }

  private var cookies: [Cookie] = []
  private var host: String?

  /// No cookies.
  init() {}

  /// The cookies of a response.
  init(of response: HTTPResponse) {
    guard let address = try? WebAddress(response.effectiveURL) else { return }
    host = address.host
    for header in response.headers where header.isNamed("set-cookie") {
      let parts = header.value.split(separator: ";").map { part in
        String(part.drop { $0 == " " })
      }
      guard let text = parts.first, let mark = text.firstIndex(of: "="), mark > text.startIndex,
        text.utf8.count <= Self.longest,
        text.utf8.allSatisfy({ (0x21..<0x7F).contains($0) && $0 != UInt8(ascii: ",") }),
        cookies.count < Self.most
      else { continue }
      cookies.append(
        Cookie(
          text: text, isSecure: parts.dropFirst().contains { $0.lowercased() == "secure" }))
    }
  }

  /// Returns the header of a request to an address; nil if it gets no cookie.
  func header(for address: WebAddress) -> HTTPHeader? {
    guard address.host == host else { return nil }
    let sent = cookies.filter { !$0.isSecure || address.scheme == "https" }
    return sent.isEmpty
      ? nil : HTTPHeader("Cookie", sent.map(\.text).joined(separator: "; "))
  }
}
