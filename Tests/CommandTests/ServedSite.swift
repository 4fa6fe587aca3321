import Foundation
import Support
import Testing

/// A daemon with a page, at a port that was free a moment ago.
struct ServedSite {
  /// The header of those who may write.
  static let bearer = ["Authorization": "Bearer 0123456789abcdef0123456789abcdef"]

  let installation: Installation
  let page: LoopbackServer
  let receiver: Receiver
  let daemon: ChildProcess
  let port: UInt16

  /// Starts a daemon that watches the page of a ticker, with more settings of the page.
  init(_ settings: String = "", ticker: Ticker = Ticker(tjs: "0.10000")) async throws {
    page = try LoopbackServer(page: ticker.text)
    receiver = try Receiver()
    installation = try Installation()
    port = try Self.freePort()
    for (name, token) in [("write", "0123456789abcdef"), ("read", "fedcba9876543210")] {
      try installation.scratch.write("\(token)\(token)\n", to: name)
      try #require(chmod(installation.scratch.file(name), 0o600) == 0)
    }
    try Self.configure(installation, page, receiver, "127.0.0.1:\(port)", settings)
    daemon = try await installation.daemon()
    _ = await page.requests(atLeast: 2)
  }

  private static func configure(
    _ installation: Installation, _ page: LoopbackServer, _ receiver: Receiver, _ address: String,
    _ settings: String
  ) throws {
    try installation.configure(
      """
      sources: {timesca: \(Installation.ticker(page.url))}
      rules: {high: {when: rate > 0.11, pairs: [TJS/USD]}}
      notifiers: {ops: \(Installation.webhook(receiver.url))}
      web: {listen: "\(address)", write_token: {file: write}\(settings)}

      """)
  }

  /// Writes the config with another address of the page.
  func listen(at address: String) throws {
    try Self.configure(installation, page, receiver, address, "")
  }

  /// Returns a port that no program listens at.
  static func freePort() throws -> UInt16 {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
      }
    }
    try #require(isBound)
    return UInt16(bigEndian: address.sin_port)
  }

  /// Lets the rule fire and returns the alert.
  func fire() async throws -> String {
    page.answer(page: Ticker(tjs: "0.12000").text)
    let firing = try await receiver.taken(1)
    return try #require(firing[0]["alert_id"])
  }

  func ask(
    _ path: String, _ method: String = "GET", _ headers: [String: String] = [:], body: String = ""
  ) throws -> RawHTTP.Answer {
    try #require(RawHTTP(port: port).send(method, path, headers, body: body), "\(path)")
  }

  func json(_ path: String) throws -> Any {
    let answer = try ask(path)
    #expect(answer.status == 200, "\(path): \(answer.body)")
    return try JSONSerialization.jsonObject(with: Data(answer.body.utf8))
  }

  func stop() async throws {
    daemon.signal(SIGTERM)
    #expect(try await daemon.ending().status == 0)
  }
}
