package import FXCore

/// The response to a request: whole, or a stream.
package struct WebResponse: Sendable {
  /// The status code, 200 to 599.
  package var status: Int

  /// The headers; `Content-Length`, `Date` and `Connection` are added by the server.
  package var headers: [HTTPHeader]

  package var body: [UInt8]

  /// The stream that is sent in place of the body; nil without one.
  package var stream: WebStream?

  /// A response.
  package init(status: Int, headers: [HTTPHeader] = [], body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// Problem details for programs (RFC 9457).
  package static func problem(_ status: Int, title: String, detail: String) -> WebResponse {
    let json = JSONValue.object([
      .init("type", .string("about:blank")), .init("title", .string(title)),
      .init("status", .integer(status)), .init("detail", .string(detail)),
    ])
    return WebResponse(
      status: status, type: "application/problem+json", body: Array(json.description.utf8))
  }

  /// A response with a body of some type.
  package init(status: Int = 200, type: String, body: [UInt8]) {
    self.init(status: status, headers: [HTTPHeader("Content-Type", type)], body: body)
  }
}
