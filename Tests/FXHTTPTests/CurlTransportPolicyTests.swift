import FXCore
import FXHTTP
import Support
import Testing

struct CurlTransportPolicyTests {
  let transport: CurlTransport

  init() throws { transport = try ownTransport() }

  @Test(
    "Loopback is refused in every notation, and nothing is sent to it",
    arguments: [
      "127.0.0.1", "localhost", "2130706433", "0x7f000001", "0177.1", "0", "[::ffff:127.0.0.1]",
    ])
  func loopback(host: String) async throws {
    let server = try LoopbackServer(page: "")
    defer { server.stop() }
    let failure = await #expect(throws: HTTPFailure.self) {
      try await transport.send(HTTPRequest(url: "http://\(host):\(server.port)/"))
    }
    let isRefusal = if case .privateAddress = failure { true } else { false }
    #expect(isRefusal, "\(String(describing: failure))")
    #expect(server.connectionCount == 0)
  }

  @Test("A connection opened with allowPrivate is not used by a request without it")
  func reuse() async throws {
    let server = try LoopbackServer(page: "")
    defer { server.stop() }
    var request = HTTPRequest(url: server.url)
    request.allowPrivate = true
    #expect(try await transport.send(request).status == 200)
    request.allowPrivate = false
    await #expect(throws: HTTPFailure.privateAddress(address: "127.0.0.1")) {
      try await transport.send(request)
    }
    #expect(server.requests.count == 1)
  }

  @Test("A proxy gets the request and resolves its host; the environment's is not used")
  func proxy() async throws {
    let proxy = try LoopbackServer { received in .text("through \(received.target)") }
    defer { proxy.stop() }
    var request = HTTPRequest(url: "http://bank.example/rates")
    request.proxy = Secret(proxy.url)
    let response = try await transport.send(request)
    #expect(String(decoding: response.body, as: UTF8.self) == "through http://bank.example/rates")
  }

  @Test(
    "A proxy is not asked for a private address or a name of its own network",
    arguments: [
      "127.0.0.1", "localhost", "2130706433", "0177.1", "10.0.0.1", "[::1]", "metadata",
      "a.localhost",
    ])
  func privateThroughProxy(host: String) async throws {
    let proxy = try LoopbackServer(page: "")
    defer { proxy.stop() }
    var request = HTTPRequest(url: "http://\(host)/")
    request.proxy = Secret(proxy.url)
    let failure = await #expect(throws: HTTPFailure.self) { try await transport.send(request) }
    let isRefusal = if case .privateAddress = failure { true } else { false }
    #expect(isRefusal, "\(String(describing: failure))")
    #expect(proxy.connectionCount == 0)
  }

  @Test("A redirect is returned unless the request follows redirects")
  func returned() async throws {
    let server = try LoopbackServer { _ in redirect("/b") }
    defer { server.stop() }
    let response = try await transport.send(request(server))
    #expect(response.status == 302)
    #expect(response.header("Location") == "/b")
    #expect(server.requests.count == 1)
  }

  @Test("Up to five redirects on the same host are followed")
  func followed() async throws {
    let server = try LoopbackServer { received in
      let number = Int(received.target.dropFirst()) ?? 0
      return number < 5 ? redirect("\(number + 1)") : .text("here")
    }
    defer { server.stop() }
    var request = request(server, "/0")
    request.redirects = .followed(alsoTo: [])
    let response = try await transport.send(request)
    #expect(response.body == Array("here".utf8))
    #expect(response.effectiveURL == "\(server.url)/5")
    #expect(response.header("Location") == nil)
  }

  @Test("A loop of redirects ends after five")
  func loop() async throws {
    let server = try LoopbackServer { _ in redirect("/") }
    defer { server.stop() }
    var request = request(server)
    request.redirects = .followed(alsoTo: [])
    await #expect(throws: HTTPFailure.broken(reason: "more than 5 redirects")) {
      try await transport.send(request)
    }
    #expect(server.requests.count == 6)
  }

  @Test("A redirect to another host fails, and to a listed one it is followed")
  func otherHost() async throws {
    let target = try LoopbackServer(page: "there")
    defer { target.stop() }
    let server = try LoopbackServer { _ in redirect("http://localhost:\(target.port)/") }
    defer { server.stop() }
    var request = request(server)
    request.redirects = .followed(alsoTo: [])
    await #expect(throws: HTTPFailure.redirected(toHost: "localhost")) {
      try await transport.send(request)
    }
    #expect(target.connectionCount == 0)
    request.redirects = .followed(alsoTo: ["localhost"])
    #expect(try await transport.send(request).body == Array("there".utf8))
  }

  @Test("Cancelling the task ends the transfer, before it starts or while it waits")
  func cancelled() async throws {
    let server = try LoopbackServer { _ in .silence }
    defer { server.stop() }
    let request = request(server)
    let waiting = Task { try await transport.send(request) }
    _ = await server.requests(atLeast: 1)
    waiting.cancel()
    await #expect(throws: HTTPFailure.cancelled) { try await waiting.value }
    let early = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try await transport.send(request)
    }
    await #expect(throws: HTTPFailure.cancelled) { try await early.value }
  }

  @Test("Shutting down ends every transfer, and nothing starts afterwards")
  func shutdown() async throws {
    let server = try LoopbackServer { _ in .silence }
    defer { server.stop() }
    let request = request(server)
    let tasks = (0..<3).map { _ in Task { try await transport.send(request) } }
    _ = await server.requests(atLeast: 3)
    await transport.shutdown()
    for task in tasks {
      await #expect(throws: HTTPFailure.cancelled) { try await task.value }
    }
    await #expect(throws: HTTPFailure.cancelled) { try await transport.send(request) }
    #expect(OwnSockets(port: server.port).count == 0)
  }

  @Test("A transport closes its event set when it shuts down or is released")
  func eventSets() async throws {
    let server = try LoopbackServer(page: "")
    defer { server.stop() }
    for number in 0..<300 {
      let transport = try ownTransport()
      _ = try await transport.send(request(server))
      if number.isMultiple(of: 2) { await transport.shutdown() }
    }
    #expect(openEventSets() < 150)
  }

  func request(_ server: LoopbackServer, _ target: String = "/") -> HTTPRequest {
    var request = HTTPRequest(url: server.url + target)
    request.allowPrivate = true
    return request
  }
}

private func redirect(_ location: String) -> LoopbackServer.Reply {
  .answer(status: 302, headers: [.init("Location", location)])
}
