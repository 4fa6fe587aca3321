package import Support

/// A property of exact arithmetic and conditions, checked on random rates.
package struct Property: Sendable {
  /// The property as a sentence.
  package let sentence: String

  /// Checks one random case; nil if the property holds, otherwise the counterexample.
  package let check: @Sendable (inout SeededRandom) -> String?

  /// All properties.
  package static let all: [Property] = [
    ranges, moves, windows, acceleratedEvaluation, acceleratedEvents, neighbours, quietPages,
  ]

  /// Returns the first few counterexamples in a number of random cases.
  package func violations(in runs: Int, seed: UInt64) -> [String] {
    var random = SeededRandom(seed: seed)
    var found: [String] = []
    for _ in 0..<runs where found.count < 5 {
      if let counterexample = check(&random) { found.append(counterexample) }
    }
    return found
  }
}
