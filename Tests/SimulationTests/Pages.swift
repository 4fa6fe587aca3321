import FXCore
import Support

/// The pages of one source over time, determined by a seed and the time: two reads at one moment are
/// equal.
struct WanderingPage: Sendable {
  let seed: UInt64
  let pairs: [CurrencyPair]

  /// The time between two changes of the page.
  let step: Duration

  /// One of this many polls fails.
  let failsOneIn: Int

  @Sendable func callAsFunction(_ source: SourceName, _ now: Timestamp) -> FetchOutcome {
    var chance = SeededRandom(seed: seed ^ UInt64(bitPattern: now.milliseconds))
    if chance.oneIn(failsOneIn) {
      return .failed(because: "the server answered HTTP 503", retryAfter: nil)
    }
    let slot = now.milliseconds / step.milliseconds
    let observations = pairs.enumerated().compactMap { index, pair -> Observation? in
      let wobble = StableRandom.share(of: .milliseconds(60), "\(seed) \(pair)", slot).milliseconds
      guard let printed = ExactDecimal(coefficient: 1000 * Int64(index + 1) + wobble, scale: 5),
        let rate = Rate(printed: printed)
      else { return nil }
      return Observation(pair: pair, rate: rate)
    }
    return .read(
      SourceReading(valueDate: now.day, observations: observations), bodyHash: "\(slot)",
      validators: nil)
  }
}

/// Pairs, sources and rules by name, for tests.
enum Fixture {
  static let start = Timestamp(seconds: 1_771_578_000)

  static func pairs(_ texts: String...) -> [CurrencyPair] { texts.compactMap { CurrencyPair($0) } }

  static func rule(_ name: String, _ condition: String) throws -> Rule {
    Rule(name: name, condition: try Condition(condition))
  }

  static func source(_ name: String, every: Duration) -> PlannedSource {
    PlannedSource(
      name: SourceName(name), schedule: .interval(every), dating: .pageDay,
      host: "\(name).example")
  }

  static func notifier(_ name: String) -> PlannedNotifier {
    PlannedNotifier(name: name, fingerprint: name)
  }
}
