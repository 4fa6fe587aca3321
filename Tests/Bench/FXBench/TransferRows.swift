import CBench
import FXCore
import FXHTTP
import FXSystem

/// Measures requests on loopback.
enum TransferRows {
  private static let rounds = 3

  /// The requests of a row.
  private struct Load {
    /// The response to a GET; empty for a POST.
    var page: [UInt8] = []

    /// The number of bytes of a POST; 0 for a GET.
    var body = 0

    let connections: Int
    let requests: Int
  }

  /// A page of 20 KB over 1 and over 16 connections.
  static func get(_ environment: Environment) async throws -> [Result] {
    let page = [UInt8](repeating: UInt8(ascii: "x"), count: 20_000)
    return [
      try await compare(
        "GET of 20 KB, 1 connection", Load(page: page, connections: 1, requests: 4000), 0.5),
      try await compare(
        "GET of 20 KB, 16 connections", Load(page: page, connections: 16, requests: 16_000), 0.5),
    ]
  }

  /// An event over 16 connections.
  static func post(_ environment: Environment) async throws -> [Result] {
    [
      try await compare(
        "POST of 900 bytes, 16 connections", Load(body: 900, connections: 16, requests: 16_000),
        0.4)
    ]
  }

  /// Returns the requests per second of plain libcurl.
  static func bare(body: Int, connections: Int, requests: Int) throws -> Double {
    var port: UInt16 = 0
    guard bench_server_start(&port) != nil else { throw BenchFailure("no free port") }
    return (0..<rounds).map { _ in
      bench_curl("http://127.0.0.1:\(port)/", Int32(connections), Int32(requests), body)
    }.median
  }

  private static func compare(
    _ name: String, _ load: Load, _ part: Double
  ) async throws -> Result {
    var port: UInt16 = 0
    guard let server = bench_server_start(&port) else { throw BenchFailure("no free port") }
    load.page.withUnsafeBytes { bench_server_show(server, $0.baseAddress, $0.count, "text/plain") }
    let url = "http://127.0.0.1:\(port)/"
    let lane = try SocketLane(label: "network")
    let transport = CurlTransport(lane: lane, userAgent: "fxwatch-bench")
    var request = HTTPRequest(url: url)
    request.allowPrivate = true
    if load.body > 0 {
      request.method = .post
      request.body = [UInt8](repeating: UInt8(ascii: "x"), count: load.body)
    }
    let sent = request
    var rates: [Double] = []
    var bare: [Double] = []
    for _ in 0..<rounds {
      bare.append(bench_curl(url, Int32(load.connections), Int32(load.requests), load.body))
      let start = bench_now()
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<load.connections {
          group.addTask(executorPreference: lane) {
            for _ in 0..<(load.requests / load.connections) { _ = try await transport.send(sent) }
          }
        }
        try await group.waitForAll()
      }
      rates.append(Double(load.requests) / (bench_now() - start))
    }
    await transport.shutdown()
    return Result(
      name: name, goal: .ofBaseline(part), value: rates.median, unit: "a second",
      baseline: bare.median)
  }
}
