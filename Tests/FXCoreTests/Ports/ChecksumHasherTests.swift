import FXCore
import Testing

@Suite("The hasher of checksums")
struct ChecksumHasherTests {
  private static func result(_ body: (inout ChecksumHasher) -> Void) -> UInt64 {
    var hasher = ChecksumHasher()
    body(&hasher)
    return hasher.finish()
  }

  @Test("Its results are those that stored rows have")
  func results() {
    #expect(Self.result { _ in } == 0x1FF5_C292_3A78_8D2C)
    #expect(Self.result { $0.combine(1 as Int64) } == 0x5572_7328_711D_F2D3)
    #expect(Self.result { $0.combine(nil as Int64?) } == 0xFFC7_2BE9_D5D8_8E8D)
    #expect(Self.result { $0.combine("EUR/USD at the bank") } == 0x17AC_B051_CA4C_2198)
  }

  @Test("A bit that is changed anywhere changes about half of the bits of the result")
  func avalanche() {
    let words: [Int64] = [0, 1, -1, 10_000, 4_102_444_800_000, .min]
    func result(_ words: [Int64]) -> UInt64 {
      Self.result { hasher in for word in words { hasher.combine(word) } }
    }
    let before = result(words)
    var changed = 0
    for index in words.indices {
      for bit in 0..<64 {
        var damaged = words
        damaged[index] ^= 1 << Int64(bit)
        let after = result(damaged)
        #expect(after != before)
        changed += (after ^ before).nonzeroBitCount
      }
    }
    let average = Double(changed) / Double(words.count * 64)
    #expect(average > 28 && average < 36)
  }

  @Test(
    "The same bytes in other places, and texts that are divided differently, have other results")
  func division() {
    let results = [
      Self.result {
        $0.combine("ab")
        $0.combine("c")
      },
      Self.result {
        $0.combine("a")
        $0.combine("bc")
      },
      Self.result { $0.combine("abc") },
      Self.result {
        $0.combine("abc")
        $0.combine("")
      },
      Self.result { $0.combine("abc\u{0}") },
      Self.result { $0.combine([97, 98, 99, 0, 0, 0, 0, 0]) },
      Self.result {
        $0.combine(0 as Int64)
        $0.combine(1 as Int64)
      },
      Self.result {
        $0.combine(1 as Int64)
        $0.combine(0 as Int64)
      },
      Self.result { $0.combine(nil as Int64?) },
    ]
    #expect(Set(results).count == results.count)
  }
}
