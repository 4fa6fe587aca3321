import CBench
import FXCore
import Foundation

/// A running daemon with its page and its receiver, both served by this process on loopback.
///
/// Latency is the time from sending the last byte of the changed page to receiving the last byte of the
/// first webhook.
final class Watch {
  /// The sources, pairs, rules and endpoints of a daemon.
  struct Scene {
    /// The prefix of its rows, such as `pairs-5`.
    let name: String

    /// The number of pairs on the page.
    var pairs = 5

    /// True for one rule per pair instead of one for all.
    var hasRuleEach = false

    /// The number of sources with the page.
    var sources = 1

    /// The number of endpoints.
    var endpoints = 1

    /// True if notifications are batched.
    var batches = false

    /// A state directory with a history; nil for an empty one.
    var state: String?

    /// The connection string of a PostgreSQL database; nil for SQLite.
    var database: String?
  }

  /// The start of the daemon on the monotonic clock, and the time until it was ready, in seconds.
  let began: Double
  private(set) var took = 0.0

  let scene: Scene
  private let server: OpaquePointer
  private let pid: pid_t
  private var coefficients: [Int]
  private var posts: UInt64 = 0

  /// The timeout of all waits, in seconds; long enough for a debug build.
  private static let timeout = 60.0

  init(_ environment: Environment, _ scene: Scene) throws {
    self.scene = scene
    coefficients = Array(repeating: 50_000, count: scene.pairs)
    var port: UInt16 = 0
    guard let server = bench_server_start(&port) else { throw BenchFailure("no free port") }
    self.server = server
    let folder = try environment.folder(scene.name)
    let file = folder + "/fxwatch.yaml"
    try Self.config(scene, port: port, state: scene.state ?? folder + "/state")
      .write(toFile: file, atomically: true, encoding: .utf8)
    Self.show(coefficients, on: server)
    var took = 0.0
    began = bench_now()
    pid = bench_daemon_start(environment.program, file, folder + "/log", &took)
    self.took = took
    guard pid > 0 else { throw BenchFailure("the daemon did not start; see \(folder)/log") }
  }

  deinit { bench_daemon_stop(pid) }

  private static func config(_ scene: Scene, port: UInt16, state: String) -> String {
    var config = "state: \(state)\nsources:\n"
    for number in 0..<scene.sources {
      config += """
          bank-\(number):
            {url: "http://127.0.0.1:\(port)/\(number)", allow_private: true, format: csv, every: 1s,
             base: base, quote: quote, rate: rate}

        """
    }
    if let database = scene.database {
      config += "store: {postgresql: \"\(database)\"}\n"
    }
    config += "notifiers:\n"
    for number in 0..<scene.endpoints {
      config +=
        "  receiver-\(number): {type: webhook, url: \"http://127.0.0.1:\(port)/\(number)\""
        + "\(scene.batches ? ", batch: true" : "")}\n"
    }
    config += "rules:\n"
    guard scene.hasRuleEach else { return config + "  moved: {when: abs(change) > 1%}\n" }
    for index in 0..<scene.pairs {
      let pair = "\(ReaderRows.pairs[index].base)/\(ReaderRows.pairs[index].quote)"
      config += "  moved-\(index): {pairs: [\(pair)], when: abs(change) > 1%}\n"
    }
    return config
  }

  private static func show(_ coefficients: [Int], on server: OpaquePointer) {
    var page = "base,quote,rate\n"
    for (index, coefficient) in coefficients.enumerated() {
      let pair = ReaderRows.pairs[index]
      page += "\(pair.base),\(pair.quote),1.\(coefficient)\n"
    }
    let bytes = Array(page.utf8)
    bytes.withUnsafeBytes { bench_server_show(server, $0.baseAddress, $0.count, "text/csv") }
  }

  // MARK: The page

  /// Changes the first pairs of the page by less than the rules' threshold.
  func nudge(_ pairs: Int) {
    guard pairs > 0 else { return }
    for index in 0..<pairs { coefficients[index] += coefficients[index].isMultiple(of: 2) ? 1 : -1 }
    Self.show(coefficients, on: server)
  }

  /// Changes these pairs of the page by 2 %.
  func move(_ pairs: some Sequence<Int>) {
    for index in pairs {
      coefficients[index] = coefficients[index] > 51_500 ? 50_000 : 53_500
    }
    Self.show(coefficients, on: server)
  }

  /// Waits for the first poll; returns at once if there was one.
  func waitForFirstPoll() throws {
    guard bench_server_wait_gets(server, 1, Self.timeout) >= 1 else {
      throw BenchFailure("the daemon does not poll its page")
    }
  }

  /// Waits for this many more polls.
  func waitForPolls(_ count: UInt64) throws {
    let wanted = bench_server_gets(server) + count
    guard bench_server_wait_gets(server, wanted, Self.timeout) >= wanted else {
      throw BenchFailure("the daemon stopped polling its page")
    }
  }

  // MARK: The process

  /// The processor time of the daemon so far, in seconds.
  var processor: Double { bench_cpu(pid) }

  /// Returns a field of the daemon's memory, such as `VmRSS`, in MiB.
  func memory(_ field: String) throws -> Double {
    let status = try String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8)
    let line = status.split(separator: "\n").first { $0.hasPrefix(field + ":") }
    let number = line?.split(whereSeparator: \.isWhitespace).dropFirst().first
    guard let kibibytes = number.flatMap({ Double($0) }) else {
      throw BenchFailure("/proc has no \(field)")
    }
    return kibibytes / 1024
  }

  // MARK: The receiver

  /// The webhooks received after one change of the page.
  struct Arrival {
    /// The number of events, and of distinct identifiers.
    var events = 0
    var identifiers = 0

    /// The times of the first and the last request, in seconds since the page was sent.
    var first = 0.0
    var last = 0.0
  }

  /// Waits until this many events have arrived, and returns what arrived.
  func receive(_ events: Int) -> Arrival {
    let earlier = bench_server_events(server, posts)
    let count = bench_server_wait_events(server, earlier + UInt64(events), Self.timeout)
    let served = bench_server_served(server)
    var arrival = Arrival(events: Int(bench_server_events(server, count) - earlier))
    if count > posts {
      arrival.first = bench_server_post_time(server, posts) - served
      arrival.last = bench_server_post_time(server, count - 1) - served
    }
    arrival.identifiers = Set((posts..<count).map { bench_server_post_id(server, $0) }).count
    posts = count
    return arrival
  }

  /// The time of the newest request, on the clock of `began`.
  var latestPost: Double { posts > 0 ? bench_server_post_time(server, posts - 1) : 0 }
}
