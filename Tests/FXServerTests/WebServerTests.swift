import FXCore
import FXServer
import Glibc
import Support
import Testing

@Suite("A web server", .timeLimit(.minutes(1)))
struct WebServerTests {
  /// A server that repeats method, path and body.
  private static func echo(_ limits: ServerLimits = ServerLimits()) -> WebServer {
    WebServer(limits: limits) { request in
      WebResponse(
        type: "text/plain",
        body: Array("\(request.method) \(request.target.path) ".utf8) + request.body)
    }
  }

  private static func answer(to text: String, port: UInt16) throws -> String {
    try #require(RawHTTP(port: port).answer(to: text))
  }

  private static func request(
    _ line: String, _ headers: String = "", body: String = ""
  ) -> String {
    "\(line) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\(headers)\r\n\(body)"
  }

  @Test("Requests get their answers; the answer to HEAD has no body")
  func answers() async throws {
    let server = Self.echo()
    let port = try await server.start(at: .internet(host: "127.0.0.1", port: 0))
    let get = try Self.answer(to: Self.request("GET /a%20b?x=1"), port: port)
    #expect(get.hasPrefix("HTTP/1.1 200 OK\r\n") && get.hasSuffix("\r\n\r\nGET /a%20b "))
    let post = try Self.answer(
      to: Self.request("POST /x", "Content-Length: 5\r\n", body: "hello"), port: port)
    #expect(post.hasSuffix("POST /x hello"))
    let chunks = try Self.answer(
      to: Self.request(
        "POST /x", "Transfer-Encoding: chunked\r\n", body: "2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n"),
      port: port)
    #expect(chunks.hasSuffix("POST /x hello"))
    let head = try Self.answer(to: Self.request("HEAD /x"), port: port)
    #expect(head.contains("Content-Length: 8\r\n") && head.hasSuffix("\r\n\r\n"))
    await server.stop()
  }

  @Test(
    "Requests that two readers could understand differently, and too long ones, are refused",
    arguments: [
      ("POST /x", "Content-Length: 5\r\nContent-Length: 6\r\n", "400"),
      ("POST /x", "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "400"),
      ("POST /x", "Content-Length: +5\r\n", "400"),
      ("POST /x", "Content-Length: 5x\r\n", "400"),
      ("POST /x", "Content-Length : 5\r\n", "400"),
      ("POST /x", "Content-Length:\r\n 5\r\n", "400"),
      ("POST /x", "X: a\rContent-Length: 5\r\n", "400"),
      ("POST /x", "Content-Length: 5\r\nTransfer-Encoding : chunked\r\n", "400"),
      ("POST /x", "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", "400"),
      ("GET /x", "A header: 5\r\n", "400"),
      ("POST /x", "Content-Length: 1000000\r\n", "413"),
      ("GET /%00", "", "400"),
      ("GET http://other.example/", "", "400"),
    ])
  func refused(line: String, headers: String, status: String) async throws {
    let server = Self.echo()
    let port = try await server.start(at: .internet(host: "127.0.0.1", port: 0))
    let answer = try Self.answer(to: Self.request(line, headers), port: port)
    #expect(answer.hasPrefix("HTTP/1.1 \(status) "), "\(answer)")
    await server.stop()
  }

  @Test(
    "A body that is somewhat too long is read before it is refused, so that its sender sees the answer"
  )
  func longBody() async throws {
    let server = Self.echo()
    let port = try await server.start(at: .internet(host: "127.0.0.1", port: 0))
    let body = String(repeating: "x", count: 100_000)
    let whole = try Self.answer(
      to: Self.request("POST /x", "Content-Length: 100000\r\n", body: body), port: port)
    #expect(whole.hasPrefix("HTTP/1.1 413 "), "\(whole)")
    let chunked = try Self.answer(
      to: Self.request(
        "POST /x", "Transfer-Encoding: chunked\r\n", body: "186a0\r\n\(body)\r\n0\r\n\r\n"),
      port: port)
    #expect(chunked.hasPrefix("HTTP/1.1 413 "), "\(chunked)")
    await server.stop()
  }

  @Test("A head beyond the memory of a connection is refused")
  func longHead() async throws {
    let server = Self.echo()
    let port = try await server.start(at: .internet(host: "127.0.0.1", port: 0))
    let long = String(repeating: "a", count: 60_000)
    let target = try Self.answer(to: Self.request("GET /\(long)"), port: port)
    #expect(
      target.hasPrefix("HTTP/1.1 414 ") || target.hasPrefix("HTTP/1.1 431 "), "\(target.prefix(80))"
    )
    let header = try Self.answer(to: Self.request("GET /", "X: \(long)\r\n"), port: port)
    #expect(header.hasPrefix("HTTP/1.1 431 "), "\(header.prefix(80))")
    await server.stop()
  }

  @Test("A Unix socket is served, one left behind is replaced, and it is removed at the end")
  func unixSocket() async throws {
    let path = "/tmp/fxwatch-web-\(getpid()).sock"
    for _ in 0..<2 {
      let server = Self.echo()
      #expect(try await server.start(at: .unix(path: path)) == 0)
      #expect(access(path, F_OK) == 0)
      await server.stop()
      #expect(access(path, F_OK) != 0)
    }
  }

  @Test("An address that cannot be used is a sentence")
  func addresses() async throws {
    let first = Self.echo()
    let port = try await first.start(at: .internet(host: "127.0.0.1", port: 0))
    await #expect(
      throws: ServerProblem(
        description: "cannot listen at 127.0.0.1:\(port): Address already in use; stop the program"
          + " that uses this address, or choose another one")
    ) { _ = try await Self.echo().start(at: .internet(host: "127.0.0.1", port: port)) }
    await first.stop()
    await #expect(throws: ServerProblem.self) {
      _ = try await Self.echo().start(at: .internet(host: "192.0.2.1", port: 0))
    }
  }
}
