import FXCore
import FXServer

/// A request that cannot be answered as asked: a sentence, and for programs problem details
/// (RFC 9457).
struct WebFailure: Error, Hashable, Sendable {
  let status: Int
  let title: String
  let detail: String
  var headers: [HTTPHeader] = []

  static func invalid(_ detail: String) -> WebFailure {
    WebFailure(status: 400, title: "Bad request", detail: detail)
  }

  static func unauthorized(_ detail: String) -> WebFailure {
    WebFailure(
      status: 401, title: "Unauthorized", detail: detail,
      headers: [HTTPHeader("WWW-Authenticate", "Basic realm=\"fxwatch\", charset=\"UTF-8\"")])
  }

  static func forbidden(_ detail: String) -> WebFailure {
    WebFailure(status: 403, title: "Forbidden", detail: detail)
  }

  static func notFound(_ detail: String) -> WebFailure {
    WebFailure(status: 404, title: "Not found", detail: detail)
  }

  static func method(_ allowed: [String]) -> WebFailure {
    WebFailure(
      status: 405, title: "Method not allowed",
      detail: "this resource has only \(allowed.joined(separator: ", "))",
      headers: [HTTPHeader("Allow", allowed.joined(separator: ", "))])
  }

  static func misdirected(_ detail: String) -> WebFailure {
    WebFailure(status: 421, title: "Misdirected request", detail: detail)
  }

  static func unprocessable(_ detail: String) -> WebFailure {
    WebFailure(status: 422, title: "Unprocessable content", detail: detail)
  }

  static func tooEarly(_ detail: String, retryAfter: Duration) -> WebFailure {
    WebFailure(
      status: 429, title: "Too many requests", detail: detail,
      headers: [HTTPHeader("Retry-After", "\(retryAfter.components.seconds)")])
  }

  static func unavailable(_ detail: String) -> WebFailure {
    WebFailure(status: 503, title: "Unavailable", detail: detail)
  }

  /// The answer as clients of the request's API expect it.
  func response(to request: WebRequest) -> WebResponse {
    switch request.target.segments.first {
    case "api": return json
    case "prometheus":
      let type = status == 422 ? "execution" : status == 503 ? "unavailable" : "bad_data"
      return document([
        .init("status", .string("error")), .init("errorType", .string(type)),
        .init("error", .string(detail)),
      ])
    case "alertmanager": return document(.string(detail))
    case "frankfurter":
      return document([.init("status", .integer(status)), .init("message", .string(detail))])
    default: return page(for: request)
    }
  }

  private func document(_ members: [JSONValue.Member]) -> WebResponse { document(.object(members)) }

  private func document(_ value: JSONValue) -> WebResponse {
    var response = WebResponse.json(value, status: status)
    response.headers += headers
    return response
  }

  /// The problem details.
  var json: WebResponse {
    var response = WebResponse.problem(status, title: title, detail: detail)
    response.headers += headers
    return response
  }

  /// The page for people; text for programs that accept no HTML.
  func page(for request: WebRequest) -> WebResponse {
    var response: WebResponse
    if request.header("Accept")?.contains("text/html") == true {
      response =
        Page(title: title, current: nil) { markup in
          markup.element("p", text: detail + ".")
          markup.element("p") { $0.element("a", ["href": "/"], text: "To the overview") }
        }.response
      response.status = status
    } else {
      response = WebResponse(
        status: status, type: "text/plain; charset=utf-8", body: Array("\(title): \(detail)\n".utf8)
      )
    }
    response.headers += headers
    return response
  }
}
