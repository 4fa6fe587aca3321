package import FXCore

/// A POST request received by a `LocalReceiver`.
package struct ReceivedPost: Hashable, Sendable {
  /// The path without a query.
  package let path: String

  /// The headers sorted by name.
  package let headers: [HTTPHeader]

  /// The body as sent.
  package let body: [UInt8]

  /// Creates a received request; the headers may be in any order.
  init(path: String, headers: [HTTPHeader], body: [UInt8]) {
    self.path = path
    self.headers = headers.sorted { $0.name < $1.name }
    self.body = body
  }

  /// Returns the value of a header by its case-insensitive name.
  package func header(_ name: String) -> String? {
    headers.first { $0.name.lowercased() == name.lowercased() }?.value
  }
}
