/// The response of a server.
package struct HTTPResponse: Hashable, Sendable {
  /// The status code, after redirects.
  package let status: Int

  /// The headers in the order received.
  package let headers: [HTTPHeader]

  /// The body, decompressed.
  package private(set) var body: [UInt8]

  /// The URL after redirects.
  package let effectiveURL: String

  /// The time from the start of the transfer to its last byte.
  package let duration: Duration

  /// Creates a response.
  package init(
    status: Int, headers: [HTTPHeader], body: [UInt8], effectiveURL: String, duration: Duration
  ) {
    self.status = status
    self.headers = headers
    self.body = body
    self.effectiveURL = effectiveURL
    self.duration = duration
  }

  /// Removes the body and returns it, so that its memory can be freed before that of the rest.
  package mutating func takeBody() -> [UInt8] {
    defer { body = [] }
    return body
  }

  /// Returns the last value of a header; the case of its name is ignored.
  package func header(_ name: String) -> String? {
    headers.last { $0.isNamed(name) }?.value
  }
}
