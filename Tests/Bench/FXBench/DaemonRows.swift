import CBench
import FXCore
import Foundation

/// What the daemon itself costs, and how fast it tells.
///
/// The page is served and the webhooks are received by this process, on loopback; one request an
/// event. Latency is the time from when the changed page was sent whole to when the first webhook
/// had arrived whole.
enum DaemonRows {
  /// Five pairs with one rule: the ticker of a page.
  static func few(_ surroundings: Surroundings) throws -> [Result] {
    let watch = try Watch(surroundings, pairs: 5)
    try watch.waitForPolls(3)
    var results = [
      Result(
        name: "pairs-5: start to READY", goal: .atMost(150), figure: 1e3 * watch.took, unit: "ms")
    ]
    results += try watch.idle(cpuGoal: 0.5, residentGoal: 40, anonymousGoal: 12, moving: 0)
    results += try watch.latency(changes: 15, medianGoal: 5, lastGoal: 20)
    return results
  }

  /// 10 000 pairs on one page, with a rule each.
  static func many(_ surroundings: Surroundings) throws -> [Result] {
    let watch = try Watch(surroundings, pairs: 10_000)
    try watch.waitForPolls(3)
    var results = try watch.idle(cpuGoal: 12, residentGoal: 64, anonymousGoal: 36, moving: 1000)
    results += try watch.latency(changes: 10, medianGoal: 60, lastGoal: 200)
    results += try watch.allMove()
    return results
  }

  /// How long the daemon takes to be ready with a history; its source is never asked.
  static func start(
    _ surroundings: Surroundings, state: String, series: Int, rows: Int
  ) throws -> Result {
    let config = """
      state: \(state)
      sources:
        bank:
          {url: "http://127.0.0.1:9/", allow_private: true, format: csv, every: 15m, base: code,
           quote: USD, rate: rate}
      rules: {moved: {when: abs(change) > 1%}}
      notifiers: {console: {type: stdout}}

      """
    let file = surroundings.file("start.yaml")
    try config.write(toFile: file, atomically: true, encoding: .utf8)
    var starts: [Double] = []
    for _ in 0..<5 {
      var took = 0.0
      let pid = bench_daemon_start(
        surroundings.program, file, surroundings.file("start.log"), &took)
      guard pid > 0 else { throw BenchFailure("the daemon did not start with a large history") }
      bench_daemon_stop(pid)
      starts.append(1e3 * took)
    }
    return Result(
      name: "start to READY with \(rows) rows, \(series) series", goal: .atMost(150),
      figure: starts.median, unit: "ms")
  }
}

/// A running daemon with its page and its receiver.
private final class Watch {
  /// How long the daemon took to be ready, in seconds.
  private(set) var took = 0.0

  private let name: String
  private let server: OpaquePointer
  private let pid: pid_t
  private var coefficients: [Int]
  private var posts: UInt64 = 0

  /// Polls of an hour at the interval that is asked about; they are measured at one a second.
  private static let pollsPerHourAt15s = 240.0

  /// How long anything is waited for, in seconds: far longer than it takes, also in a debug build.
  private static let patience = 60.0

  init(_ surroundings: Surroundings, pairs: Int) throws {
    name = "pairs-\(pairs)"
    coefficients = Array(repeating: 50_000, count: pairs)
    var port: UInt16 = 0
    guard let server = bench_server_start(&port) else { throw BenchFailure("there is no port") }
    self.server = server
    let folder = try surroundings.folder(name)
    var config = """
      state: \(folder)/state
      sources:
        bank:
          {url: "http://127.0.0.1:\(port)/", allow_private: true, format: csv, every: 1s, base: base,
           quote: quote, rate: rate}
      notifiers:
        receiver: {type: webhook, url: "http://127.0.0.1:\(port)/hook"}
      rules:

      """
    if pairs < 10 {
      config += "  moved: {when: abs(change) > 1%}\n"
    } else {
      for index in 0..<pairs {
        let pair = "\(ReaderRows.pairs[index].base)/\(ReaderRows.pairs[index].quote)"
        config += "  moved-\(index): {pairs: [\(pair)], when: abs(change) > 1%}\n"
      }
    }
    let file = folder + "/fxwatch.yaml"
    try config.write(toFile: file, atomically: true, encoding: .utf8)
    var took = 0.0
    Self.show(coefficients, on: server)
    pid = bench_daemon_start(surroundings.program, file, folder + "/log", &took)
    self.took = took
    guard pid > 0 else { throw BenchFailure("the daemon did not start; see \(folder)/log") }
  }

  deinit { bench_daemon_stop(pid) }

  private func show() { Self.show(coefficients, on: server) }

  private static func show(_ coefficients: [Int], on server: OpaquePointer) {
    var page = "base,quote,rate\n"
    for (index, coefficient) in coefficients.enumerated() {
      let pair = ReaderRows.pairs[index]
      page += "\(pair.base),\(pair.quote),1.\(coefficient)\n"
    }
    let bytes = Array(page.utf8)
    bytes.withUnsafeBytes { bench_server_show(server, $0.baseAddress, $0.count, "text/csv") }
  }

  /// Lets the daemon ask so often more.
  func waitForPolls(_ count: UInt64) throws {
    let wanted = bench_server_gets(server) + count
    guard bench_server_wait_gets(server, wanted, Self.patience) >= wanted else {
      throw BenchFailure("the daemon asks its page no more")
    }
  }

  /// Memory and processor time while pages say the same, or while so many pairs move too little to
  /// be told at each poll.
  func idle(
    cpuGoal: Double, residentGoal: Double, anonymousGoal: Double, moving: Int
  ) throws -> [Result] {
    let polls: UInt64 = 20
    let before = bench_cpu(pid)
    for round in 0..<polls {
      for index in 0..<moving { coefficients[index] += round.isMultiple(of: 2) ? 1 : -1 }
      if moving > 0 { show() }
      try waitForPolls(1)
    }
    let hour = (bench_cpu(pid) - before) / Double(polls) * Self.pollsPerHourAt15s
    let status = try String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8)
    func mebibytes(_ field: String) -> Double {
      let line = status.split(separator: "\n").first { $0.hasPrefix(field + ":") }
      return
        (line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Double($0) }
        ?? 0) / 1024
    }
    return [
      Result(
        name: "\(name): memory, resident", goal: .atMost(residentGoal), figure: mebibytes("VmRSS"),
        unit: "MiB"),
      Result(
        name: "\(name): memory, anonymous", goal: .atMost(anonymousGoal),
        figure: mebibytes("RssAnon"), unit: "MiB"),
      Result(
        name: "\(name): processor an hour at 15 s" + (moving > 0 ? ", a tenth moving" : ""),
        goal: .atMost(cpuGoal), figure: hour, unit: "s"),
    ]
  }

  /// One pair moves by 2 % at a time.
  func latency(changes: Int, medianGoal: Double, lastGoal: Double) throws -> [Result] {
    var latencies: [Double] = []
    var missed = 0
    for change in 0..<changes {
      let index = change * 7 % coefficients.count
      coefficients[index] = coefficients[index] > 50_500 ? 50_000 : 53_500
      show()
      let expected = posts + 1
      if bench_server_wait(server, expected, Self.patience) >= expected {
        latencies.append(
          1e3 * (bench_server_post_time(server, posts) - bench_server_served(server)))
        posts = expected
      } else {
        missed += 1
      }
      try waitForPolls(1)
    }
    return [
      Result(
        name: "\(name): page to webhook, p50", goal: .atMost(medianGoal), figure: latencies.median,
        unit: "ms"),
      Result(
        name: "\(name): page to webhook, p99", goal: .atMost(lastGoal),
        figure: latencies.quantile(0.99), unit: "ms"),
      Result(
        name: "\(name): changes never told", goal: .atMost(0), figure: Double(missed),
        unit: "of \(changes)"),
    ]
  }

  /// Every pair moves by 2 % on one page.
  func allMove() throws -> [Result] {
    for index in coefficients.indices {
      coefficients[index] = coefficients[index] > 50_500 ? 50_000 : 53_500
    }
    show()
    let wanted = posts + UInt64(coefficients.count)
    let arrived = bench_server_wait(server, wanted, Self.patience)
    let served = bench_server_served(server)
    let ids = Set((posts..<arrived).map { bench_server_post_id(server, $0) })
    let last = arrived > posts ? bench_server_post_time(server, arrived - 1) - served : 0
    posts = arrived
    return [
      Result(
        name: "\(name): all move at once, told", goal: .atLeast(Double(coefficients.count)),
        figure: Double(ids.count), unit: "events"),
      Result(
        name: "\(name): all move at once, the last told after", goal: .atMost(1), figure: last,
        unit: "s"),
    ]
  }
}
