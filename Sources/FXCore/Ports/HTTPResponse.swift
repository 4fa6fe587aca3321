/// What came back.
package struct HTTPResponse: Hashable, Sendable {
  /// The status of the last response.
  package let status: Int

  /// Its headers in the order received.
  package let headers: [HTTPHeader]

  /// Its body, decompressed.
  package let body: [UInt8]

  /// Where it came from after redirects.
  package let effectiveURL: String

  /// From start to last byte.
  package let duration: Duration

  /// What came back.
  package init(
    status: Int, headers: [HTTPHeader], body: [UInt8], effectiveURL: String, duration: Duration
  ) {
    self.status = status
    self.headers = headers
    self.body = body
    self.effectiveURL = effectiveURL
    self.duration = duration
  }

  /// The last value of a header, by name without regard to case.
  package func header(_ name: String) -> String? {
    headers.last { $0.isNamed(name) }?.value
  }
}
