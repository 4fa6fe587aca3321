import FXCore
import FXHTTP
import Support
import Testing

@Suite(.enabled(if: TLSServer.isPossible, "openssl and python3 are needed to make a TLS server"))
struct HTTP2Tests {
  let transport: CurlTransport

  init() throws { transport = try ownTransport() }

  private func post(_ server: TLSServer, to path: String = "") -> HTTPRequest {
    var request = HTTPRequest(url: "https://localhost:\(server.port)/\(path)")
    request.method = .post
    request.body = Array(repeating: UInt8(ascii: "x"), count: 2000)
    request.allowPrivate = true
    request.authoritiesFile = server.authoritiesFile
    return request
  }

  @Test(
    "A stream or connection that the server ends is repeated once, at once, on a new connection",
    arguments: ["reset", "refused", "goaway", "close", "early"])
  func repeated(fault: String) async throws {
    let server = try TLSServer(host: "localhost", program: HTTP2Server.program(fault, times: 1))
    defer { server.stop() }
    let response = try await transport.send(post(server))
    #expect(response.status == 204)
    #expect(response.duration < .seconds(4))
  }

  @Test(
    "A server that ends every connection fails, after two attempts", arguments: ["reset", "close"])
  func alwaysEnded(fault: String) async throws {
    let server = try TLSServer(host: "localhost", program: HTTP2Server.program(fault, times: 99))
    defer { server.stop() }
    await #expect(throws: HTTPFailure.self) { try await transport.send(post(server)) }
  }

  @Test("A request that may not use a private address ends no connection of one that may")
  func apart() async throws {
    let server = try TLSServer(host: "localhost", program: HTTP2Server.program("none", times: 0))
    defer { server.stop() }
    var untrusting = post(server)
    untrusting.allowPrivate = false
    let refused = untrusting
    let allowed = post(server)
    let transport = transport
    let statuses = await withTaskGroup(of: Int?.self, returning: [Int].self) { group in
      for index in 0..<120 {
        group.addTask { try? await transport.send(index % 2 == 0 ? allowed : refused).status }
      }
      return await group.reduce(into: []) { if let status = $1 { $0.append(status) } }
    }
    #expect(statuses == Array(repeating: 204, count: 60))
  }

  @Test("A connection may receive any number of responses")
  func manyResponses() async throws {
    let server = try TLSServer(host: "localhost", program: HTTP2Server.program("long", times: 999))
    defer { server.stop() }
    let transport = transport
    // More than the limit of four in all, while some are always in flight.
    var request = post(server)
    request.method = .get
    request.body = []
    request.maximumBodyBytes = 8 << 10
    let posted = request
    let statuses = try await withThrowingTaskGroup(of: Int.self, returning: Set<Int>.self) {
      group in
      for _ in 0..<4 { group.addTask { try await transport.send(posted).status } }
      for _ in 0..<400 {
        #expect(try await group.next() == 200)
        group.addTask { try await transport.send(posted).status }
      }
      return try await group.reduce(into: []) { $0.insert($1) }
    }
    #expect(statuses == [200])
  }

  @Test("Endless padding of a body fails")
  func padding() async throws {
    let server = try TLSServer(
      host: "localhost", program: HTTP2Server.program("padding", times: 999))
    defer { server.stop() }
    var request = post(server)
    request.maximumBodyBytes = 1 << 10
    await #expect(
      throws: HTTPFailure.excessive(
        reason: "https://localhost:\(server.port) sent more than 133120 bytes without"
          + " ending the response")
    ) {
      try await transport.send(request)
    }
  }
}

/// A server that speaks just enough HTTP/2 to answer 204, and that fails in the ways of its argument.
private enum HTTP2Server {
  /// Returns a program whose first requests, over all connections, end with a fault.
  static func program(_ fault: String, times: Int) -> String {
    "fault, times = '\(fault)', \(times)\n" + program
  }

  private static let program = #"""
    import socket, ssl, struct, threading
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain("server.pem", "server.key")
    context.set_alpn_protocols(["h2"])
    def frame(kind, flags, stream, payload=b""):
        return struct.pack(">I", len(payload))[1:] + bytes([kind, flags]) + struct.pack(">I", stream) + payload
    def exactly(connection, count):
        data = b""
        while len(data) < count:
            piece = connection.recv(count - len(data))
            if not piece: raise EOFError
            data += piece
        return data
    def fails():
        global times
        times -= 1
        return times >= 0
    OK, NO_CONTENT = b"\x88", b"\x89"
    def serve(connection):
        try:
            connection = context.wrap_socket(connection, server_side=True)
            exactly(connection, 24)
            connection.sendall(frame(4, 0, 0))
            failing = {}
            while True:
                head = exactly(connection, 9)
                size, kind, flags = int.from_bytes(head[:3], "big"), head[3], head[4]
                stream = int.from_bytes(head[5:9], "big") & 0x7fffffff
                exactly(connection, size)
                if kind == 4 and not flags & 1: connection.sendall(frame(4, 1, 0))
                # Every byte received may be sent again: the window is of the whole connection.
                if kind == 0 and size: connection.sendall(frame(8, 0, 0, struct.pack(">I", size)))
                if kind == 1:
                    failing[stream] = fails()
                    if failing[stream] and fault == "early":
                        connection.sendall(frame(1, 5, stream, NO_CONTENT) + frame(3, 0, stream, struct.pack(">I", 5)))
                if kind in (0, 1) and flags & 1:
                    if not failing[stream]:
                        connection.sendall(frame(1, 5, stream, NO_CONTENT))
                    elif fault == "reset":
                        connection.sendall(frame(3, 0, stream, struct.pack(">I", 2)))
                    elif fault == "refused":
                        connection.sendall(frame(3, 0, stream, struct.pack(">I", 7)))
                    elif fault == "long":
                        connection.sendall(frame(1, 4, stream, OK) + frame(0, 1, stream, bytes(8192)))
                    elif fault == "padding":
                        connection.sendall(frame(1, 4, stream, OK))
                        while True: connection.sendall(60 * frame(0, 8, stream, b"\xff" + bytes(255)))
                    elif fault == "goaway":
                        connection.sendall(frame(7, 0, 0, struct.pack(">II", 0, 2)))
                        connection.close()
                        return
                    elif fault == "close":
                        connection.close()
                        return
        except (EOFError, OSError):
            pass
    server = socket.create_server(("127.0.0.1", 0))
    print(server.getsockname()[1], flush=True)
    while True:
        threading.Thread(target=serve, args=(server.accept()[0],), daemon=True).start()
    """#
}
