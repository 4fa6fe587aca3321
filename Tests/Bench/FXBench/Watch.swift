import CBench
import FXCore
import Foundation

/// A running daemon with its page and its receiver, both served by this process on loopback.
///
/// Latency is the time from when the changed page was sent whole to when the first webhook had
/// arrived whole.
final class Watch {
  /// What is watched, and how it is told.
  struct Scene {
    /// Such as `pairs-5`: what its rows begin with.
    let name: String

    /// How many pairs stand on the page.
    var pairs = 5

    /// A rule on each pair by itself, rather than one for all.
    var hasRuleEach = false

    /// How many sources show the page.
    var sources = 1

    /// How many endpoints are told.
    var endpoints = 1

    /// Whether what happened at one moment travels in one request.
    var batches = false

    /// A state directory with a history; an empty one where there is none.
    var state: String?
  }

  /// When the daemon was started, and how long it took to be ready, in seconds.
  let began: Double
  private(set) var took = 0.0

  let scene: Scene
  private let server: OpaquePointer
  private let pid: pid_t
  private var coefficients: [Int]
  private var posts: UInt64 = 0

  /// How long anything is waited for, in seconds: far longer than it takes, also in a debug build.
  private static let patience = 60.0

  init(_ surroundings: Environment, _ scene: Scene) throws {
    self.scene = scene
    coefficients = Array(repeating: 50_000, count: scene.pairs)
    var port: UInt16 = 0
    guard let server = bench_server_start(&port) else { throw BenchFailure("there is no port") }
    self.server = server
    let folder = try surroundings.folder(scene.name)
    let file = folder + "/fxwatch.yaml"
    try Self.config(scene, port: port, state: scene.state ?? folder + "/state")
      .write(toFile: file, atomically: true, encoding: .utf8)
    Self.show(coefficients, on: server)
    var took = 0.0
    began = bench_now()
    pid = bench_daemon_start(surroundings.program, file, folder + "/log", &took)
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

  /// The page shows some of its pairs, the first ones, moved by less than anyone is told.
  func nudge(_ pairs: Int) {
    guard pairs > 0 else { return }
    for index in 0..<pairs { coefficients[index] += coefficients[index].isMultiple(of: 2) ? 1 : -1 }
    Self.show(coefficients, on: server)
  }

  /// The page shows these pairs moved by 2 %.
  func move(_ pairs: some Sequence<Int>) {
    for index in pairs {
      coefficients[index] = coefficients[index] > 51_500 ? 50_000 : 53_500
    }
    Self.show(coefficients, on: server)
  }

  /// Lets the daemon ask for the first time; at once where it has.
  func waitForFirstPoll() throws {
    guard bench_server_wait_gets(server, 1, Self.patience) >= 1 else {
      throw BenchFailure("the daemon never asks its page")
    }
  }

  /// Lets the daemon ask so often more.
  func waitForPolls(_ count: UInt64) throws {
    let wanted = bench_server_gets(server) + count
    guard bench_server_wait_gets(server, wanted, Self.patience) >= wanted else {
      throw BenchFailure("the daemon asks its page no more")
    }
  }

  // MARK: The process

  /// Processor time of the daemon so far, in seconds.
  var processor: Double { bench_cpu(pid) }

  /// A field of the daemon's memory, such as `VmRSS`, in MiB.
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

  /// What arrived of one change of the page.
  struct Arrival {
    /// How many events, and under how many identifiers.
    var events = 0
    var identifiers = 0

    /// When the first and the last request arrived, in seconds since the page was sent.
    var first = 0.0
    var last = 0.0
  }

  /// Waits until so many events have arrived, and gives what did.
  func receive(_ events: Int) -> Arrival {
    let earlier = bench_server_events(server, posts)
    let count = bench_server_wait_events(server, earlier + UInt64(events), Self.patience)
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

  /// When the newest request arrived, on the clock of `began`.
  var latestPost: Double { posts > 0 ? bench_server_post_time(server, posts - 1) : 0 }
}
