import CBench
import FXCore
import FXHTTP
import FXSystem

/// How fast requests are made on loopback.
enum TransferRows {
  private static let rounds = 3

  /// A page of 20 KB over 1 and over 16 connections.
  static func get(_ surroundings: Environment) async throws -> [Result] {
    let page = [UInt8](repeating: UInt8(ascii: "x"), count: 20_000)
    return [
      try await compare(
        "GET of 20 KB, 1 connection", page: page, body: 0, connections: 1, requests: 4000, 0.5),
      try await compare(
        "GET of 20 KB, 16 connections", page: page, body: 0, connections: 16, requests: 16_000, 0.5),
    ]
  }

  /// An event over 16 connections.
  static func post(_ surroundings: Environment) async throws -> [Result] {
    [
      try await compare(
        "POST of 900 bytes, 16 connections", page: [], body: 900, connections: 16,
        requests: 16_000, 0.4)
    ]
  }

  /// Requests a second of bare libcurl.
  static func bare(body: Int, connections: Int, requests: Int) throws -> Double {
    var port: UInt16 = 0
    guard bench_server_start(&port) != nil else { throw BenchFailure("there is no port") }
    return (0..<rounds).map { _ in
      bench_curl("http://127.0.0.1:\(port)/", Int32(connections), Int32(requests), body)
    }.median
  }

  private static func compare(
    _ name: String, page: [UInt8], body: Int, connections: Int, requests: Int, _ part: Double
  ) async throws -> Result {
    var port: UInt16 = 0
    guard let server = bench_server_start(&port) else { throw BenchFailure("there is no port") }
    page.withUnsafeBytes { bench_server_show(server, $0.baseAddress, $0.count, "text/plain") }
    let url = "http://127.0.0.1:\(port)/"
    let lane = try SocketLane(label: "network")
    let transport = CurlTransport(lane: lane, userAgent: "fxwatch-bench")
    var request = HTTPRequest(url: url)
    request.allowPrivate = true
    if body > 0 {
      request.method = .post
      request.body = [UInt8](repeating: UInt8(ascii: "x"), count: body)
    }
    let sent = request
    var rates: [Double] = []
    var bare: [Double] = []
    for _ in 0..<rounds {
      bare.append(bench_curl(url, Int32(connections), Int32(requests), body))
      let start = bench_now()
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<connections {
          group.addTask(executorPreference: lane) {
            for _ in 0..<(requests / connections) { _ = try await transport.send(sent) }
          }
        }
        try await group.waitForAll()
      }
      rates.append(Double(requests) / (bench_now() - start))
    }
    await transport.shutdown()
    return Result(
      name: name, goal: .ofBaseline(part), figure: rates.median, unit: "a second",
      baseline: bare.median)
  }
}
