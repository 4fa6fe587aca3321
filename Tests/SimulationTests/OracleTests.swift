import Oracle
import Testing

@Suite("The engine")
struct OracleTests {
  /// `make oracle` compares a hundred thousand pasts, in an optimized build.
  static let pasts: Range<UInt64> = 1..<61

  @Test("sends what the definition in exact fractions sends, on random pasts and rules")
  func definition() {
    let first = Self.pasts.lazy.compactMap { OracleCheck.disagreement(seed: $0) }.first
    #expect(first == nil, "\(first?.story ?? "")")
  }
}
