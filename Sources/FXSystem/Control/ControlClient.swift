import Glibc

/// Sends one request to the daemon that owns a state directory.
package struct ControlClient: Sendable {
  private let directory: String

  /// A client of the daemon that uses this state directory.
  package init(directory: String) { self.directory = directory }

  /// Returns the daemon's answer to a request.
  ///
  /// Blocks the thread for up to `patience`; meant for a command that does nothing else.
  package func answer(
    to request: String, patience: Duration
  ) throws(ControlProblem) -> [UInt8] {
    let deadline = SystemClock().monotonic() + patience
    let received: [UInt8]
    do throws(SystemError) {
      let descriptor = try connected(patience: patience)
      defer { close(descriptor) }
      try ControlSocket.send(
        Array("\(ControlSocket.greeting) \(request)\n".utf8), to: descriptor, until: deadline)
      received = try Self.receiveAll(from: descriptor, until: deadline)
    } catch {
      throw Self.problem(error)
    }
    return try Self.body(of: received)
  }

  private func connected(patience: Duration) throws(SystemError) -> Int32 {
    try ControlSocket.open(in: directory) { (descriptor, address, length) throws(SystemError) in
      ControlSocket.setPatience(patience, of: descriptor)
      guard connect(descriptor, address, length) == 0 else { throw .last }
    }
  }

  /// Receives until the daemon closes the connection.
  private static func receiveAll(
    from descriptor: Int32, until deadline: Duration
  ) throws(SystemError) -> [UInt8] {
    let limit = ControlSocket.maximumAnswerBytes + ControlSocket.maximumLineBytes
    var bytes: [UInt8] = []
    while bytes.count <= limit {
      let more = try ControlSocket.receive(from: descriptor, atMost: 64 << 10, until: deadline)
      guard !more.isEmpty else { break }
      bytes += more
    }
    return bytes
  }

  /// Returns the bytes after the first line, which contains their number.
  private static func body(of bytes: [UInt8]) throws(ControlProblem) -> [UInt8] {
    guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")) else { throw .noAnswer }
    let words = String(decoding: bytes[..<end], as: UTF8.self).split(separator: " ")
    guard words.count == 3, words[0] == ControlSocket.greeting, words[1] == "ok" else {
      throw .unknownRequest
    }
    let body = Array(bytes[(end + 1)...])
    guard Int(words[2]) == body.count else { throw .noAnswer }
    return body
  }

  private static func problem(_ error: SystemError) -> ControlProblem {
    switch error.code {
    case ENOENT, ENOTDIR, ECONNREFUSED: .notRunning
    case EACCES, EPERM: .notPermitted
    case ETIMEDOUT, EAGAIN, EPIPE, ECONNRESET: .noAnswer
    default: .failed(error)
    }
  }
}
