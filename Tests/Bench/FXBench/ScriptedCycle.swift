import CBench
import Foundation

/// Measures the processor time of a shell script (curl, grep, awk, sqlite3) for one poll of five pairs.
struct ScriptedCycle {
  private let server: OpaquePointer
  private let address: String
  private let database: String
  private let script = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../cycle").standardized.path

  init(_ environment: Environment) throws {
    var port: UInt16 = 0
    guard let server = bench_server_start(&port) else { throw BenchFailure("no free port") }
    self.server = server
    address = "http://127.0.0.1:\(port)/"
    database = environment.file("cycle.db")
  }

  /// Returns the median processor time, in seconds, of a cycle in which two of the pairs change, with or
  /// without an alert.
  func cost(moving: Bool) throws -> Double {
    var costs: [Double] = []
    for round in 0..<11 {
      let coefficient = moving ? (round.isMultiple(of: 2) ? 50_000 : 53_500) : 50_000 + round % 2
      let page =
        "base,quote,rate\n"
        + (0..<5).map { "\(ReaderRows.codes[$0]),USD,1.\($0 < 2 ? coefficient : 50_000)\n" }
        .joined()
      let bytes = Array(page.utf8)
      bytes.withUnsafeBytes { bench_server_show(server, $0.baseAddress, $0.count, "text/csv") }
      let posts = bench_server_posts(server)
      let cost = bench_script(script, address, database, address)
      guard cost >= 0 else { throw BenchFailure("\(script) failed") }
      // The first round creates the table.
      if round > 0 { costs.append(cost) }
      guard round == 0 || (bench_server_posts(server) > posts) == moving else {
        throw BenchFailure("\(script) sent a wrong alert")
      }
    }
    return costs.median
  }
}
