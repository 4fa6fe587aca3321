import CBench
import FXCore
import FXSources

/// Work without time, disk or network, whose number of instructions is the same in every run.
///
/// `FXBench --instructions` runs each part between two marks; callgrind counts the instructions between
/// them.
struct PurePart: Sendable {
  /// The name, such as `engine/step-1000`.
  let name: String

  /// The number of repetitions between the marks.
  let times: Int

  /// Creates the input of the part and returns the part.
  let prepare: @Sendable () throws -> (() throws -> Void)

  /// Runs each part whose name has this prefix, and prints its name and its number of repetitions.
  static func run(_ prefix: String) throws {
    for part in try all() where part.name.hasPrefix(prefix) {
      let work = try part.prepare()
      // Runs once before the mark, for lazy initialisation.
      try work()
      bench_mark()
      for _ in 0..<part.times { try work() }
      bench_mark()
      print(part.name, part.times)
    }
  }

  private static func all() throws -> [PurePart] { try readers() + engine }

  /// All readers, each with all bodies of its cases.
  private static func readers() throws -> [PurePart] {
    Dictionary(grouping: try RecordedBody.all()) { $0.reader }.sorted { $0.key < $1.key }
      .map { reader, bodies in
        PurePart(name: "read/\(reader)", times: 20) {
          { for body in bodies { try body.read() } }
        }
      }
  }

  private static let engine = [
    step(of: 10, times: 500), step(of: 1000, times: 10), step(of: 100_000, times: 2),
    PurePart(name: "engine/all-fire-1000", times: 5) {
      var bank = Bank([try Bank.rule("moved", "abs(change) > 1%")])
      let pages = try Self.pages(of: 1000) { $0 == 0 ? 100_000 : 102_000 + Int64($1) }
      return { bank.publishNext(of: pages) }
    },
    PurePart(name: "engine/deliver-1000", times: 5) {
      var bank = Bank(
        [try Bank.rule("moved", "abs(change) > 1%")],
        notifiers: [PlannedNotifier(name: "ops", fingerprint: "")])
      let pages = try Self.pages(of: 1000) { $0 == 0 ? 100_000 : 102_000 + Int64($1) }
      return {
        for lease in bank.publishNext(of: pages).leases {
          let reports = lease.entries.map {
            DeliveryReport(sequence: $0.sequence, outcome: .delivered(detail: "HTTP 204"))
          }
          bank.processNext(.delivered(notifier: lease.notifier, reports: reports, isLast: true))
        }
      }
    },
    window("max-1000", "rate > max(30d)"), window("avg-1000", "rate > avg(30d)"),
    PurePart(name: "engine/thresholds-100000", times: 100) {
      let pairs = try Bank.pairs(160)
      var bank = Bank(
        try (0..<100_000).map {
          try Bank.rule(
            "above-\($0)", "rate > 1.\(50_000 + $0 / pairs.count * 7)", pairs[$0 % pairs.count])
        })
      let pages = try (0..<2).map { page in
        try Bank.reading(pairs) { 100_000 + ($0 == 7 ? Int64(page) : 0) }
      }
      return { bank.publishNext(of: pages) }
    },
    PurePart(name: "engine/backtest-16000", times: 1) {
      let past = try EngineRows.past(days: 500, pairs: try Bank.pairs(32))
      return { _ = try EngineRows.backtested(past) }
    },
    PurePart(name: "engine/rules-1000", times: 5) {
      let pairs = try Bank.pairs(1000)
      let rules = try pairs.enumerated().map {
        try Bank.rule("moved-\($0)", "abs(change) > 1%", $1)
      }
      let page = try Bank.reading(pairs) { _ in 100_000 }
      return {
        var bank = Bank(rules)
        bank.publishNext(of: [page])
      }
    },
  ]

  /// A page of `count` series, a tenth of which change too little for an alert.
  private static func step(of count: Int, times: Int) -> PurePart {
    PurePart(name: "engine/step-\(count)", times: times) {
      var bank = Bank([try Bank.rule("moved", "abs(change) > 1%")])
      let pages = try Self.pages(of: count) { 100_000 + ($1.isMultiple(of: 10) ? Int64($0) : 0) }
      return { bank.publishNext(of: pages) }
    }
  }

  /// A page of 1000 series that all change, with a rule over a full window.
  private static func window(_ name: String, _ condition: String) -> PurePart {
    PurePart(name: "engine/\(name)", times: 10) {
      var bank = Bank([try Bank.rule("window", condition)], minutesBetween: 1440)
      // Rates fall, so that no alert fires.
      let pages = try Self.pages(of: 1000, number: 60) { 500_000 - 100 * Int64($0) - Int64($1) }
      for _ in 0..<40 { bank.publishNext(of: pages) }
      return { bank.publishNext(of: pages) }
    }
  }

  /// Creates pages to be published in a cycle.
  private static func pages(
    of count: Int, number: Int = 2, _ coefficient: (_ page: Int, _ place: Int) -> Int64
  ) throws -> [SourceReading] {
    let pairs = try Bank.pairs(count)
    return try (0..<number).map { page in try Bank.reading(pairs) { coefficient(page, $0) } }
  }
}
