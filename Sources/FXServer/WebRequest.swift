package import FXCore

/// A request that a `WebServer` received, whole.
package struct WebRequest: Hashable, Sendable {
  /// The method as sent, such as `GET`; methods are case-sensitive.
  package let method: String

  /// The path and the query.
  package let target: RequestTarget

  /// The headers in the order in which they were sent.
  package let headers: [HTTPHeader]

  /// The body; empty without one.
  package let body: [UInt8]

  /// A request.
  package init(
    method: String, target: RequestTarget, headers: [HTTPHeader] = [], body: [UInt8] = []
  ) {
    self.method = method
    self.target = target
    self.headers = headers
    self.body = body
  }

  /// Returns the value of a header by its case-insensitive name; nil unless there is exactly one.
  package func header(_ name: String) -> String? {
    let name = name.lowercased()
    let values = headers.filter { $0.name.lowercased() == name }
    return values.count == 1 ? values[0].value : nil
  }
}
