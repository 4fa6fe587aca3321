import CBench
import Foundation

/// What the daemon itself costs, and how fast it tells.
enum DaemonRows {
  /// Polls of an hour; their cost is measured at one a second.
  private static let pollsPerHour = (at15s: 240.0, at1s: 3600.0)

  /// Five pairs with one rule: the ticker of a page.
  static func few(_ surroundings: Environment) throws -> [Result] {
    let watch = try Watch(surroundings, .init(name: "pairs-5"))
    try watch.waitForPolls(3)
    let ready = Result(
      name: "pairs-5: start to READY", goal: .atMost(150), figure: 1e3 * watch.took, unit: "ms")
    let cost = try pollCost(watch, moving: 0)
    return [ready] + (try memory(watch, resident: 40, anonymous: 12)) + [
      Result(
        name: "pairs-5: processor an hour at 15 s", goal: .atMost(0.5),
        figure: cost * pollsPerHour.at15s, unit: "s")
    ] + (try latency(watch, changes: 15, within: (5, 20)))
  }

  /// More pairs on one page, with a rule each, a tenth of them moving: how cost grows.
  static func more(_ surroundings: Environment, pairs: Int) throws -> [Result] {
    let watch = try Watch(
      surroundings, .init(name: "pairs-\(pairs)", pairs: pairs, hasRuleEach: true))
    try watch.waitForPolls(3)
    let cost = try pollCost(watch, moving: pairs / 10)
    return try memory(watch, resident: nil, anonymous: nil) + [
      Result(
        name: "pairs-\(pairs): processor an hour at 15 s", goal: .open,
        figure: cost * pollsPerHour.at15s, unit: "s")
    ] + latency(watch, changes: 10, within: nil)
  }

  /// 10 000 pairs on one page, with a rule each.
  static func many(_ surroundings: Environment) throws -> [Result] {
    let watch = try Watch(
      surroundings, .init(name: "pairs-10000", pairs: 10_000, hasRuleEach: true))
    try watch.waitForPolls(3)
    let cost = try pollCost(watch, moving: 1000)
    var results = try memory(watch, resident: 64, anonymous: 36)
    results += [
      Result(
        name: "pairs-10000: processor an hour at 15 s", goal: .atMost(12),
        figure: cost * pollsPerHour.at15s, unit: "s"),
      Result(
        name: "pairs-10000: processor an hour at 1 s", goal: .atMost(150),
        figure: cost * pollsPerHour.at1s, unit: "s"),
    ]
    results += try latency(watch, changes: 10, within: (60, 200))
    return results + allMove(watch, within: 1)
  }

  /// The same, told in batches.
  static func batched(_ surroundings: Environment) throws -> [Result] {
    let watch = try Watch(
      surroundings,
      .init(name: "batched-10000", pairs: 10_000, hasRuleEach: true, batches: true))
    try watch.waitForPolls(3)
    return allMove(watch, within: 0.3)
  }

  /// From the start of the process to the first alert, of a page that moves once it was asked.
  static func firstAlert(_ surroundings: Environment) throws -> [Result] {
    var times: [Double] = []
    for _ in 0..<5 {
      let watch = try Watch(surroundings, .init(name: "first-alert"))
      try watch.waitForFirstPoll()
      watch.move([0])
      guard watch.receive(1).events == 1 else { throw BenchFailure("the first alert was not told") }
      times.append(watch.latestPost - watch.began)
    }
    return [
      Result(
        name: "first alert after a cold start, 1 s interval", goal: .atMost(1.2),
        figure: times.median, unit: "s")
    ]
  }

  /// What one poll of a page that moved costs, beside the script an administrator would write.
  static func cycle(_ surroundings: Environment) throws -> [Result] {
    let watch = try Watch(surroundings, .init(name: "cycle"))
    try watch.waitForPolls(3)
    let quiet = 1e3 * (try pollCost(watch, moving: 2))
    let before = watch.processor
    let told: UInt64 = 10
    for _ in 0..<told {
      watch.move([0])
      try watch.waitForPolls(1)
    }
    guard watch.receive(Int(told)).events == Int(told) else {
      throw BenchFailure("not every move was told")
    }
    let alerting = 1e3 * (watch.processor - before) / Double(told)
    let script = try ScriptedCycle(surroundings)
    return [
      Result(
        name: "a cycle, 5 pairs: processor", goal: .atMost(2), figure: quiet, unit: "ms",
        baseline: 1e3 * (try script.cost(moving: false))),
      Result(
        name: "a cycle with an alert: processor", goal: .atMost(2), figure: alerting, unit: "ms",
        baseline: 1e3 * (try script.cost(moving: true))),
    ]
  }

  /// What a poll costs while many sources are asked.
  static func sources(_ surroundings: Environment) throws -> [Result] {
    try [1, 10, 100].map { count in
      let watch = try Watch(surroundings, .init(name: "sources-\(count)", sources: count))
      try watch.waitForPolls(3 * UInt64(count))
      let polls = 10 * UInt64(count)
      let before = watch.processor
      try watch.waitForPolls(polls)
      return Result(
        name: "sources-\(count): processor a poll", goal: .open,
        figure: 1e3 * (watch.processor - before) / Double(polls), unit: "ms")
    }
  }

  /// The events of one page told to 16 endpoints, outcomes committed; beside bare libcurl.
  static func endpoints(_ surroundings: Environment) throws -> [Result] {
    let (pairs, endpoints) = (1000, 16)
    let watch = try Watch(
      surroundings, .init(name: "endpoints-16", pairs: pairs, endpoints: endpoints))
    try watch.waitForPolls(3)
    var rates: [Double] = []
    for _ in 0..<3 {
      watch.move(0..<pairs)
      let arrival = watch.receive(pairs * endpoints)
      guard arrival.events == pairs * endpoints else { throw BenchFailure("not all was told") }
      rates.append(Double(arrival.events) / (arrival.last - arrival.first))
      try watch.waitForPolls(2)
    }
    let bare = try TransferRows.bare(body: 900, connections: endpoints, requests: 16_000)
    return [
      Result(
        name: "events told to 16 endpoints, stored", goal: .ofBaseline(0.4), figure: rates.median,
        unit: "a second", baseline: bare)
    ]
  }

  /// How long a daemon takes to be ready with a history, its source never asked; and how fast it
  /// tells of a new source over it.
  static func history(
    _ surroundings: Environment, state: String, series: Int, rows: Int
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
    let watch = try Watch(surroundings, .init(name: "history", state: state))
    try watch.waitForPolls(3)
    return [
      Result(
        name: "history: start to READY with \(rows) rows, \(series) series", goal: .atMost(150),
        figure: starts.median, unit: "ms")
    ] + (try latency(watch, changes: 10, within: (5, 20)))
  }

  // MARK: What is measured

  /// Processor time of a poll, in seconds, while so many pairs move too little to be told.
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
        figure: try watch.memory("VmRSS"), unit: "MiB"),
      Result(
        name: "\(watch.scene.name): memory, anonymous", goal: anonymous.map(Goal.atMost) ?? .open,
        figure: try watch.memory("RssAnon"), unit: "MiB"),
    ]
  }

  /// One pair moves by 2 % at a time; told within so many milliseconds, half of the time and nearly
  /// always, or as it comes.
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
        figure: latencies.median, unit: "ms"),
      Result(
        name: "\(name): page to webhook, p99", goal: goal.map { .atMost($0.last) } ?? .open,
        figure: latencies.quantile(0.99),
        unit: "ms"),
      Result(
        name: "\(name): changes never told", goal: goal.map { _ in .atMost(0) } ?? .open,
        figure: Double(missed),
        unit: "of \(changes)"),
    ]
  }

  /// Every pair moves by 2 % on one page.
  private static func allMove(_ watch: Watch, within seconds: Double) -> [Result] {
    watch.move(0..<watch.scene.pairs)
    let arrival = watch.receive(watch.scene.pairs)
    let name = watch.scene.name
    let count = watch.scene.batches ? arrival.events : arrival.identifiers
    return [
      Result(
        name: "\(name): all move at once, told", goal: .atLeast(Double(watch.scene.pairs)),
        figure: Double(count), unit: "events"),
      Result(
        name: "\(name): all move at once, the last told after", goal: .atMost(seconds),
        figure: arrival.last, unit: "s"),
    ]
  }
}
