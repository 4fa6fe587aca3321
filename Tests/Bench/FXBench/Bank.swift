import CBench
import FXCore

/// An engine that watches one source; commits always succeed.
struct Bank {
  static let name = SourceName("bank")

  private(set) var engine: Engine

  /// The duration of creating the last reading, in seconds.
  private(set) var preparing = 0.0

  /// The minutes between changes of the page.
  private let minutesBetween: Int
  private var minute = 0
  private var published = 0

  private static let start = Timestamp(seconds: 1_771_578_000)

  struct Greenwich: Zones {
    func offset(ofZone zone: String, at instant: Timestamp) -> Int? { 0 }
  }

  init(_ rules: [Rule], notifiers: [PlannedNotifier] = [], minutesBetween: Int = 1) {
    self.minutesBetween = minutesBetween
    engine = Engine(
      plan: Plan(
        sources: [Self.source(dating: .pageDay)], rules: rules, notifiers: notifiers),
      stored: StoredState(
        installation: "bench", latestEvent: 0, sources: [:], series: [], alerts: [:], outbox: []),
      zones: Greenwich(), now: Self.start)
  }

  static func source(dating: PlannedSource.Dating) -> PlannedSource {
    PlannedSource(
      name: name, schedule: .interval(.seconds(60)), dating: dating, host: "bank.example")
  }

  /// Creates a rule for one pair, or for all pairs.
  static func rule(
    _ name: String, _ condition: String, _ pair: CurrencyPair? = nil
  ) throws -> Rule {
    var rule = Rule(name: name, condition: try Condition(condition))
    if let pair { rule.pairs = [PairPattern(pair.description)].compactMap(\.self) }
    return rule
  }

  /// Returns this many pairs: of currencies in use if there are enough, else of any letters.
  static func pairs(_ count: Int) throws -> [CurrencyPair] {
    let pairs =
      count <= ReaderRows.pairs.count
      ? ReaderRows.pairs.prefix(count).compactMap { CurrencyPair("\($0.base)/\($0.quote)") }
      : (0..<count).compactMap {
        CurrencyPair("\(ReaderRows.code($0 % 17_550))/\(ReaderRows.code(17_550 + $0 / 17_550))")
      }
    guard Set(pairs).count == count else { throw BenchFailure("too few pairs") }
    return pairs
  }

  static func rate(_ coefficient: Int64) throws -> Rate {
    guard let printed = ExactDecimal(coefficient: coefficient, scale: 5),
      let rate = Rate(printed: printed)
    else { throw BenchFailure("invalid rate") }
    return rate
  }

  /// A reading with one rate per pair, computed from its index.
  static func reading(
    _ pairs: [CurrencyPair], _ coefficient: (Int) -> Int64
  ) throws -> SourceReading {
    SourceReading(
      valueDate: nil,
      observations: try pairs.enumerated().map {
        Observation(pair: $1, rate: try rate(coefficient($0)))
      })
  }

  /// Publishes a reading at a minute.
  @discardableResult
  mutating func publish(_ reading: SourceReading, at minute: Int) -> Commands {
    process(.fetched(Self.name, .read(reading, bodyHash: "", validators: nil)), at: minute)
  }

  /// Publishes the rates of pairs at a minute.
  mutating func publish(
    _ pairs: [CurrencyPair], at minute: Int, _ coefficient: (Int) -> Int64
  ) throws {
    let before = bench_now()
    let reading = try Self.reading(pairs, coefficient)
    preparing = bench_now() - before
    publish(reading, at: minute)
  }

  /// Publishes the next of these pages, in a cycle.
  @discardableResult
  mutating func publishNext(of pages: [SourceReading]) -> Commands {
    minute += minutesBetween
    published += 1
    return publish(pages[published % pages.count], at: minute)
  }

  /// Processes an event before the next change of the page.
  @discardableResult
  mutating func processNext(_ event: Event) -> Commands { process(event, at: minute) }

  private mutating func process(_ event: Event, at minute: Int) -> Commands {
    let now = Self.start + .seconds(60 * minute)
    return engine.absorb(engine.decide(event, at: now), at: now)
  }
}
