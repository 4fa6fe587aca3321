import FXCore
import Testing

@Suite("A rate as printed")
struct RateTests {
  private func rate(_ printed: String, for nominal: Int64 = 1) throws -> Rate {
    let printed = try #require(ExactDecimal(printed))
    return try #require(Rate(printed: printed, nominal: nominal))
  }

  @Test(
    "of one unit has the digits that were printed",
    arguments: [
      ("7.18", 10, "0.718"), ("5.43", 100, "0.0543"), ("87.4500", 1, "87.4500"),
      ("0.00008", 1, "0.00008"), ("42", 1000, "0.042"), ("1", 3, "0.333333333333333333"),
    ] as [(String, Int64, String)])
  func perUnit(printed: String, nominal: Int64, expected: String) throws {
    #expect(try rate(printed, for: nominal).perUnitText == expected)
  }

  @Test(
    "has a tick of the series' scale, divided by the nominal",
    arguments: [
      ("0.00008", 1, 5, "0.00001"), ("5.43", 100, 2, "0.0001"), ("122", 1, 4, "0.0001"),
      ("42", 1000, 0, "0.001"),
    ] as [(String, Int64, Int, String)])
  func tick(printed: String, nominal: Int64, scale: Int, expected: String) throws {
    #expect(try rate(printed, for: nominal).tick(scale: scale).plainText == expected)
  }

  @Test("differs if its nominal differs, even if the rate of one unit is the same")
  func nominalCounts() throws {
    #expect(try rate("7.18", for: 10) != rate("0.718"))
    #expect(try rate("7.180") == rate("7.18"))
  }

  @Test("has a nominal from 1 to a thousand million", arguments: [0, -1, 1_000_000_001] as [Int64])
  func refusesNominals(nominal: Int64) throws {
    let printed = try #require(ExactDecimal("1.0"))
    #expect(Rate(printed: printed, nominal: nominal) == nil)
  }
}
