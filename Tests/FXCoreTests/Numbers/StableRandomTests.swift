import FXCore
import Testing

@Suite("Spread and jitter")
struct StableRandomTests {
  @Test("are the same every time, and differ by text and counter")
  func isStable() {
    let share = { StableRandom.share(of: .seconds(100), $0, $1) }
    #expect(share("ecb", 1) == share("ecb", 1))
    #expect(share("ecb", 1) != share("ecb", 2))
    #expect(share("ecb", 1) != share("cbu", 1))
  }

  @Test("stay within their bounds and use all of them")
  func staysInBounds() {
    let all = (0..<5000).map {
      StableRandom.jittered(.seconds(100), percent: 10, "ecb", $0).milliseconds
    }
    #expect(all.allSatisfy { (90_000...110_000).contains($0) })
    #expect(all.min() ?? 0 < 91_000)
    #expect(all.max() ?? 0 > 109_000)
    let mean = all.reduce(0, +) / Int64(all.count)
    #expect((99_500...100_500).contains(mean))
  }
}
