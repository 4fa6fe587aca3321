import FXCore
import Support

/// Two publications of one source; the second contains moves of the kinds that guards detect.
private struct GuardedPages {
  private static let pairs = ["EUR/USD", "GBP/USD", "TRY/USD", "BYN/USD", "EUR/JPY"].compactMap {
    CurrencyPair($0)
  }

  /// A line that makes the engine run every guard: its rate is zero.
  private static let loud = CurrencyPair("XAU/USD").flatMap { pair in
    ExactDecimal("0").flatMap { Rate(printed: $0) }.map { Observation(pair: pair, rate: $0) }
  }

  let first: [Observation]
  let second: [Observation]

  init(_ random: inout SeededRandom) {
    var first: [Observation] = []
    var second: [Observation] = []
    for pair in Self.pairs.shuffled(using: &random).prefix(Int.random(in: 1...4, using: &random)) {
      guard let before = Self.rate(beside: first, &random),
        let after = Self.moved(before, beside: second, &random)
      else { continue }
      first.append(Observation(pair: pair, rate: before))
      second.append(Observation(pair: pair, rate: after))
    }
    self.first = first
    self.second = second
  }

  /// Returns a random rate, or one within a few percent of the last line.
  private static func rate(beside others: [Observation], _ random: inout SeededRandom) -> Rate? {
    let nominal = Int64([1, 1, 10, 100][Int.random(in: 0..<4, using: &random)])
    if let other = others.last?.rate.printed, random.oneIn(2) {
      let step = Int64.random(in: -other.coefficient / 8...other.coefficient / 8, using: &random)
      return ExactDecimal(coefficient: other.coefficient + step, scale: other.scale).flatMap {
        Rate(printed: $0, nominal: nominal)
      }
    }
    let bits = Int64(1) << Int64.random(in: 5...24, using: &random)
    return ExactDecimal(
      coefficient: Int64.random(in: bits...2 * bits, using: &random),
      scale: Int.random(in: 0...6, using: &random)
    ).flatMap { Rate(printed: $0, nominal: nominal) }
  }

  /// Returns a rate after a small move, a move at the limit of a guard, a move that a guard detects, or
  /// with the digits of another line.
  private static func moved(
    _ rate: Rate, beside others: [Observation], _ random: inout SeededRandom
  ) -> Rate? {
    let old = rate.printed
    var coefficient = old.coefficient
    var scale = old.scale
    var nominal = rate.nominal
    switch Int.random(in: 0..<9, using: &random) {
    case 0: coefficient += Int64.random(in: -2...2, using: &random)
    case 1: coefficient = coefficient * 21 / 20 + Int64.random(in: -1...1, using: &random)
    case 2: coefficient = coefficient * 20 / 21 + Int64.random(in: -1...1, using: &random)
    case 3: scale = max(0, scale + Int.random(in: -2...2, using: &random))
    case 4: nominal = nominal == 1 ? 100 : 1
    case 5: coefficient = coefficient * Int64.random(in: 50...199, using: &random) / 100
    case 6:
      // Its inverse, with four digits.
      guard coefficient > 0 else { break }
      coefficient =
        ExactDecimal.powerOfTen(scale + 4) / Int128(coefficient) < 1 << 40
        ? Int64(ExactDecimal.powerOfTen(scale + 4) / Int128(coefficient)) : coefficient
      scale = 4
    default:
      if let other = others.last?.rate.printed {
        (coefficient, scale) = (other.coefficient, other.scale)
      }
    }
    return ExactDecimal(coefficient: max(0, coefficient), scale: scale).flatMap {
      Rate(printed: $0, nominal: nominal)
    }
  }

  /// Returns the suspicions about the second publication, such as `EUR/USD inverted: …`.
  ///
  /// With the loud line, every guard checks each other line.
  func suspicions(withLoudLine isLoud: Bool) -> [String] {
    let name = SourceName("bank")
    let start = Timestamp(seconds: 1_771_578_000)
    var engine = Engine(
      plan: Plan(
        sources: [
          PlannedSource(name: name, schedule: .interval(.seconds(60)), dating: .pageDay, host: "h")
        ], rules: [], notifiers: []),
      stored: StoredState(
        installation: "0011223344556677", latestEvent: 0, sources: [:], series: [], alerts: [:],
        outbox: []),
      zones: NoZones(), now: start)
    var found: [String] = []
    for (minute, page) in [first, second].enumerated() {
      let now = start + .seconds(60 * minute)
      let loud = isLoud && minute == 1 ? [Self.loud].compactMap(\.self) : []
      let decision = engine.decide(
        .fetched(
          name,
          .read(
            SourceReading(valueDate: now.day, observations: page + loud), bodyHash: "\(minute)",
            validators: nil)), at: now)
      _ = engine.absorb(decision, at: now)
      found = decision.changeset.observations.compactMap { record in
        guard let suspicion = record.suspicion, record.series.pair != Self.loud?.pair else {
          return nil
        }
        return "\(record.series.pair) \(suspicion)"
      }
    }
    return found
  }
}

/// A world without time zones.
private struct NoZones: Zones {
  func offset(ofZone zone: String, at instant: Timestamp) -> Int? { nil }
}

extension Property {
  static let quietPages = Property(
    sentence: "guards find the same whether or not the engine skips them for quiet pages"
  ) { random in
    let pages = GuardedPages(&random)
    let found = pages.suspicions(withLoudLine: false)
    let looked = pages.suspicions(withLoudLine: true)
    return found == looked
      ? nil : "\(pages.first.map(\.rate)) then \(pages.second.map(\.rate)): \(found), not \(looked)"
  }
}
