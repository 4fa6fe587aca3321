import Glibc

/// An HTTP client for tests that writes requests byte for byte, so that invalid ones can be sent, too.
package struct RawHTTP: Sendable {
  /// An answer, with its head divided.
  package struct Answer: Sendable {
    package let status: Int
    package let headers: [(name: String, value: String)]
    package let body: String

    /// The value of the first header of a name, which is case-insensitive.
    package func header(_ name: String) -> String? {
      headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
  }

  private let port: UInt16

  /// A client of a server on 127.0.0.1.
  package init(port: UInt16) { self.port = port }

  /// Sends bytes and returns everything that comes back until the server closes the connection; nil if
  /// it cannot connect.
  package func answer(to text: String) -> String? {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
    let isConnected = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
    guard isConnected else { return nil }
    let bytes = Array(text.utf8)
    _ = Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    var received: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = recv(descriptor, &chunk, chunk.count, 0)
      guard count > 0 else { return String(decoding: received, as: UTF8.self) }
      received += chunk[..<count]
    }
  }

  /// Sends a request on a connection of its own; nil if there is no answer.
  package func send(
    _ method: String, _ target: String, _ headers: [String: String] = [:], body: String = ""
  ) -> Answer? {
    var fields = ["Host": "127.0.0.1:\(port)", "Connection": "close"]
    if !body.isEmpty { fields["Content-Length"] = "\(body.utf8.count)" }
    fields.merge(headers) { $1 }
    let head = fields.map { "\($0.key): \($0.value)\r\n" }.joined()
    return answer(to: "\(method) \(target) HTTP/1.1\r\n\(head)\r\n\(body)").flatMap(Self.parsed)
  }

  private static func parsed(_ text: String) -> Answer? {
    let parts = text.split(separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false)
    let lines = parts[0].split(separator: "\r\n")
    guard let status = lines.first?.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
    else { return nil }
    let headers = lines.dropFirst().map { line in
      let sides = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      let value = sides.count > 1 ? sides[1].drop { $0 == " " } : ""
      return (name: String(sides[0]), value: String(value))
    }
    return Answer(status: status, headers: headers, body: parts.count > 1 ? String(parts[1]) : "")
  }
}
