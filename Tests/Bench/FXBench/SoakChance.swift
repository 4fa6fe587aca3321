/// A pseudo-random number generator with the same numbers in every run.
struct SoakChance {
  var state: UInt64

  /// Returns a number from 0 to below `limit`.
  mutating func next(_ limit: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % limit
  }
}
