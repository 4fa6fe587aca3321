package import FXCore

/// One POST that a `LocalReceiver` took.
package struct ReceivedPost: Hashable, Sendable {
  /// The path it was sent to, without a query.
  package let path: String

  /// Its headers in the order of their names.
  package let headers: [HTTPHeader]

  /// Its body as sent.
  package let body: [UInt8]

  /// One POST, its headers in any order.
  init(path: String, headers: [(name: String, value: String)], body: [UInt8]) {
    self.path = path
    self.headers = headers.sorted { $0.name < $1.name }.map { HTTPHeader($0.name, $0.value) }
    self.body = body
  }

  /// The value of a header, by name without regard to case.
  package func header(_ name: String) -> String? {
    headers.first { $0.name.lowercased() == name.lowercased() }?.value
  }
}
