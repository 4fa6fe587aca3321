import FXCore
import FXHTTP
import Support
import Testing

struct CurlTransportFailureTests {
  let transport: CurlTransport

  init() throws { transport = try ownTransport() }

  @Test("A connection closed without a response is a broken exchange")
  func closed() async throws {
    let server = try LoopbackServer { _ in .closed }
    defer { server.stop() }
    await expect(
      .broken(reason: "\(server.url): the server closed the connection without a response"),
      of: request(server, "/t0ken?key=t0ken"))
  }

  @Test("An incomplete body is a broken exchange, never a short page")
  func half() async throws {
    let server = try LoopbackServer { _ in .half(body: Array("12345678".utf8)) }
    defer { server.stop() }
    await expect(
      .broken(
        reason: "\(server.url): the server closed the connection before the end of the body"),
      of: request(server))
  }

  @Test(
    "What is not HTTP is a broken exchange", arguments: ["SSH-2.0-OpenSSH_9.2\r\n", "\r\n\r\n"])
  func notHTTP(bytes: String) async throws {
    let server = try LoopbackServer { _ in .raw(Array(bytes.utf8)) }
    defer { server.stop() }
    await expect(
      .broken(reason: "\(server.url): the response is not HTTP"), of: request(server))
  }

  @Test("A body whose Content-Length exceeds the limit is refused before it is sent")
  func announced() async throws {
    let server = try LoopbackServer { _ in
      .raw(Array("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\nx".utf8))
    }
    defer { server.stop() }
    var request = request(server)
    request.maximumBodyBytes = 4999
    await expect(.bodyTooLarge(limit: 4999), of: request)
  }

  @Test("A body without Content-Length fails beyond the limit, and may be as large as the limit")
  func unannounced() async throws {
    let pieces = [[UInt8]](repeating: [UInt8](repeating: 1, count: 1000), count: 100)
    let server = try LoopbackServer { _ in .chunked(pieces: pieces) }
    defer { server.stop() }
    var request = request(server)
    request.maximumBodyBytes = 99_999
    await expect(.bodyTooLarge(limit: 99_999), of: request)
    request.maximumBodyBytes = 100_000
    #expect(try await transport.send(request).body.count == 100_000)
  }

  @Test("A longer body of which the rest is discarded is cut, and an endless one ends")
  func discarded() async throws {
    let piece = [UInt8](repeating: 1, count: 1000)
    let server = try LoopbackServer {
      $0.target == "/long"
        ? .answer(body: [UInt8](repeating: 1, count: 50_000))
        : .chunked(pieces: [[UInt8]](repeating: piece, count: 20_000))
    }
    defer { server.stop() }
    for path in ["/long", "/endless", "/long"] {
      var request = request(server, path)
      request.method = .post
      request.maximumBodyBytes = 1024
      request.excess = .discarded(upTo: 64 << 10)
      let response = try await transport.send(request)
      #expect(response.status == 200)
      #expect(response.body == [UInt8](repeating: 1, count: 1024))
    }
  }

  @Test("The framing of a body counts, too: an endless extension of a chunk fails")
  func framing() async throws {
    let server = try LoopbackServer { _ in
      .raw(
        Array("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n1;".utf8)
          + [UInt8](repeating: UInt8(ascii: "x"), count: 64 << 20))
    }
    defer { server.stop() }
    await expect(
      .excessive(
        reason: "\(server.url) sent more than 8519680 bytes without ending the response"
      ),
      of: request(server))
    // Far less than all of it was sent.
    #expect(server.connectionCount == 1)
  }

  @Test("If all bodies together exceed their budget, only the longest fails")
  func budget() async throws {
    var limits = TransferLimits()
    limits.maximumBytesOfBodies = 3 << 20
    let transport = try ownTransport(limits: limits)
    let server = try LoopbackServer {
      .answer(body: [UInt8](repeating: 1, count: $0.target == "/long" ? 4 << 20 : 1 << 10))
    }
    defer { server.stop() }
    await #expect(
      throws: HTTPFailure.excessive(
        reason: "the bodies of all sources together exceed 3 MiB, and this one is the longest")
    ) {
      try await transport.send(request(server, "/long"))
    }
    #expect(try await transport.send(request(server, "/")).body.count == 1 << 10)
    // What was given up is not counted any more.
    for _ in 0..<4000 { _ = try await transport.send(request(server, "/")) }
  }

  @Test("A small body that inflates beyond the limit fails")
  func bomb() async throws {
    let server = try LoopbackServer { _ in
      .answer(headers: [.init("Content-Encoding", "gzip")], body: oneMebibyteOfZeros)
    }
    defer { server.stop() }
    var request = request(server)
    request.maximumBodyBytes = (1 << 20) - 1
    await expect(.bodyTooLarge(limit: (1 << 20) - 1), of: request)
    request.maximumBodyBytes = 1 << 20
    #expect(try await transport.send(request).body == [UInt8](repeating: 0, count: 1 << 20))
  }

  @Test("A body whose compression is invalid is a broken exchange")
  func damaged() async throws {
    let server = try LoopbackServer { _ in
      .answer(headers: [.init("Content-Encoding", "gzip")], body: Array("no gzip at all".utf8))
    }
    defer { server.stop() }
    await expect(
      .broken(reason: "\(server.url): the body's compression is invalid or unknown"),
      of: request(server))
  }

  @Test("A gzip stream that is cut off is a broken exchange, wherever it is cut")
  func cut() async throws {
    let whole = oneMebibyteOfZeros
    for length in [1, 9, 10, 11, 500, whole.count - 8, whole.count - 1] {
      let server = try LoopbackServer { _ in
        .answer(headers: [.init("Content-Encoding", "gzip")], body: Array(whole.prefix(length)))
      }
      defer { server.stop() }
      await expect(
        .broken(reason: "\(server.url): the compressed body ends before its end"),
        of: request(server))
    }
  }

  @Test("A gzip stream of several members is read to its end")
  func members() async throws {
    let server = try LoopbackServer { _ in
      .answer(
        headers: [.init("Content-Encoding", "gzip")],
        body: oneMebibyteOfZeros + oneMebibyteOfZeros)
    }
    defer { server.stop() }
    #expect(try await transport.send(request(server)).body.count == 2 << 20)
  }

  @Test("Headers beyond the limit fail")
  func headers() async throws {
    let server = try LoopbackServer { _ in
      .text("", (0..<300).map { .init("X-\($0)", "1") })
    }
    defer { server.stop() }
    await expect(
      .broken(reason: "its headers exceed 256 fields or 65536 bytes"), of: request(server))
  }

  @Test(
    "A server that never responds fails after the request's timeout, which the failure contains")
  func silence() async throws {
    let server = try LoopbackServer { _ in .silence }
    defer { server.stop() }
    var request = request(server)
    request.totalTimeout = .milliseconds(200)
    await expect(.timedOut(after: .milliseconds(200)), of: request)
  }

  @Test("The timeout of a request covers all of its redirects")
  func slowRedirect() async throws {
    let server = try LoopbackServer {
      $0.target == "/" ? .answer(status: 302, headers: [.init("Location", "/slow")]) : .silence
    }
    defer { server.stop() }
    var request = request(server)
    request.totalTimeout = .milliseconds(200)
    request.redirects = .followed(alsoTo: [])
    await expect(.timedOut(after: .milliseconds(200)), of: request)
  }

  @Test("A port without a listener fails with the system's reason")
  func refusedPort() async throws {
    let server = try LoopbackServer(page: "")
    server.stop()
    await expect(
      .connectionFailed(reason: "\(server.url): connection refused"),
      of: request(server, "/t0ken"))
  }

  @Test("A name that cannot exist is unresolvable")
  func unresolvable() async {
    let host = String(repeating: "x", count: 64) + ".invalid"
    await expect(.unresolvable(host: host), of: HTTPRequest(url: "http://\(host)/t0ken"))
  }

  @Test("Only http and https are opened", arguments: ["file:///etc/passwd", "ftp://127.0.0.1/"])
  func schemes(url: String) async {
    let scheme = url.prefix { $0 != ":" }
    await expect(
      .unusableURL(reason: "unsupported scheme '\(scheme)'; use http or https"),
      of: HTTPRequest(url: url))
  }

  func expect(_ failure: HTTPFailure, of request: HTTPRequest) async {
    await #expect(throws: failure) { try await transport.send(request) }
  }

  func request(_ server: LoopbackServer, _ target: String = "/") -> HTTPRequest {
    var request = HTTPRequest(url: server.url + target)
    request.allowPrivate = true
    return request
  }
}

/// 2^20 zero bytes as gzip: a header and a deflate stream of one literal and matches of 258 bytes,
/// built bit by bit so that the repository contains no archive.
private let oneMebibyteOfZeros: [UInt8] = {
  var bytes: [UInt8] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]
  var buffer: UInt32 = 0
  var count: UInt32 = 0
  func put(_ value: UInt32, _ bits: UInt32) {
    buffer |= value << count
    count += bits
    while count >= 8 {
      bytes.append(UInt8(buffer & 0xff))
      buffer >>= 8
      count -= 8
    }
  }
  func putReversed(_ value: UInt32, _ bits: UInt32) {
    for bit in (0..<bits).reversed() { put(value >> bit & 1, 1) }
  }
  // RFC 1951 section 3.2.6, fixed codes: literal 0 is 00110000, length 258 is 11000101, distance 1
  // is 00000, end of block is 0000000.
  put(0b011, 3)
  let total = 1 << 20
  for _ in 0..<(total % 258) { putReversed(0b0011_0000, 8) }
  for _ in 0..<(total / 258) {
    putReversed(0b1100_0101, 8)
    putReversed(0, 5)
  }
  putReversed(0, 7)
  put(0, 7)
  // The CRC-32 of 2^20 zero bytes, then their number.
  for word in [UInt32(0xa738_ea1c), UInt32(total)] {
    for shift in stride(from: UInt32(0), to: 32, by: 8) {
      bytes.append(UInt8(word >> shift & 0xff))
    }
  }
  return bytes
}()
