import FXCore
import Testing

@Suite("Guards on ordinary days")
struct GuardWalkTests {
  /// Rates by their first coefficient and scale: tiny, coarse, near 1, whole, and large.
  static let figures: [(coefficient: Int64, scale: Int)] = [
    (8, 5), (12, 5), (202, 5), (1144, 5), (10_563, 5), (28_490, 5), (99_870, 5), (100_130, 5),
    (9985, 4), (10_850, 4), (12_010, 4), (874_500, 4), (18_590, 4), (73, 4), (169_850, 3),
    (1390, 0),
    (1_219_421, 2), (45, 1), (25_500, 0), (391_256, 4),
  ]

  /// Currencies that no other is pegged to.
  static let pairs: [CurrencyPair] = CurrencyRegistry.active.prefix(80).compactMap { currency in
    Currency("USD").flatMap { currency == $0 ? nil : CurrencyPair(base: currency, quote: $0) }
  }

  private static func value(_ figure: (coefficient: Int64, scale: Int)) -> Double {
    Double(figure.coefficient) / Double(ExactDecimal.powerOfTen(figure.scale))
  }

  @Test("suspect none of 100 000 moves of up to 3 %, and none of hundreds by 20 to 45 %")
  func ordinaryDays() throws {
    var source = try GuardedSource()
    var walk = Walk(seed: "guards")
    var levels = Self.pairs.indices.map { Self.figures[$0 % Self.figures.count] }
    for index in levels.indices where levels[index].coefficient > 1000 {
      levels[index].coefficient += Int64(index)
    }
    var moves = 0
    var jumps = 0
    var suspicions: [String] = []
    while moves < 100_000 {
      for index in levels.indices {
        // A jump near 1 may go to just the inverse.
        let isNearOne = (0.5...2).contains(Self.value(levels[index]))
        let isJump = walk.next(200) == 0 && !isNearOne
        levels[index].coefficient = walk.moved(levels[index].coefficient, isJump: isJump)
        jumps += isJump ? 1 : 0
        moves += 1
      }
      let lines = zip(Self.pairs, levels).map { pair, level in
        "\(pair) \(ExactDecimal(coefficient: level.coefficient, scale: level.scale)?.description ?? "")"
      }
      suspicions += try source.print(lines).suspicions
    }
    #expect(jumps > 300)
    #expect(suspicions == [])
  }

  /// A reproducible random walk of printed rates.
  private struct Walk {
    let seed: String
    var step: Int64 = 0

    init(seed: String) { self.seed = seed }

    mutating func next(_ bound: Int64) -> Int64 {
      step += 1
      return StableRandom.share(of: .milliseconds(bound), seed, step).milliseconds
    }

    /// Moves a coarse rate by one tick, others by up to 3 %, or by a jump of 20 to 45 %.
    ///
    /// Turns back before the rate reaches another level.
    mutating func moved(_ figure: Int64, isJump: Bool) -> Int64 {
      let up = next(2) == 0
      if figure < 200 { return max(5, figure + (up ? 1 : -1)) }
      let permille = isJump ? 200 + next(250) : next(30)
      let moved = figure + (up ? 1 : -1) * figure * permille / 1000
      if moved < 1000 { return figure + 1 + figure / 50 }
      return moved > 2_000_000 ? figure - figure / 50 : moved
    }
  }
}
