import FXCore
import FXHTTP
import Support
import Testing

struct CurlTransportTests {
  let transport: CurlTransport

  init() throws { transport = try ownTransport() }

  @Test("A response has its status, headers in order, body and URL")
  func get() async throws {
    let server = try LoopbackServer { _ in
      .text("rates", status: 404, [.init("X-B", "2"), .init("X-A", "1"), .init("X-B", "3")])
    }
    defer { server.stop() }
    let response = try await transport.send(request(server, "/rates?day=1"))
    #expect(response.status == 404)
    #expect(response.body == Array("rates".utf8))
    #expect(
      response.headers.prefix(3) == [
        HTTPHeader("X-B", "2"), HTTPHeader("X-A", "1"), HTTPHeader("X-B", "3"),
      ])
    #expect(response.effectiveURL == "\(server.url)/rates?day=1")
    #expect(response.duration > .zero)
  }

  @Test("A request has the headers User-Agent, Accept and Accept-Encoding")
  func requestHeaders() async throws {
    let server = try LoopbackServer(page: "")
    defer { server.stop() }
    _ = try await transport.send(request(server))
    let received = try #require(server.requests.first)
    #expect(received.method == "GET")
    #expect(received.header("User-Agent") == "fxwatch/test")
    #expect(
      received.header("Accept")
        == "application/json, application/xml, text/xml, text/html;q=0.9, text/csv;q=0.9, */*;q=0.8"
    )
    #expect(received.header("Accept-Encoding") == "deflate, gzip, br, zstd")
    #expect(received.header("Cookie") == nil)
  }

  @Test("A request's headers replace the default ones, and none is left for the next request")
  func ownHeaders() async throws {
    let server = try LoopbackServer(page: "")
    defer { server.stop() }
    var own = request(server)
    own.headers = [
      HTTPHeader("accept", "text/csv"), HTTPHeader("User-Agent", "other"),
      HTTPHeader("If-None-Match", "\"a\""), HTTPHeader("X-Empty", ""),
    ]
    _ = try await transport.send(own)
    _ = try await transport.send(request(server))
    let received = server.requests
    #expect(
      received[0].headers.filter { $0.name.lowercased() == "accept" }.map(\.value) == ["text/csv"])
    #expect(received[0].headers.filter { $0.name == "User-Agent" }.map(\.value) == ["other"])
    #expect(received[0].header("If-None-Match") == "\"a\"")
    #expect(received[0].header("X-Empty") == "")
    #expect(received[1].header("If-None-Match") == nil)
    #expect(received[1].header("User-Agent") == "fxwatch/test")
  }

  @Test(
    "A body of any size is posted unchanged, and the next GET has none",
    arguments: [0, 2, 3 << 20])
  func post(size: Int) async throws {
    let server = try LoopbackServer(page: "ok")
    defer { server.stop() }
    var posted = request(server)
    posted.method = .post
    posted.body = (0..<size).map { UInt8(truncatingIfNeeded: $0) }
    posted.headers = [HTTPHeader("Content-Type", "application/json")]
    #expect(try await transport.send(posted).status == 200)
    #expect(try await transport.send(request(server)).status == 200)
    let received = server.requests
    #expect(received[0].method == "POST")
    #expect(received[0].body == posted.body)
    #expect(received[0].header("Content-Type") == "application/json")
    #expect(received[0].header("Expect") == nil)
    #expect(received[1].method == "GET")
    #expect(received[1].body == [])
    #expect(received[1].header("Content-Type") == nil)
  }

  @Test("The limits of one request do not apply to the next one on the same handle")
  func limits() async throws {
    let server = try LoopbackServer(page: "twelve bytes")
    defer { server.stop() }
    var small = request(server)
    small.maximumBodyBytes = 3
    for _ in 0..<2 {
      await #expect(throws: HTTPFailure.bodyTooLarge(limit: 3)) { try await transport.send(small) }
      #expect(try await transport.send(request(server)).body == Array("twelve bytes".utf8))
    }
  }

  @Test("304 is a response like any other")
  func notModified() async throws {
    let server = try LoopbackServer { _ in .answer(status: 304, headers: [.init("ETag", "\"a\"")]) }
    defer { server.stop() }
    let response = try await transport.send(request(server))
    #expect(response.status == 304)
    #expect(response.body == [])
    #expect(response.header("etag") == "\"a\"")
  }

  @Test("A chunked body is joined")
  func chunks() async throws {
    let server = try LoopbackServer { _ in .chunked(pieces: [[1, 2], [3], [4, 5]]) }
    defer { server.stop() }
    #expect(try await transport.send(request(server)).body == [1, 2, 3, 4, 5])
  }

  @Test("Fifty transfers at once all end, within the limit of connections")
  func parallel() async throws {
    var limits = TransferLimits()
    limits.maximumConnections = 8
    let transport = try ownTransport(limits: limits)
    let server = try LoopbackServer { .text($0.target) }
    defer { server.stop() }
    let bodies = try await withThrowingTaskGroup(of: String.self) { group in
      for number in 0..<50 {
        let request = request(server, "/\(number)")
        group.addTask { String(decoding: try await transport.send(request).body, as: UTF8.self) }
      }
      return try await group.reduce(into: Set<String>()) { $0.insert($1) }
    }
    #expect(bodies == Set((0..<50).map { "/\($0)" }))
    #expect(server.connectionCount <= 8)
  }

  @Test("Consecutive transfers share a connection")
  func reuse() async throws {
    let server = try LoopbackServer(page: "ok")
    defer { server.stop() }
    for _ in 0..<5 { _ = try await transport.send(request(server)) }
    #expect(server.connectionCount == 1)
  }

  @Test("Two hundred transfers and a shutdown leave no descriptor behind")
  func descriptors() async throws {
    let server = try LoopbackServer { $0.target == "/closed" ? .closed : .text("ok") }
    defer { server.stop() }
    let fds = OwnSockets(port: server.port)
    for number in 0..<200 {
      _ = try? await transport.send(request(server, number % 3 == 0 ? "/closed" : "/"))
    }
    #expect(fds.count <= 8)
    await transport.shutdown()
    #expect(fds.count == 0)
  }

  func request(_ server: LoopbackServer, _ target: String = "/") -> HTTPRequest {
    var request = HTTPRequest(url: server.url + target)
    request.allowPrivate = true
    return request
  }
}
