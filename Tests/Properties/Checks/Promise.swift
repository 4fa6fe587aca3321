package import Support

/// One promise about figures, checked on random ones.
package struct Promise: Sendable {
  /// The promise, as a sentence.
  package let sentence: String

  /// Checks one random case; nil where the promise is kept, else what broke it.
  package let check: @Sendable (inout SeededRandom) -> String?

  /// Every promise.
  package static let all: [Promise] = [
    ranges, moves, windows, acceleratedEvaluation, acceleratedEvents, neighbours, quietPages,
  ]

  /// The first few cases out of so many that break the promise.
  package func violations(in runs: Int, seed: UInt64) -> [String] {
    var random = SeededRandom(seed: seed)
    var found: [String] = []
    for _ in 0..<runs where found.count < 5 {
      if let violation = check(&random) { found.append(violation) }
    }
    return found
  }
}
