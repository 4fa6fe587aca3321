import CBench
import FXCore
import FXSources
import FXStore
import FXSystem
import Foundation

/// Days of a page polled each second, in simulated time: the reader, the engine and the store are the
/// daemon's own, and so is the database.
///
/// Holds when memory and descriptors do not grow, and the database has a row for each figure that
/// changed and none for any other poll.
struct Soak {
  /// The most that may be added to memory in a simulated hour once everything has its size, in KiB:
  /// of what is in use one byte a poll, of what the system gave five, since holes take days to fill.
  private static let flat = (heap: 4.0, system: 16.0)

  /// From when on growth is judged, as a share of the whole.
  private static let settled = 1.0 / 3

  private let store: SQLiteStore
  private let path: String
  private var engine: Engine
  private var now: Timestamp
  private var page: SoakPage
  private var queue: [(at: Timestamp, event: Event)] = []
  private var wake: Timestamp?
  private var told = 0
  private var chance = SoakChance(state: 7)

  /// How long a fetch and an attempt take.
  private static let latency = Duration.milliseconds(5)

  private init(_ surroundings: Environment) async throws {
    path = SQLiteStoreOpener(stateDirectory: try surroundings.folder("soak")).path
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

  /// Runs so many hours, prints what they came to, and says whether it holds.
  static func run(hours: Int, _ surroundings: Environment) async throws -> Bool {
    var soak = try await Soak(surroundings)
    try await soak.take(.started)
    var samples: [Sample] = []
    let began = bench_now()
    for hour in 1...hours {
      // The page says the same for the last hour.
      soak.page.isQuiet = hour == hours && hours > 1
      try await soak.run(until: soak.now + .seconds(3600))
      if hour % 24 == 0 { try await soak.store.prune(now: soak.now) }
      samples.append(try Sample(hour: Double(hour), database: soak.path))
    }
    let took = bench_now() - began
    let wrong = soak.report(samples, took: took)
    try await soak.store.close()
    for sentence in wrong { FileHandle.standardError.write(Data((sentence + "\n").utf8)) }
    return wrong.isEmpty
  }

  // MARK: The world

  private mutating func run(until end: Timestamp) async throws {
    while true {
      let next = queue.indices.min { queue[$0].at < queue[$1].at }
      let eventAt = next.map { queue[$0].at }
      guard let instant = [eventAt, wake].compactMap(\.self).min(), instant <= end else { break }
      now = max(now, instant)
      if let next, eventAt == instant {
        try await take(queue.remove(at: next).event)
      } else {
        wake = nil
        try await take(.woke)
      }
    }
    now = end
  }

  /// Decide, commit, absorb, follow the commands.
  private mutating func take(_ event: Event) async throws {
    if let changed = try await store.changedSuppressions(now: now) {
      engine.setSuppressions(changed, at: now)
    }
    let decision = engine.decide(event, at: now)
    if !decision.changeset.isEmpty { try await store.apply(decision.changeset) }
    let commands = engine.absorb(decision, at: now)
    wake = commands.wake
    for fetch in commands.fetches {
      queue.append((now + Self.latency, .fetched(fetch.source, page.answer(&chance))))
    }
    for lease in commands.leases {
      let notifications = try await store.notifications(of: lease.entries.map(\.sequence))
      let reports = lease.entries.map { entry in
        let isTaken = notifications[entry.sequence] != nil && !(chance.next(50) == 0)
        if isTaken { told += 1 }
        return DeliveryReport(
          sequence: entry.sequence,
          outcome: isTaken ? .delivered(detail: "HTTP 204") : .retry(because: "HTTP 500"))
      }
      queue.append(
        (
          now + Self.latency,
          .delivered(notifier: lease.notifier, reports: reports, isLast: true)
        ))
    }
  }

  // MARK: What it came to

  /// How things stand after some hours.
  private struct Sample {
    let hour: Double

    /// In KiB: what the process has, and what of its heap is in use.
    let resident: Double
    let anonymous: Double
    let heap: Double
    let descriptors: Int

    /// In pages.
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

  /// Growth an hour once everything has its size (least squares); nil of a run too short to say.
  private static func growth(
    _ samples: [Sample], _ figure: (Sample) -> Double
  ) -> Double? {
    let samples = samples.suffix(samples.count - Int(Double(samples.count) * settled))
    guard samples.count > 10 else { return nil }
    let count = Double(samples.count)
    let middle = samples.map(\.hour).reduce(0, +) / count
    let mean = samples.map(figure).reduce(0, +) / count
    let products = samples.map { ($0.hour - middle) * (figure($0) - mean) }.reduce(0, +)
    let squares = samples.map { ($0.hour - middle) * ($0.hour - middle) }.reduce(0, +)
    return products / squares
  }

  private func report(_ samples: [Sample], took: Double) -> [String] {
    guard let first = samples.first, let last = samples.last else { return ["nothing was run"] }
    var wrong: [String] = []
    print("simulated    \(samples.count) hours in \(Result.text(took)) s, \(page.polls) polls")
    for (name, flat, figure) in [
      ("resident", Self.flat.system, { $0.resident }),
      ("anonymous", Self.flat.system, { $0.anonymous }), ("in use", Self.flat.heap, { $0.heap }),
    ] as [(String, Double, (Sample) -> Double)] {
      var line =
        "\(Self.padded(name)) \(Result.text(figure(last) / 1024)) MiB at the end,"
        + " \(Result.text(figure(first) / 1024)) after an hour"
      if let growth = Self.growth(samples, figure) {
        line += "; \((growth * 10).rounded() / 10) KiB an hour once settled"
        if growth > flat {
          wrong.append("memory (\(name)) grows by \(Result.text(growth)) KiB an hour")
        }
      }
      print(line)
    }
    let descriptors = samples.map(\.descriptors)
    print("descriptors  \(descriptors.min() ?? 0) to \(descriptors.max() ?? 0)")
    let half = samples.count / 2
    if half > 0, descriptors[half...].max() ?? 0 > descriptors[..<half].max() ?? 0 {
      wrong.append("more descriptors in the second half than ever before")
    }
    for (name, table, expected) in [
      ("figures", "observation", page.changed), ("publications", "publication", page.pages),
      ("events", "event", told),
    ] {
      let rows = Int(bench_sqlite_ask(path, "SELECT count(*) FROM \(table)"))
      print(Self.padded(name), "\(rows) rows for \(expected)")
      if rows != expected { wrong.append("\(rows) rows of \(name) for \(expected)") }
    }
    let quiet = samples.count > 1 ? last.database - samples[samples.count - 2].database : 0
    print(
      "database     \(last.database * 4) KiB, \(quiet * 4) more in the last hour, when the page said",
      "the same")
    if quiet != 0 { wrong.append("the database grew while the page said the same") }
    return wrong
  }

  private static func padded(_ name: String) -> String {
    name + String(repeating: " ", count: max(0, 12 - name.count))
  }
}
