import Foundation
import Glibc

/// A scripted HTTP/1.1 server on 127.0.0.1, for tests of clients.
///
/// Its responses are a function of the request, which can be replaced while it runs (`page`). It
/// records every request. Each connection has its own thread and is kept open as HTTP/1.1 requires;
/// `stop` closes them all.
package final class LoopbackServer: Sendable {
  /// One request as received.
  package struct ReceivedRequest: Hashable, Sendable {
    package let method: String
    package let target: String
    package let headers: [Header]
    package let body: [UInt8]

    /// The body as text.
    package var text: String { String(decoding: body, as: UTF8.self) }

    /// The first value of a header, by name; its case is ignored.
    package func header(_ name: String) -> String? {
      headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
  }

  /// One header line.
  package struct Header: Hashable, Sendable {
    package let name: String
    package let value: String

    /// One header line.
    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// The reaction to a request.
  package enum Reply: Sendable {
    /// A response with `Content-Length`, added unless the headers contain one.
    case answer(status: Int = 200, headers: [Header] = [], body: [UInt8] = [])
    /// A response with `Transfer-Encoding: chunked`, one chunk for each piece.
    case chunked(status: Int = 200, headers: [Header] = [], pieces: [[UInt8]])
    /// These bytes; then the connection is closed.
    case raw([UInt8])
    /// The connection is closed without a response.
    case closed
    /// A response that announces the whole body and sends half of it; then the connection is closed.
    case half(body: [UInt8])
    /// No response, until the server stops or the client closes the connection.
    case silence

    /// Returns a response with a text.
    package static func text(_ text: String, status: Int = 200, _ headers: [Header] = []) -> Reply {
      .answer(status: status, headers: headers, body: Array(text.utf8))
    }
  }

  /// Answers one request; runs on the connection's thread.
  package typealias Handler = @Sendable (ReceivedRequest) -> Reply

  /// The port chosen by the system.
  package let port: Int

  /// `http://127.0.0.1:PORT`, without a path.
  package var url: String { "http://127.0.0.1:\(port)" }

  /// The reason why a server cannot start.
  package struct StartFailure: Error {
    package let call: String
    package let number: Int32
  }

  private struct State {
    var handler: Handler
    var requests: [ReceivedRequest] = []
    var waiting: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
    var connections: Set<Int32> = []
    var accepted = 0
    var isStopped = false
  }

  private let listener: Int32
  private let state: Locked<State>

  /// Starts to listen, on a port of the system's choice or on this one.
  package init(port wanted: Int = 0, _ handler: @escaping Handler) throws {
    state = Locked(State(handler: handler))
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    self.listener = listener
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
    address.sin_port = UInt16(wanted).bigEndian
    var reuse: Int32 = 1
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &reuse, socklen_t(MemoryLayout<Int32>.size))
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isListening = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, $0, size) == 0 && listen(listener, 512) == 0
          && getsockname(listener, $0, &size) == 0
      }
    }
    port = Int(UInt16(bigEndian: address.sin_port))
    guard isListening else { throw StartFailure(call: "listen", number: errno) }
    Thread.detachNewThread { [self] in acceptConnections() }
  }

  /// A server that answers every request with `page`.
  package convenience init(page: String) throws {
    try self.init { _ in .text(page) }
  }

  /// Replaces the responses.
  package func answer(_ handler: @escaping Handler) {
    state.withLock { $0.handler = handler }
  }

  /// Answers every request with `page` from now on.
  package func answer(page: String) {
    answer { _ in .text(page) }
  }

  /// The requests so far, in order.
  package var requests: [ReceivedRequest] { state.withLock { $0.requests } }

  /// The number of connections so far.
  package var connectionCount: Int { state.withLock { $0.accepted } }

  /// Waits for `count` requests, and returns all.
  ///
  /// Ends at once when the server stops.
  package func requests(atLeast count: Int) async -> [ReceivedRequest] {
    await withCheckedContinuation { continuation in
      let isThere = state.withLock { state in
        if state.requests.count >= count || state.isStopped { return true }
        state.waiting.append((count, continuation))
        return false
      }
      if isThere { continuation.resume() }
    }
    return requests
  }

  /// Closes the port and every connection.
  package func stop() {
    let waiting = state.withLock { state in
      guard !state.isStopped else {
        return [] as [(count: Int, continuation: CheckedContinuation<Void, Never>)]
      }
      state.isStopped = true
      // Their threads wake up and close them.
      for connection in state.connections { shutdown(connection, Int32(SHUT_RDWR)) }
      shutdown(listener, Int32(SHUT_RDWR))
      defer { state.waiting = [] }
      return state.waiting
    }
    for (_, continuation) in waiting { continuation.resume() }
  }

  private func acceptConnections() {
    while true {
      let connection = accept(listener, nil, nil)
      guard connection >= 0 else { break }
      let isWelcome = state.withLock { state in
        guard !state.isStopped else { return false }
        state.accepted += 1
        return state.connections.insert(connection).inserted
      }
      if isWelcome {
        Thread.detachNewThread { [self] in serve(connection) }
      } else {
        close(connection)
      }
    }
    close(listener)
  }

  private func serve(_ connection: Int32) {
    var reader = RequestReader(connection: connection)
    while let request = reader.next() {
      let (reply, ready) = state.withLock { state in
        state.requests.append(request)
        let count = state.requests.count
        defer { state.waiting.removeAll { $0.count <= count } }
        return (state.handler, state.waiting.filter { $0.count <= count })
      }
      for (_, continuation) in ready { continuation.resume() }
      guard send(reply(request), on: connection) else { break }
    }
    // Removed before it is closed: the number can be reused at once.
    state.withLock { _ = $0.connections.remove(connection) }
    close(connection)
  }

  /// Carries a reply out; false when the connection is over.
  private func send(_ reply: Reply, on connection: Int32) -> Bool {
    switch reply {
    case .answer(let status, var headers, let body):
      if !headers.contains(where: { $0.name.lowercased() == "content-length" }) && status != 304 {
        headers.append(Header("Content-Length", "\(body.count)"))
      }
      return write(head(status, headers) + body, to: connection)
    case .chunked(let status, let headers, let pieces):
      var bytes = head(status, headers + [Header("Transfer-Encoding", "chunked")])
      for piece in pieces where !piece.isEmpty {
        bytes += Array("\(String(piece.count, radix: 16))\r\n".utf8) + piece + Array("\r\n".utf8)
      }
      return write(bytes + Array("0\r\n\r\n".utf8), to: connection)
    case .raw(let bytes):
      _ = write(bytes, to: connection)
      return false
    case .closed:
      return false
    case .half(let body):
      let headers = [Header("Content-Length", "\(body.count)")]
      _ = write(head(200, headers) + body.prefix(body.count / 2), to: connection)
      return false
    case .silence:
      var byte: UInt8 = 0
      while recv(connection, &byte, 1, 0) > 0 {}
      return false
    }
  }

  private func head(_ status: Int, _ headers: [Header]) -> [UInt8] {
    let lines = headers.map { "\($0.name): \($0.value)\r\n" }.joined()
    return Array("HTTP/1.1 \(status) Scripted\r\n\(lines)\r\n".utf8)
  }

  private func write(_ bytes: [UInt8], to connection: Int32) -> Bool {
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes {
        Glibc.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      sent += count
    }
    return true
  }
}
