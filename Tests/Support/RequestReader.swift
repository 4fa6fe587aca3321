import Glibc

/// Reads HTTP/1.1 requests from a socket: a header section, and a body of the length it
/// announces.
struct RequestReader {
  let connection: Int32
  private var bytes: [UInt8] = []

  /// A reader at the start of a connection.
  init(connection: Int32) {
    self.connection = connection
  }

  /// The next request; nil at the end of the connection.
  mutating func next() -> LoopbackServer.ReceivedRequest? {
    var end = headEnd()
    while end == nil {
      guard receive() else { return nil }
      end = headEnd()
    }
    guard let end else { return nil }
    let lines = String(decoding: bytes[..<end], as: UTF8.self).split(separator: "\r\n")
    let start = (lines.first ?? "").split(separator: " ")
    guard start.count == 3 else { return nil }
    let headers = lines.dropFirst().map { line in
      let colon = line.firstIndex(of: ":") ?? line.endIndex
      let value = line[colon...].dropFirst().drop { $0 == " " }
      return LoopbackServer.Header(String(line[..<colon]), String(value))
    }
    let length = headers.first { $0.name.lowercased() == "content-length" }
    let total = end + 4 + (length.flatMap { Int($0.value) } ?? 0)
    while bytes.count < total {
      guard receive() else { return nil }
    }
    let body = Array(bytes[(end + 4)..<total])
    bytes.removeFirst(total)
    return LoopbackServer.ReceivedRequest(
      method: String(start[0]), target: String(start[1]), headers: headers, body: body)
  }

  private func headEnd() -> Int? {
    let mark = Array("\r\n\r\n".utf8)
    guard bytes.count >= mark.count else { return nil }
    return (0...(bytes.count - mark.count)).first {
      bytes[$0..<($0 + mark.count)].elementsEqual(mark)
    }
  }

  private mutating func receive() -> Bool {
    var piece = [UInt8](repeating: 0, count: 16 << 10)
    let count = recv(connection, &piece, piece.count, 0)
    guard count > 0 else { return false }
    bytes += piece[..<count]
    return true
  }
}
