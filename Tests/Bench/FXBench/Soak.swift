import CBench
import FXCore
import FXSources
import FXStore
import FXSystem
import Foundation

/// Simulates days of polling a page every second, with the daemon's own reader, engine, store and
/// database.
///
/// Succeeds if memory and descriptors do not grow, and the database has one row for each changed rate
/// and none for any other poll.
struct Soak {
  /// The most growth of memory in a simulated hour after `settled`, in KiB: one byte per poll of the heap
  /// in use, five of the memory from the system, since fragmentation takes days to stabilise.
  private static let flat = (heap: 4.0, system: 16.0)

  /// The share of the run after which growth is measured.
  private static let settled = 1.0 / 3

  private let store: SQLiteStore
  private let path: String
  private var engine: Engine
  private var now: Timestamp
  private var page: SoakPage
  private var queue: [(at: Timestamp, event: Event)] = []
  private var wake: Timestamp?
  private var delivered = 0
  private var chance = SoakChance(state: 7)

  /// The duration of a fetch and of a delivery attempt.
  private static let latency = Duration.milliseconds(5)

  private init(_ environment: Environment) async throws {
    path = SQLiteStoreOpener(stateDirectory: try environment.folder("soak")).path
    store = try SQLiteStore(path: path, lane: Lane(label: "store"))
    now = SystemClock().now()
    page = try SoakPage()
    let conditions = [
      "abs(change) > 1%", "new_high(2m)", "rate > avg(60 publications) * 1.02",
      "zscore(10m) > 3", "abs(change(5m)) > 3%",
    ]
    let plan = Plan(
      sources: [
        PlannedSource(
          name: Bank.name, schedule: .interval(.seconds(1)), dating: .pageDay, host: "bank.example")
      ],
      rules: try conditions.enumerated().map { try Bank.rule("rule-\($0)", $1) },
      notifiers: [PlannedNotifier(name: "receiver", fingerprint: "")])
    engine = Engine(
      plan: plan, stored: try await store.load(reach: plan.reach, now: now),
      zones: Bank.Greenwich(), now: now)
  }

  /// Simulates some hours, prints the measurements, and returns true if all limits are met.
  static func run(hours: Int, _ environment: Environment) async throws -> Bool {
    var soak = try await Soak(environment)
    try await soak.process(.started)
    var samples: [Sample] = []
    let began = bench_now()
    for hour in 1...hours {
      // The page does not change in the last hour.
      soak.page.isQuiet = hour == hours && hours > 1
      try await soak.run(until: soak.now + .seconds(3600))
      if hour % 24 == 0 { try await soak.prune() }
      samples.append(try Sample(hour: Double(hour), database: soak.path))
    }
    let took = bench_now() - began
    let wrong = soak.report(samples, took: took)
    try await soak.store.close()
    for sentence in wrong { FileHandle.standardError.write(Data((sentence + "\n").utf8)) }
    return wrong.isEmpty
  }

  // MARK: Simulation

  /// Deletes what is too old, as the daemon does each day.
  private func prune() async throws {
    while try await !store.prune(Retention(), now: now).isComplete {}
  }

  private mutating func run(until end: Timestamp) async throws {
    while true {
      let next = queue.indices.min { queue[$0].at < queue[$1].at }
      let eventAt = next.map { queue[$0].at }
      guard let instant = [eventAt, wake].compactMap(\.self).min(), instant <= end else { break }
      now = max(now, instant)
      if let next, eventAt == instant {
        try await process(queue.remove(at: next).event)
      } else {
        wake = nil
        try await process(.woke)
      }
    }
    now = end
  }

  /// Decides, commits, absorbs and follows the commands.
  private mutating func process(_ event: Event) async throws {
    if let changed = try await store.changedSuppressions(now: now) {
      engine.setSuppressions(changed, at: now)
    }
    let decision = engine.decide(event, at: now)
    if !decision.changeset.isEmpty { try await store.apply(decision.changeset) }
    let commands = engine.absorb(decision, at: now)
    wake = commands.wake
    for fetch in commands.fetches {
      queue.append((now + Self.latency, .fetched(fetch.source, page.fetch(&chance))))
    }
    for lease in commands.leases {
      let notifications = try await store.notifications(of: lease.entries.map(\.sequence))
      let reports = lease.entries.map { entry in
        let isAccepted = notifications[entry.sequence] != nil && !(chance.next(50) == 0)
        if isAccepted { delivered += 1 }
        return DeliveryReport(
          sequence: entry.sequence,
          outcome: isAccepted ? .delivered(detail: "HTTP 204") : .retry(because: "HTTP 500"))
      }
      queue.append(
        (
          now + Self.latency,
          .delivered(notifier: lease.notifier, reports: reports, isLast: true)
        ))
    }
  }

  // MARK: Results

  /// The resources in use after some hours.
  private struct Sample {
    let hour: Double

    /// The memory of the process and the part of its heap in use, in KiB.
    let resident: Double
    let anonymous: Double
    let heap: Double
    let descriptors: Int

    /// The size of the database in pages.
    let database: Int64

    init(hour: Double, database: String) throws {
      let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
      func kibibytes(_ field: String) -> Double {
        let line = status.split(separator: "\n").first { $0.hasPrefix(field + ":") }
        return line?.split(whereSeparator: \.isWhitespace).dropFirst().first
          .flatMap { Double($0) } ?? 0
      }
      self.hour = hour
      resident = kibibytes("VmRSS")
      anonymous = kibibytes("RssAnon")
      heap = Double(bench_heap()) / 1024
      descriptors = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
      self.database = bench_sqlite_ask(database, "PRAGMA page_count")
    }
  }

  /// Returns the growth per hour after `settled` (least squares); nil if the run is too short.
  private static func growth(
    _ samples: [Sample], _ value: (Sample) -> Double
  ) -> Double? {
    let samples = samples.suffix(samples.count - Int(Double(samples.count) * settled))
    guard samples.count > 10 else { return nil }
    let count = Double(samples.count)
    let middle = samples.map(\.hour).reduce(0, +) / count
    let mean = samples.map(value).reduce(0, +) / count
    let products = samples.map { ($0.hour - middle) * (value($0) - mean) }.reduce(0, +)
    let squares = samples.map { ($0.hour - middle) * ($0.hour - middle) }.reduce(0, +)
    return products / squares
  }

  private func report(_ samples: [Sample], took: Double) -> [String] {
    guard let first = samples.first, let last = samples.last else {
      return ["no hour was simulated"]
    }
    var failures: [String] = []
    print("simulated    \(samples.count) hours in \(Result.text(took)) s, \(page.polls) polls")
    for (name, flat, value) in [
      ("resident", Self.flat.system, { $0.resident }),
      ("anonymous", Self.flat.system, { $0.anonymous }), ("in use", Self.flat.heap, { $0.heap }),
    ] as [(String, Double, (Sample) -> Double)] {
      var line =
        "\(Self.padded(name)) \(Result.text(value(last) / 1024)) MiB at the end,"
        + " \(Result.text(value(first) / 1024)) after an hour"
      if let growth = Self.growth(samples, value) {
        line += "; \((growth * 10).rounded() / 10) KiB an hour once settled"
        if growth > flat {
          failures.append("memory (\(name)) grows by \(Result.text(growth)) KiB an hour")
        }
      }
      print(line)
    }
    let descriptors = samples.map(\.descriptors)
    print("descriptors  \(descriptors.min() ?? 0) to \(descriptors.max() ?? 0)")
    let half = samples.count / 2
    if half > 0, descriptors[half...].max() ?? 0 > descriptors[..<half].max() ?? 0 {
      failures.append("more descriptors in the second half than in the first")
    }
    for (name, table, expected) in [
      ("rates", "observation", page.changed), ("publications", "publication", page.pages),
      ("events", "event", delivered),
    ] {
      let rows = Int(bench_sqlite_ask(path, "SELECT count(*) FROM \(table)"))
      print(Self.padded(name), "\(rows) rows for \(expected)")
      if rows != expected { failures.append("\(rows) rows of \(name), expected \(expected)") }
    }
    let quiet = samples.count > 1 ? last.database - samples[samples.count - 2].database : 0
    print(
      "database     \(last.database * 4) KiB, \(quiet * 4) more in the last hour, when the page did",
      "not change")
    if quiet != 0 { failures.append("the database grew while the page did not change") }
    return failures
  }

  private static func padded(_ name: String) -> String {
    name + String(repeating: " ", count: max(0, 12 - name.count))
  }
}
