import CBench
import Foundation

/// Measures the costs and the latency of the daemon.
enum DaemonRows {
  /// The polls of an hour; their cost is measured at one poll per second.
  private static let pollsPerHour = (at15s: 240.0, at1s: 3600.0)

  /// Five pairs with one rule: the ticker of a page.
  static func few(_ environment: Environment) throws -> [Result] {
    let watch = try Watch(environment, .init(name: "pairs-5"))
    try watch.waitForPolls(3)
    let ready = Result(
      name: "pairs-5: start to READY", goal: .atMost(150), value: 1e3 * watch.took, unit: "ms")
    let cost = try pollCost(watch, moving: 0)
    return [ready] + (try memory(watch, resident: 40, anonymous: 12)) + [
      Result(
        name: "pairs-5: processor an hour at 15 s", goal: .atMost(0.5),
        value: cost * pollsPerHour.at15s, unit: "s")
    ] + (try latency(watch, changes: 15, within: (5, 20)))
  }

  /// More pairs on one page, with one rule each, a tenth of them changing: shows how the cost grows.
  static func more(_ environment: Environment, pairs: Int) throws -> [Result] {
    let watch = try Watch(
      environment, .init(name: "pairs-\(pairs)", pairs: pairs, hasRuleEach: true))
    try watch.waitForPolls(3)
    let cost = try pollCost(watch, moving: pairs / 10)
    return try memory(watch, resident: nil, anonymous: nil) + [
      Result(
        name: "pairs-\(pairs): processor an hour at 15 s", goal: .open,
        value: cost * pollsPerHour.at15s, unit: "s")
    ] + latency(watch, changes: 10, within: nil)
  }

  /// 10 000 pairs on one page, with one rule each.
  static func many(_ environment: Environment) throws -> [Result] {
    let watch = try Watch(
      environment, .init(name: "pairs-10000", pairs: 10_000, hasRuleEach: true))
    try watch.waitForPolls(3)
    let cost = try pollCost(watch, moving: 1000)
    var results = try memory(watch, resident: 64, anonymous: 36)
    results += [
      Result(
        name: "pairs-10000: processor an hour at 15 s", goal: .atMost(12),
        value: cost * pollsPerHour.at15s, unit: "s"),
      Result(
        name: "pairs-10000: processor an hour at 1 s", goal: .atMost(150),
        value: cost * pollsPerHour.at1s, unit: "s"),
    ]
    results += try latency(watch, changes: 10, within: (60, 200))
    return results + allMove(watch, within: 1)
  }

  /// 10 000 pairs on one page, with one rule each, and batched notifications.
  static func batched(_ environment: Environment) throws -> [Result] {
    let watch = try Watch(
      environment,
      .init(name: "batched-10000", pairs: 10_000, hasRuleEach: true, batches: true))
    try watch.waitForPolls(3)
    return allMove(watch, within: 0.3)
  }

  /// The time from the start of the process to the first alert, for a page that changes after its first poll.
  static func firstAlert(_ environment: Environment) throws -> [Result] {
    var times: [Double] = []
    for _ in 0..<5 {
      let watch = try Watch(environment, .init(name: "first-alert"))
      try watch.waitForFirstPoll()
      watch.move([0])
      guard watch.receive(1).events == 1 else { throw BenchFailure("the first alert was not sent") }
      times.append(watch.latestPost - watch.began)
    }
    return [
      Result(
        name: "first alert after a cold start, 1 s interval", goal: .atMost(1.2),
        value: times.median, unit: "s")
    ]
  }

  /// The cost of one poll of a changed page, with a shell script for the same work as the baseline.
  static func cycle(_ environment: Environment) throws -> [Result] {
    let watch = try Watch(environment, .init(name: "cycle"))
    try watch.waitForPolls(3)
    let quiet = 1e3 * (try pollCost(watch, moving: 2))
    let before = watch.processor
    let changes: UInt64 = 10
    for _ in 0..<changes {
      watch.move([0])
      try watch.waitForPolls(1)
    }
    guard watch.receive(Int(changes)).events == Int(changes) else {
      throw BenchFailure("an alert was not sent")
    }
    let alerting = 1e3 * (watch.processor - before) / Double(changes)
    let script = try ScriptedCycle(environment)
    return [
      Result(
        name: "a cycle, 5 pairs: processor", goal: .atMost(2), value: quiet, unit: "ms",
        baseline: 1e3 * (try script.cost(moving: false))),
      Result(
        name: "a cycle with an alert: processor", goal: .atMost(2), value: alerting, unit: "ms",
        baseline: 1e3 * (try script.cost(moving: true))),
    ]
  }

  /// The cost of a poll with many sources.
  static func sources(_ environment: Environment) throws -> [Result] {
    try [1, 10, 100].map { count in
      let watch = try Watch(environment, .init(name: "sources-\(count)", sources: count))
      try watch.waitForPolls(3 * UInt64(count))
      let polls = 10 * UInt64(count)
      let before = watch.processor
      try watch.waitForPolls(polls)
      return Result(
        name: "sources-\(count): processor a poll", goal: .open,
        value: 1e3 * (watch.processor - before) / Double(polls), unit: "ms")
    }
  }

  /// The events of one page sent to 16 endpoints, with outcomes committed; the baseline is plain libcurl.
  static func endpoints(_ environment: Environment) throws -> [Result] {
    let (pairs, endpoints) = (1000, 16)
    let watch = try Watch(
      environment, .init(name: "endpoints-16", pairs: pairs, endpoints: endpoints))
    try watch.waitForPolls(3)
    var rates: [Double] = []
    for _ in 0..<3 {
      watch.move(0..<pairs)
      let arrival = watch.receive(pairs * endpoints)
      guard arrival.events == pairs * endpoints else { throw BenchFailure("an event is missing") }
      rates.append(Double(arrival.events) / (arrival.last - arrival.first))
      try watch.waitForPolls(2)
    }
    let bare = try TransferRows.bare(body: 900, connections: endpoints, requests: 16_000)
    return [
      Result(
        name: "events sent to 16 endpoints, stored", goal: .ofBaseline(0.4), value: rates.median,
        unit: "a second", baseline: bare)
    ]
  }

  /// The start time of a daemon with a history and without polls, and the latency of a new source with
  /// that history.
  static func history(
    _ environment: Environment, state: String, series: Int, rows: Int
  ) throws -> [Result] {
    let config = """
      state: \(state)
      sources:
        bank:
          {url: "http://127.0.0.1:9/", allow_private: true, format: csv, every: 15m, base: code,
           quote: USD, rate: rate}
      rules: {moved: {when: abs(change) > 1%}}
      notifiers: {console: {type: stdout}}

      """
    let file = environment.file("start.yaml")
    try config.write(toFile: file, atomically: true, encoding: .utf8)
    var starts: [Double] = []
    for _ in 0..<5 {
      var took = 0.0
      let pid = bench_daemon_start(
        environment.program, file, environment.file("start.log"), &took)
      guard pid > 0 else { throw BenchFailure("the daemon did not start with a large history") }
      bench_daemon_stop(pid)
      starts.append(1e3 * took)
    }
    let watch = try Watch(environment, .init(name: "history", state: state))
    try watch.waitForPolls(3)
    return [
      Result(
        name: "history: start to READY with \(rows) rows, \(series) series", goal: .atMost(150),
        value: starts.median, unit: "ms")
    ] + (try latency(watch, changes: 10, within: (5, 20)))
  }

  // MARK: Measurements

  /// Returns the processor time of a poll, in seconds, while this many pairs change without an alert.
  private static func pollCost(_ watch: Watch, moving: Int) throws -> Double {
    let polls: UInt64 = 20
    let before = watch.processor
    for _ in 0..<polls {
      watch.nudge(moving)
      try watch.waitForPolls(1)
    }
    return (watch.processor - before) / Double(polls)
  }

  private static func memory(
    _ watch: Watch, resident: Double?, anonymous: Double?
  ) throws -> [Result] {
    [
      Result(
        name: "\(watch.scene.name): memory, resident", goal: resident.map(Goal.atMost) ?? .open,
        value: try watch.memory("VmRSS"), unit: "MiB"),
      Result(
        name: "\(watch.scene.name): memory, anonymous", goal: anonymous.map(Goal.atMost) ?? .open,
        value: try watch.memory("RssAnon"), unit: "MiB"),
    ]
  }

  /// The latency of five pairs, and of 10 000 that move at once, with databases of a PostgreSQL server.
  static func onPostgres(_ environment: Environment, _ server: BenchServer) throws -> [Result] {
    let few = try Watch(
      environment, .init(name: "postgresql", database: try server.newDatabase()))
    try few.waitForPolls(3)
    let latencies = try latency(few, changes: 15, within: (6, 25))
    let many = try Watch(
      environment,
      .init(
        name: "postgresql, 10000 pairs", pairs: 10_000, hasRuleEach: true,
        database: try server.newDatabase()))
    try many.waitForPolls(3)
    return latencies + allMove(many, within: 1.5)
  }

  /// Measures the time to the webhook, in milliseconds, of changes of one pair by 2 %, with goals for p50
  /// and p99.
  private static func latency(
    _ watch: Watch, changes: Int, within goal: (median: Double, last: Double)?
  ) throws -> [Result] {
    var latencies: [Double] = []
    var missed = 0
    for change in 0..<changes {
      watch.move([change * 7 % watch.scene.pairs])
      let arrival = watch.receive(1)
      if arrival.events == 1 { latencies.append(1e3 * arrival.first) } else { missed += 1 }
      try watch.waitForPolls(1)
    }
    let name = watch.scene.name
    return [
      Result(
        name: "\(name): page to webhook, p50", goal: goal.map { .atMost($0.median) } ?? .open,
        value: latencies.median, unit: "ms"),
      Result(
        name: "\(name): page to webhook, p99", goal: goal.map { .atMost($0.last) } ?? .open,
        value: latencies.quantile(0.99),
        unit: "ms"),
      Result(
        name: "\(name): changes without alert", goal: goal.map { _ in .atMost(0) } ?? .open,
        value: Double(missed),
        unit: "of \(changes)"),
    ]
  }

  /// Measures the alerts after a change of all pairs by 2 %.
  private static func allMove(_ watch: Watch, within seconds: Double) -> [Result] {
    watch.move(0..<watch.scene.pairs)
    let arrival = watch.receive(watch.scene.pairs)
    let name = watch.scene.name
    let count = watch.scene.batches ? arrival.events : arrival.identifiers
    return [
      Result(
        name: "\(name): all move at once, alerts", goal: .atLeast(Double(watch.scene.pairs)),
        value: Double(count), unit: "events"),
      Result(
        name: "\(name): all move at once, last alert after", goal: .atMost(seconds),
        value: arrival.last, unit: "s"),
    ]
  }
}
