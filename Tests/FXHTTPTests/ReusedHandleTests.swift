import FXCore
import FXHTTP
import Support
import Testing

@Suite("Reused handles and sockets")
struct ReusedHandleTests {
  let transport: CurlTransport

  init() throws { transport = try ownTransport() }

  @Test("Headers of any number and length are sent in order, and none is left for the next request")
  func manyHeaders() async throws {
    let server = try LoopbackServer(page: "")
    defer { server.stop() }
    let many = (0..<60).map {
      HTTPHeader("X-\($0)", String(repeating: "v\($0)", count: 1 + 7 * $0))
    }
    var posted = request(server, .post)
    posted.headers = many
    _ = try await transport.send(posted)
    _ = try await transport.send(request(server, .post))
    let (first, second) = (server.requests[0].headers, server.requests[1].headers)
    #expect(
      first.filter { $0.name.hasPrefix("X-") }.map { HTTPHeader($0.name, $0.value) } == many)
    #expect(second.map(\.name).sorted() == ["Accept", "Content-Length", "Host", "User-Agent"])
  }

  @Test("Credentials go only to their own endpoint, and to none after it")
  func secrets() async throws {
    let (one, other) = try (LoopbackServer(page: "one"), LoopbackServer(page: "other"))
    defer { for server in [one, other] { server.stop() } }
    for round in 0..<3 {
      var signed = request(one, .post, "/hook")
      signed.body = Array("secret \(round)".utf8)
      signed.headers = [
        HTTPHeader("content-type", "application/json"), HTTPHeader("Authorization", "Bearer t"),
        HTTPHeader("webhook-signature", "v1,\(round)"),
      ]
      #expect(try await transport.send(signed).body == Array("one".utf8))
      #expect(try await transport.send(request(other, .get)).body == Array("other".utf8))
      #expect(try await transport.send(request(other, .post)).body == Array("other".utf8))
    }
    #expect(one.requests.compactMap { $0.header("webhook-signature") } == ["v1,0", "v1,1", "v1,2"])
    #expect(one.requests.map(\.text) == ["secret 0", "secret 1", "secret 2"])
    for received in other.requests {
      #expect(received.header("Authorization") == nil)
      #expect(received.header("webhook-signature") == nil)
      #expect(received.header("content-type") == nil)
      #expect(received.body == [])
    }
  }

  @Test(
    "A redirect is followed by a handle that has posted, and posted to by one that was redirected")
  func redirected() async throws {
    let server = try LoopbackServer {
      $0.target == "/old"
        ? .answer(status: 302, headers: [.init("Location", "/new")]) : .text($0.method + $0.target)
    }
    defer { server.stop() }
    for _ in 0..<2 {
      #expect(
        try await transport.send(request(server, .post, "/hook")).body == Array("POST/hook".utf8))
      var followed = request(server, .get, "/old")
      followed.redirects = .followed(alsoTo: [])
      #expect(try await transport.send(followed).body == Array("GET/new".utf8))
      #expect(try await transport.send(request(server, .post, "/old")).status == 302)
    }
  }

  @Test("A cancelled transfer leaves nothing for the next one on its handle")
  func cancelled() async throws {
    let server = try LoopbackServer { $0.target == "/silent" ? .silence : .text("ok") }
    defer { server.stop() }
    var secret = request(server, .post, "/silent")
    secret.headers = [HTTPHeader("Authorization", "Bearer t")]
    secret.body = Array("secret".utf8)
    let sent = secret
    for round in 1...3 {
      let waiting = Task { try await transport.send(sent) }
      _ = await server.requests(atLeast: 2 * round - 1)
      waiting.cancel()
      await #expect(throws: HTTPFailure.cancelled) { try await waiting.value }
      #expect(try await transport.send(request(server, .post)).body == Array("ok".utf8))
    }
    let later = server.requests.filter { $0.target == "/" }
    #expect(later.map { $0.header("Authorization") } == [nil, nil, nil])
    #expect(later.map(\.body) == [[], [], []])
  }

  @Test("A page of any size follows a short response on the same handle")
  func sizes() async throws {
    let page = String(repeating: "0123456789", count: 30_000)
    let server = try LoopbackServer(page: page)
    defer { server.stop() }
    for method in [HTTPRequest.Method.post, .get, .post, .get] {
      #expect(try await transport.send(request(server, method)).body == Array(page.utf8))
    }
  }

  @Test(
    "A socket's number is reused by the next connection, however the previous one ended",
    arguments: ["/", "/last", "/raw", "/closed", "/half"])
  func numbers(ending: String) async throws {
    let ends = try LoopbackServer {
      switch $0.target {
      case "/last": .text("ok", [.init("Connection", "close")])
      case "/raw": .raw(Array("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".utf8))
      case "/closed": .closed
      case "/half": .half(body: Array("half of it".utf8))
      default: .text("ok")
      }
    }
    for round in 0..<10 {
      let server = try LoopbackServer(page: "\(round)")
      defer { server.stop() }
      _ = try? await transport.send(request(ends, .get, ending))
      #expect(try await transport.send(request(server, .get)).body == Array("\(round)".utf8))
      var named = request(server, .get)
      named.url = "http://localhost:\(server.port)/"
      #expect(try await transport.send(named).body == Array("\(round)".utf8))
    }
    ends.stop()
  }

  @Test("A request repeated after its connection died goes to its own endpoint")
  func sentAgain() async throws {
    let count = Locked(0)
    let other = try LoopbackServer(page: "other")
    let server = try LoopbackServer { _ in
      let number = count.withLock { count in
        count += 1
        return count
      }
      return number == 2 ? .closed : .text("number \(number)")
    }
    defer { for server in [server, other] { server.stop() } }
    var posted = request(server, .post, "/hook")
    posted.body = Array("secret".utf8)
    // The request must not be repeated at the endpoint that the handle was used for first.
    _ = try await transport.send(request(other, .post))
    #expect(try await transport.send(posted).body == Array("number 1".utf8))
    _ = try await transport.send(request(other, .post))
    // The server closes the connection instead of responding, as after an idle timeout.
    #expect(try await transport.send(posted).body == Array("number 3".utf8))
    _ = try await transport.send(request(other, .post))
    #expect(server.requests.map(\.target) == ["/hook", "/hook", "/hook"])
    #expect(server.requests.map(\.text) == ["secret", "secret", "secret"])
    #expect(other.requests.map(\.text) == ["", "", ""])
  }

  @Test("A connection that its server closes while idle is replaced")
  func closedMeanwhile() async throws {
    let server = try LoopbackServer(page: "ok")
    let port = server.port
    _ = try await transport.send(request(server, .post))
    server.stop()
    let next = try LoopbackServer(port: port) { _ in .text("next") }
    defer { next.stop() }
    for _ in 0..<3 {
      #expect(try await transport.send(request(next, .post)).body == Array("next".utf8))
    }
    #expect(next.connectionCount == 1)
  }

  func request(
    _ server: LoopbackServer, _ method: HTTPRequest.Method, _ target: String = "/"
  ) -> HTTPRequest {
    var request = HTTPRequest(url: server.url + target)
    request.method = method
    request.allowPrivate = true
    return request
  }
}
