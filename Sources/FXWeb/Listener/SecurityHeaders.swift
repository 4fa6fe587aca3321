import FXCore
import FXServer

/// The headers of every answer that limit what a browser does with it.
enum SecurityHeaders {
  private static let all = [
    HTTPHeader(
      "Content-Security-Policy",
      "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src"
        + " 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"),
    HTTPHeader("X-Content-Type-Options", "nosniff"),
    // With "no-referrer" a form of a page would be sent with the Origin "null", as if from elsewhere.
    HTTPHeader("Referrer-Policy", "same-origin"),
    HTTPHeader("Cross-Origin-Resource-Policy", "same-origin"),
  ]

  /// Returns an answer with them, and with `Cache-Control: no-cache` unless it has another.
  static func added(to response: WebResponse) -> WebResponse {
    var response = response
    response.headers += all
    if !response.headers.contains(where: { $0.name == "Cache-Control" }) {
      response.headers.append(HTTPHeader("Cache-Control", "no-cache"))
    }
    return response
  }
}
